import Telemetry

/// What happened to alarms at one instant.
struct AlarmRound: Sendable {
  /// The alarms that changed, in the order in which they did, with the state they had.
  var changed: [(alarm: Int, previous: AlarmState)] = []
  /// Those of them whose actions are asked for; not those that somebody else set.
  var acting: [Int] = []
}

extension AlarmBook {
  /// Evaluates the metric alarms due at `now` and tells their changes; actions follow later, with
  /// `settleActions`.
  mutating func evaluateMetrics(at now: Timestamp, store: SeriesStore) -> [Transition] {
    var transitions: [Transition] = []
    if created == nil { created = options.beginning ?? now }
    endWarmUps(at: now, store: store)
    for cadence in AlarmCadence.allCases {
      guard let group = groups[cadence], !group.isEmpty,
        cadence.isDue(at: now, origin: options.evaluationOrigin)
      else { continue }
      for (index, state) in verdicts(on: group, cadence, at: now, store: store) {
        transitions.append(change(index, to: state, at: now, store: store))
      }
    }
    transitions += evaluateComputed(at: now, store: store)
    transitions += evaluateBanded(at: now, store: store)
    return transitions + evaluateClocked(at: now, store: store)
  }

  /// The alarms of a group that have to change, with the state they change to.
  ///
  /// Nothing is written here, so nothing has to be copied, retained or checked for each alarm.
  private func verdicts(
    on group: [Int], _ cadence: AlarmCadence, at now: Timestamp, store: SeriesStore
  ) -> [(alarm: Int, state: AlarmState)] {
    let end = cadence.windowEnd(at: now)
    let watches = watches.span
    var verdicts: [(alarm: Int, state: AlarmState)] = []
    for index in group {
      let delay = watches[index].rule.delayMilliseconds
      let windowEnd = delay == 0 ? end : cadence.windowEnd(at: now - delay)
      if let state = watches[index].verdict(windowEnd: windowEnd, store: store) {
        verdicts.append((index, state))
      }
    }
    return verdicts
  }

  /// Evaluates the alarms with a wall clock window.
  private mutating func evaluateClocked(at now: Timestamp, store: SeriesStore) -> [Transition] {
    guard AlarmCadence.everyMinute.isDue(at: now, origin: options.evaluationOrigin) else {
      return []
    }
    var transitions: [Transition] = []
    for index in clocked {
      let state = evidence(index, at: now, store: store).decision.state
      guard let state, state != watches[index].state else { continue }
      transitions.append(change(index, to: state, at: now, store: store))
    }
    return transitions
  }

  /// What an evaluation at an instant rests on.
  func evidence(_ index: Int, at now: Timestamp, store: SeriesStore) -> AlarmEvidence {
    let (rule, definition) = (watches[index].rule, definitions[files[index].definition])
    let bounds = rule.bounds(at: now, wallClock: definition.wallClock)
    if var slots = mathSlots(of: index, bounds: bounds, store: store) {
      if let bands = bands[index] {
        for age in slots.indices {
          slots[age].judge(by: bands.band(from: slots[age].start), rule.comparison)
        }
      }
      return AlarmEvidence(rule: rule, slots: slots)
    }
    return AlarmEvidence(
      rule: rule, series: watches[index].series, bounds: bounds, store: store,
      bands: definition.band == nil ? nil : bands[index])
  }

  mutating func change(
    _ index: Int, to state: AlarmState, at now: Timestamp, store: SeriesStore
  ) -> Transition {
    guard options.tellsReasons else {
      return take(index, state, reason: "", data: nil, at: now)
    }
    let reason = AlarmReason(
      definition: definitions[files[index].definition], rule: watches[index].rule,
      evidence: evidence(index, at: now, store: store), state: state)
    return take(index, state, reason: reason.text, data: reason.data(at: now), at: now)
  }

  /// Sets an alarm to a state it did not have, and tells it.
  mutating func take(
    _ index: Int, _ state: AlarmState, reason: String, data: String?, at now: Timestamp
  ) -> Transition {
    let previous = watches[index].state
    files[index].history.append(
      AlarmChange(
        state: state, previousState: previous, reason: reason, reasonData: data, updated: now,
        transitioned: now))
    watches[index].state = state
    round.changed.append((index, previous))
    round.acting.append(index)
    return Transition(
      time: now, kind: .alarm, name: definitions[files[index].definition].name,
      region: files[index].region, from: previous.rawValue, to: state.rawValue, reasons: [reason])
  }
}
