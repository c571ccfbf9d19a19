import Telemetry

extension AlarmBook {
  /// Whether any rule has a condition on the estate.
  var watchesEstate: Bool {
    composites.alarms.contains {
      definitions[files[$0].definition].composite?.watchesEstate == true
    }
  }

  /// Looks at the conditions on the estate, after it was judged.
  mutating func observe(holds: (EstateCondition) -> Bool) {
    linkComposites()
    var changed: Set<EstateCondition> = []
    for condition in composites.conditions {
      let holds = holds(condition)
      if composites.held.updateValue(holds, forKey: condition) != holds {
        changed.insert(condition)
      }
    }
    if changed.isEmpty { return }
    for alarm in composites.alarms {
      let rule = definitions[files[alarm].definition].composite?.expression
      if rule?.conditions.contains(where: changed.contains) == true {
        composites.stale.insert(alarm)
      }
    }
  }

  /// Evaluates the composite alarms for which anything changed: children first, each once.
  mutating func evaluateComposites(at now: Timestamp) -> [Transition] {
    if composites.alarms.isEmpty { return [] }
    linkComposites()
    for change in round.changed {
      composites.stale.formUnion(composites.parents[change.alarm] ?? [])
    }
    guard !composites.stale.isEmpty else { return [] }
    var transitions: [Transition] = []
    for alarm in composites.order where composites.stale.remove(alarm) != nil {
      if let transition = evaluate(composite: alarm, at: now) {
        transitions.append(transition)
        composites.stale.formUnion(composites.parents[alarm] ?? [])
      }
      composites.unborn.remove(alarm)
    }
    composites.stale = []
    return transitions
  }

  private mutating func evaluate(composite alarm: Int, at now: Timestamp) -> Transition? {
    guard let rule = definitions[files[alarm].definition].composite else { return nil }
    let state = state(of: rule, alarm, before: [:])
    let isNew = composites.unborn.contains(alarm)
    guard isNew || state != watches[alarm].state else { return nil }
    let reason = CompositeReason(
      name: definitions[files[alarm].definition].arn ?? definitions[files[alarm].definition].name,
      state: state, triggers: isNew ? nil : triggers(of: rule, alarm, state, at: now),
      children: rule.expression.children.map { trigger($0, of: alarm, at: now) })
    if isNew, now == options.beginning { return begin(alarm, state, reason) }
    guard state != watches[alarm].state else { return nil }
    return take(alarm, state, reason: reason.text, data: reason.data, at: now)
  }

  /// The first state, silently.
  private mutating func begin(
    _ alarm: Int, _ state: AlarmState, _ reason: CompositeReason
  ) -> Transition? {
    watches[alarm].state = state
    files[alarm].history = AlarmHistory(
      AlarmChange(state: state, reason: reason.text, reasonData: reason.data))
    return nil
  }

  /// What the rule makes of its children; `before` has those as they were that have changed.
  private func state(
    of rule: CompositeAlarm, _ alarm: Int, before: [Int: AlarmState]
  ) -> AlarmState {
    let links = composites.links[alarm]
    let holds = rule.expression.holds(
      state: { child in
        let meant = links?.children[child] ?? []
        if before.isEmpty { return state(of: meant) }
        var copy = meant.map { before[$0] ?? watches[$0].state }
        copy.sort { $0.severity > $1.severity }
        return copy.first
      },
      condition: { composites.held[$0] ?? false })
    return holds ? .alarm : .ok
  }

  /// The children that brought a composite alarm into its state, or nil where it was a condition.
  ///
  /// Of several that changed at one instant, taken one after the other in the order of the rule, it
  /// is the one after which the rule says what it says now.
  private func triggers(
    of rule: CompositeAlarm, _ alarm: Int, _ state: AlarmState, at now: Timestamp
  ) -> [CompositeReason.Trigger] {
    var before: [Int: AlarmState] = [:]
    for change in round.changed where before[change.alarm] == nil {
      before[change.alarm] = change.previous
    }
    var said = self.state(of: rule, alarm, before: before)
    var deciding: AlarmReference?
    for child in rule.expression.children {
      let changed = (composites.links[alarm]?.children[child] ?? []).filter { before[$0] != nil }
      guard !changed.isEmpty else { continue }
      for index in changed { before[index] = nil }
      let says = self.state(of: rule, alarm, before: before)
      if says == state, said != state || deciding == nil { deciding = child }
      said = says
    }
    return deciding.map { [trigger($0, of: alarm, at: now)] } ?? []
  }

  /// A child as a reason names it: by the ARN that the rule or its definition gives.
  private func trigger(
    _ child: AlarmReference, of alarm: Int, at now: Timestamp
  ) -> CompositeReason.Trigger {
    let meant = composites.links[alarm]?.children[child] ?? []
    let state = state(of: meant) ?? .insufficientData
    let index = meant.first { watches[$0].state == state }
    let arn = index.flatMap { definitions[files[$0].definition].arn }
    return CompositeReason.Trigger(
      alarm: child.arn == nil ? arn ?? child.text : child.text, state: state,
      time: index.flatMap { files[$0].history.last.transitioned } ?? now)
  }
}

extension AlarmState {
  /// Which of several states of one name counts.
  fileprivate var severity: Int {
    switch self {
    case .alarm: 2
    case .insufficientData: 1
    case .ok: 0
    }
  }
}
