import Telemetry

/// Why a composite alarm is in its state: what its rule names, and which changes would turn it.
package struct CompositeExplanation: Hashable, Sendable {
  package var reading: AlarmReading
  package var rule: String
  /// In the order of the rule.
  package var children: [Child]
  /// Conditions on the estate, with whether each holds.
  package var conditions: [Condition]
  /// Whether a cycle of composite alarms keeps it from being evaluated.
  package var isCyclic: Bool
  /// The single changes after which the rule would say something else.
  package var outlook: [Turn]

  /// An alarm that the rule names; its state is the worst of those meant.
  package struct Child: Hashable, Sendable {
    package var name: String
    /// Nil where there is no such alarm.
    package var state: AlarmState?
    package var since: Timestamp?
  }

  package struct Condition: Hashable, Sendable {
    package var text: String
    package var holds: Bool
  }

  /// If `subject` were in `becomes`, the composite alarm would be in `state`.
  package struct Turn: Hashable, Sendable {
    package var subject: String
    package var becomes: String
    package var state: AlarmState
  }
}

extension AlarmBook {
  /// Explains a composite alarm at an instant at or before the last evaluation; nil for any other.
  ///
  /// Conditions on the estate are those of the last evaluation.
  package func explainComposite(
    _ name: String, region: String?, at time: Timestamp
  ) -> CompositeExplanation? {
    guard let index = indices(named: name).first(where: { files[$0].region == region }),
      let composite = definitions[files[index].definition].composite
    else { return nil }
    let expression = composite.expression
    let children = expression.children.map { child($0, of: index, at: time) }
    let states = Dictionary(
      zip(expression.children, children.map(\.state)), uniquingKeysWith: { first, _ in first })
    return CompositeExplanation(
      reading: reading(of: index, at: time), rule: composite.rule, children: children,
      conditions: expression.conditions.map {
        CompositeExplanation.Condition(text: $0.text, holds: composites.held[$0] ?? false)
      },
      isCyclic: composites.cyclic.contains(index), outlook: turns(of: expression, states))
  }

  private func child(
    _ reference: AlarmReference, of index: Int, at time: Timestamp
  ) -> CompositeExplanation.Child {
    let changes = (composites.links[index]?.children[reference] ?? []).map {
      files[$0].history.change(at: time)
    }
    let order: [AlarmState] = [.alarm, .insufficientData, .ok]
    let worst = order.lazy.compactMap { state in changes.first { $0.state == state } }.first
    return CompositeExplanation.Child(
      name: reference.text, state: worst?.state, since: worst?.transitioned)
  }

  private func turns(
    of expression: AlarmExpression, _ states: [AlarmReference: AlarmState?]
  ) -> [CompositeExplanation.Turn] {
    let held = composites.held
    let now = expression.holds(
      state: { states[$0] ?? nil }, condition: { held[$0] ?? false })
    var turns: [CompositeExplanation.Turn] = []
    for child in expression.children {
      for other in AlarmState.allCases where other != states[child] ?? nil {
        let holds = expression.holds(
          state: { $0 == child ? other : states[$0] ?? nil }, condition: { held[$0] ?? false })
        if holds != now {
          turns.append(.init(subject: child.text, becomes: other.rawValue, holds: holds))
        }
      }
    }
    for condition in expression.conditions {
      let isHeld = held[condition] ?? false
      let holds = expression.holds(
        state: { states[$0] ?? nil },
        condition: { $0 == condition ? !isHeld : held[$0] ?? false })
      if holds != now {
        turns.append(
          .init(subject: condition.text, becomes: isHeld ? "false" : "true", holds: holds))
      }
    }
    return turns
  }
}

extension CompositeExplanation.Turn {
  fileprivate init(subject: String, becomes: String, holds: Bool) {
    self.init(subject: subject, becomes: becomes, state: holds ? .alarm : .ok)
  }
}
