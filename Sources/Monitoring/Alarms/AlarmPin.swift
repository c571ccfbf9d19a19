import Telemetry

/// A state that somebody sets an alarm to, and that it keeps until the next one is set.
///
/// Like SetAlarmState, but lasting: the alarm is not evaluated meanwhile, and it runs no actions.
package struct AlarmPin: Hashable, Sendable {
  package var time: Timestamp
  /// A name or an ARN.
  package var alarm: AlarmReference
  package var state: AlarmState

  package init(time: Timestamp, alarm: AlarmReference, state: AlarmState) {
    self.time = time
    self.alarm = alarm
    self.state = state
  }
}

extension AlarmBook {
  /// The first instant after `time` at which an alarm is set to a state.
  func nextPin(after time: Timestamp) -> Timestamp? {
    options.pins.map(\.time).filter { $0 > time }.min()
  }

  /// Sets alarms to the states somebody gives them at this instant.
  mutating func applyPins(at now: Timestamp) {
    for pin in options.pins where pin.time == now {
      for index in indices(named: pin.alarm.name)
      where definitions[files[index].definition].isNamed(by: pin.alarm) {
        exempt(index)
        set(index, to: pin.state, at: now)
      }
    }
  }

  private mutating func set(_ index: Int, to state: AlarmState, at now: Timestamp) {
    let previous = watches[index].state
    guard previous != state else { return }
    watches[index].state = state
    files[index].history.append(
      AlarmChange(
        state: state, previousState: previous, reason: "set to \(state.rawValue)", updated: now,
        transitioned: now))
    round.changed.append((index, previous))
  }
}
