import Telemetry

extension AlarmBook {
  /// Why a composite alarm is in its state, as lines for a terminal: its rule, its children with
  /// their states, and what holds back its actions.
  package func compositeLines(_ name: String, region: String?, at time: Timestamp) -> [String] {
    guard let index = indices(named: name).first(where: { files[$0].region == region }),
      let composite = definitions[files[index].definition].composite
    else { return [] }
    let reading = reading(of: index, at: time)
    var lines = ["\(name) is \(reading.state.rawValue): \(composite.rule)"]
    for child in composite.expression.children {
      for alarm in find(child, for: index) {
        let change = files[alarm].history.change(at: time)
        let place = files[alarm].region.map { " in \($0)" } ?? ""
        let since = change.transitioned.map { " since \($0)" } ?? ""
        lines.append("  \(child.name)\(place) is \(change.state.rawValue)\(since)")
      }
    }
    for condition in composite.expression.conditions {
      lines.append(
        "  \(condition.text) \(composites.held[condition] == true ? "holds" : "does not")")
    }
    if composites.cyclic.contains(index) {
      lines.append("  it is part of a cycle, which stops its evaluation")
    }
    let holder = reading.actionsSuppressedBy.map { "held by \($0)" } ?? "not held"
    return lines + ["  actions  \(holder)", "  stored   \(reading.stateReason)"]
  }

  /// Whether a rule holds for the alarms as they are, and for conditions on the estate.
  func holds(_ expression: AlarmExpression, condition: (EstateCondition) -> Bool) -> Bool {
    expression.holds(
      state: { child in
        state(
          of: indices(named: child.name).filter {
            definitions[files[$0].definition].isNamed(by: child)
              && (child.region ?? child.arn?.region ?? files[$0].region) == files[$0].region
          })
      }, condition: condition)
  }
}

extension Moment {
  /// Whether a rule, as composite alarms have it, holds at the engine's last instant.
  package func holds(_ expression: AlarmExpression) -> Bool {
    let (estate, store) = (engine.estate, engine.store)
    let now = engine.now ?? time
    return engine.alarms.holds(expression) { estate.holds($0, at: now, store: store) }
  }
}
