import Telemetry

extension AlarmBook {
  /// The next instant at which a timer ends, or a window that holds actions; nil: none.
  package var nextActionEnd: Timestamp? { actions.nextEnd }

  /// Runs or holds the actions of what changed at this instant, then of timers that end.
  ///
  /// A held action is told once, with what holds it, and again when it runs.
  mutating func settleActions(at now: Timestamp) -> [Transition] {
    defer { round = AlarmRound() }
    return settleChanges(at: now) + repeatScaling(at: now)
  }

  private mutating func settleChanges(at now: Timestamp) -> [Transition] {
    let isDue = actions.nextEnd.map { $0 <= now } ?? false
    guard !round.changed.isEmpty || isDue || now == options.beginning else { return [] }
    var transitions: [Transition] = []
    for alarm in round.acting where files[alarm].gate == nil {
      transitions += run(alarm, watches[alarm].state, at: now)
    }
    if !actions.gates.isEmpty { transitions += settleGates(at: now) }
    return transitions
  }

  private mutating func settleGates(at now: Timestamp) -> [Transition] {
    var transitions: [Transition] = []
    let isSilent = now == options.beginning
    for gate in actions.gates.indices {
      let alarm = actions.gates[gate].alarm
      let isInAlarm = isSuppressorInAlarm(actions.gates[gate])
      if isSilent {
        actions.gates[gate].begin(isSuppressorInAlarm: isInAlarm)
        continue
      }
      actions.gates[gate].suppressor(isInAlarm: isInAlarm, at: now)
      let hasChanged = round.acting.contains(alarm)
      if hasChanged { actions.gates[gate].change(to: watches[alarm].state, at: now) }
      let isMuted = actions.isMuted(gate, at: now)
      let released = actions.gates[gate].release(at: now, isMuted: isMuted)
      actions.record(gate, at: now)
      if let released {
        transitions += run(alarm, released, at: now)
      } else if hasChanged {
        let holder = actions.suppressor(of: gate, at: now)
        transitions += run(alarm, watches[alarm].state, at: now, suppressedBy: holder)
      }
    }
    actions.schedule(after: now)
    return transitions
  }

  private func isSuppressorInAlarm(_ gate: ActionGate) -> Bool {
    guard let suppressor = gate.suppressor else { return false }
    return state(of: find(suppressor, for: gate.alarm)) == .alarm
  }

  func run(
    _ alarm: Int, _ state: AlarmState, at now: Timestamp, suppressedBy: ActionSuppression? = nil,
    where isMeant: (String) -> Bool = { _ in true }
  ) -> [Transition] {
    let definition = definitions[files[alarm].definition]
    return definition.actions(for: state).filter(isMeant).map { target in
      Transition(
        time: now, kind: .action, name: definition.name, region: files[alarm].region,
        to: state.rawValue, target: target, suppressedBy: suppressedBy?.rawValue)
    }
  }
}

extension AlarmBook {
  /// Takes over what earlier runs held back, by gate.
  mutating func restoreGates(_ records: [Int: SuppressionRecord], at now: Timestamp) {
    for gate in actions.gates.indices {
      guard let record = records[gate] else { continue }
      let isInAlarm = isSuppressorInAlarm(actions.gates[gate])
      actions.gates[gate].restore(record, isSuppressorInAlarm: isInAlarm, at: now)
      actions.record(gate, at: now)
    }
    actions.schedule(after: now)
  }
}
