import Telemetry

/// The alarms whose actions may be held back, and by what.
struct ActionBook: Sendable {
  let muteRules: [AlarmMuteRule]
  var gates: [ActionGate] = []
  /// What held back the actions of each, as it changed.
  private(set) var histories: [History<ActionSuppression?>] = []
  /// When a timer or a window that holds something ends; nil: nothing is held.
  private(set) var nextEnd: Timestamp?

  init(muteRules: [AlarmMuteRule]) { self.muteRules = muteRules }

  /// Adds an alarm where something may hold back its actions.
  mutating func open(for alarm: Int, definition: AlarmDefinition, region: String?) -> Int? {
    let rules = muteRules.indices.filter {
      muteRules[$0].targets(definition.name, region: region)
    }
    guard definition.composite?.suppressor != nil || !rules.isEmpty else { return nil }
    gates.append(ActionGate(alarm: alarm, composite: definition.composite, muteRules: rules))
    histories.append(History())
    return gates.count - 1
  }

  func isMuted(_ gate: Int, at time: Timestamp) -> Bool {
    muteEnd(gate, at: time) != nil
  }

  private func muteEnd(_ gate: Int, at time: Timestamp) -> Timestamp? {
    muteRules.windowEnd(of: gates[gate].muteRules, at: time)
  }

  /// What holds back an alarm's actions at an instant at or before the last that was settled.
  func suppressor(of gate: Int, at time: Timestamp) -> ActionSuppression? {
    isMuted(gate, at: time) ? .muteRule : histories[gate].at(time) ?? nil
  }

  /// Notes what the machine of a gate says now.
  mutating func record(_ gate: Int, at now: Timestamp) {
    let suppression = gates[gate].suppression
    if histories[gate].latest ?? nil != suppression {
      histories[gate].append(suppression, at: now)
    }
  }

  /// Looks for the next instant at which something is let go by itself.
  mutating func schedule(after now: Timestamp) {
    nextEnd = gates.indices.compactMap { gate in
      if let end = gates[gate].timer?.end { return end }
      guard gates[gate].pending != nil else { return nil }
      return muteEnd(gate, at: now)
    }.min()
  }
}
