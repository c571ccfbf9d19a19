/// The rule of a composite alarm: `ALARM(a) AND NOT (OK("b c") OR AT_LEAST(2, ALARM, (d, e, f)))`.
///
/// CloudWatch's grammar (AND binds tighter than OR, NOT tightest), and with it conditions on the
/// estate: `READY(orders, eu-west-1)`, `RPO(orders) > 60`.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
package indirect enum AlarmExpression: Hashable, Sendable {
  case constant(Bool)
  /// Whether a child is in a state; a child of unknown state is in none.
  case state(AlarmState, AlarmReference)
  case atLeast(AlarmQuorum)
  case condition(EstateCondition)
  case not(AlarmExpression)
  case all([AlarmExpression])
  case any([AlarmExpression])
}

/// Another alarm, as a rule names it.
package struct AlarmReference: Hashable, Sendable {
  /// A name or an ARN, without quotes.
  package var text: String
  /// `ALARM(name, eu-west-1)`: the alarm of one region; nil: of the rule's region, or of all.
  package var region: String?

  package init(_ text: String, region: String? = nil) {
    self.text = text
    self.region = region
  }

  /// Region and name where the text is an alarm's ARN.
  var arn: (region: String, account: String, name: String)? {
    let parts = text.split(separator: ":", maxSplits: 6, omittingEmptySubsequences: false)
    guard parts.count == 7, parts[0] == "arn", parts[2] == "cloudwatch", parts[5] == "alarm" else {
      return nil
    }
    return (String(parts[3]), String(parts[4]), String(parts[6]))
  }

  /// The name alone.
  package var name: String { arn?.name ?? text }
}

/// `AT_LEAST(2, ALARM, (a, b, c))`, `AT_LEAST(50%, NOT OK, (a, b))`.
package struct AlarmQuorum: Hashable, Sendable {
  package var amount: Amount
  package var state: AlarmState
  /// Whether those count that are not in the state.
  package var isNegated = false
  package var children: [AlarmReference]

  package enum Amount: Hashable, Sendable {
    case count(Int)
    case percent(Int)
  }

  /// CloudWatch does not say how it rounds a share; here it is not rounded at all.
  func isReached(by count: Int) -> Bool {
    switch amount {
    case .count(let wanted): count >= wanted
    case .percent(let share): count * 100 >= share * children.count
    }
  }
}

extension AlarmExpression {
  /// What the rule says, given what is known of its children and of the estate.
  func holds(
    state: (AlarmReference) -> AlarmState?, condition: (EstateCondition) -> Bool
  ) -> Bool {
    switch self {
    case .constant(let value): value
    case .state(let wanted, let child): state(child) == wanted
    case .atLeast(let quorum):
      quorum.isReached(
        by: quorum.children.count { (state($0) == quorum.state) != quorum.isNegated })
    case .condition(let wanted): condition(wanted)
    case .not(let inner): !inner.holds(state: state, condition: condition)
    case .all(let parts): parts.allSatisfy { $0.holds(state: state, condition: condition) }
    case .any(let parts): parts.contains { $0.holds(state: state, condition: condition) }
    }
  }

  /// The alarms it names, each once, in the order of the text.
  package var children: [AlarmReference] {
    var children: [AlarmReference] = []
    visit { part in
      let found: [AlarmReference] =
        switch part {
        case .state(_, let child): [child]
        case .atLeast(let quorum): quorum.children
        default: []
        }
      for child in found where !children.contains(child) { children.append(child) }
    }
    return children
  }

  /// The conditions on the estate, each once, in the order of the text.
  package var conditions: [EstateCondition] {
    var conditions: [EstateCondition] = []
    visit { part in
      if case .condition(let condition) = part, !conditions.contains(condition) {
        conditions.append(condition)
      }
    }
    return conditions
  }

  private func visit(_ body: (AlarmExpression) -> Void) {
    body(self)
    switch self {
    case .not(let inner): inner.visit(body)
    case .all(let parts), .any(let parts): for part in parts { part.visit(body) }
    case .constant, .state, .atLeast, .condition: break
    }
  }
}
