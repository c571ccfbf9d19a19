import Telemetry

/// A state that somebody sets an alarm to, until its next evaluation decides otherwise.
///
/// The actions of the state run. A composite alarm keeps it until a child or a condition of its changes.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
package struct AlarmStateSetting: Hashable, Sendable {
  package var name: String
  /// Nil: in every region that has the alarm.
  package var region: String?
  package var state: AlarmState
  package var reason: String
  /// JSON text.
  package var reasonData: String?

  package init(
    name: String, region: String? = nil, state: AlarmState, reason: String,
    reasonData: String? = nil
  ) {
    self.name = name
    self.region = region
    self.state = state
    self.reason = reason
    self.reasonData = reasonData
  }
}

extension AlarmBook {
  /// Sets alarms to the states that were asked for, in order, and tells those that change.
  mutating func apply(_ settings: [AlarmStateSetting], at now: Timestamp) -> [Transition] {
    var transitions: [Transition] = []
    for setting in settings {
      for index in indices(named: setting.name) where isMeant(index, by: setting) {
        guard watches[index].state != setting.state else {
          keep(index, reason: setting, at: now)
          continue
        }
        transitions.append(
          take(
            index, setting.state, reason: setting.reason, data: setting.reasonData, at: now))
      }
    }
    return transitions
  }

  private func isMeant(_ index: Int, by setting: AlarmStateSetting) -> Bool {
    setting.region == nil || files[index].region == nil || files[index].region == setting.region
  }

  /// The state stays; only its reason is new.
  private mutating func keep(_ index: Int, reason setting: AlarmStateSetting, at now: Timestamp) {
    var change = files[index].history.last
    (change.reason, change.reasonData, change.updated) = (setting.reason, setting.reasonData, now)
    files[index].history.append(change)
  }
}
