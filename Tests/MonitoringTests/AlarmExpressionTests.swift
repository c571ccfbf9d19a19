import Testing

@testable import Monitoring

@Suite
struct AlarmExpressionTests {
  private func message(_ rule: String) -> String {
    do throws(AlarmExpressionError) {
      let expression = try AlarmExpression.parse(rule)
      return "accepted: \(expression)"
    } catch {
      return error.message
    }
  }

  @Test(arguments: [
    // aws/aws-cdk#34662 and #13953: the token, where it stands, and what must be there.
    ("()", "Error in AlarmRule [Unsupported token ')' at char 1]"),
    (
      "ALARM(Queue Oldest Age)",
      "Error in AlarmRule [Unsupported token 'Oldest' at char 12, must be: ')']"
    ),
    ("", "AlarmRule must not contain leading or trailing whitespace or be null"),
    (" ALARM(a)", "AlarmRule must not contain leading or trailing whitespace or be null"),
    ("ALARM(a)\n", "AlarmRule must not contain leading or trailing whitespace or be null"),
    ("ALARM a", "Error in AlarmRule [Unsupported token 'a' at char 6, must be: '(']"),
    ("ALARM()", "Error in AlarmRule [Unsupported token ')' at char 6]"),
    ("ALARM(a", "Error in AlarmRule [Unsupported token '<EOF>' at char 7, must be: ')']"),
    ("ALARM(a) ALARM(b)", "Error in AlarmRule [Unsupported token 'ALARM' at char 9]"),
    ("ALARM(a) AND", "Error in AlarmRule [Unsupported token '<EOF>' at char 12]"),
    ("alarm(a)", "Error in AlarmRule [Unsupported token 'alarm' at char 0]"),
    ("NOT", "Error in AlarmRule [Unsupported token '<EOF>' at char 3]"),
    ("ALARM(\"a)", "Error in AlarmRule [Unsupported token '\"a)' at char 6]"),
    (
      "AT_LEAST(0, ALARM, (a))",
      "Error in AlarmRule [Unsupported token '0' at char 9, must be: a number or a percentage]"
    ),
    (
      "AT_LEAST(101%, ALARM, (a))",
      "Error in AlarmRule [Unsupported token '101%' at char 9, must be: a number or a percentage]"
    ),
    (
      "AT_LEAST(1, TRUE, (a))",
      "Error in AlarmRule [Unsupported token 'TRUE' at char 12, must be: ALARM, OK, or INSUFFICIENT_DATA]"
    ),
    (
      "RPO(orders)",
      "Error in AlarmRule [Unsupported token '<EOF>' at char 11, must be: >, >=, <, <=, == or !=]"
    ),
    (
      "RPO(orders) > soon",
      "Error in AlarmRule [Unsupported token 'soon' at char 14, must be: a number]"
    ),
    (
      "FAILOVER(orders) > STEADY",
      "Error in AlarmRule [Unsupported token '>' at char 17, must be: == or !=]"
    ),
    (
      "FAILOVER(orders) == CALM",
      "Error in AlarmRule [Unsupported token 'CALM' at char 20, must be: one of its states]"
    ),
  ])
  func `a faulty rule is refused in CloudWatch's words, with the place`(rule: String, says: String)
  {
    #expect(message(rule) == says)
  }

  @Test
  func `the limits are CloudWatch's`() {
    let names = (1...101).map { "ALARM(a\($0))" }
    #expect(message(names.prefix(100).joined(separator: " OR ")).hasPrefix("accepted"))
    #expect(
      message(names.joined(separator: " OR ")) == "AlarmRule must not name more than 100 alarms")
    let trues = Array(repeating: "TRUE", count: 501)
    #expect(message(trues.prefix(500).joined(separator: " OR ")).hasPrefix("accepted"))
    #expect(
      message(trues.joined(separator: " OR ")) == "AlarmRule must not have more than 500 elements")
    #expect(
      message("ALARM(" + String(repeating: "a", count: 10_240) + ")")
        == "AlarmRule must be 1 to 10240 characters long")
    #expect(message(String(repeating: "(", count: 5000)).contains("Unsupported token"))
  }

  @Test
  func `conditions on the estate stand beside alarms`() throws {
    let rule =
      "ALARM(lag, eu-west-1) AND (RPO(orders)>60 OR RPO(orders-db, eu-west-1) <= 5m) AND NOT READY(orders, eu-west-1)"
      + " AND FAILOVER(orders)!=STEADY AND BLIND(us-east-1) AND WRITERS(orders) >= 2 AND WRITER(orders) == us-east-1"
    let expression = try AlarmExpression.parse(rule)
    #expect(expression.children == [AlarmReference("lag", region: "eu-west-1")])
    #expect(
      expression.conditions.map(\.subject) == [
        .recoveryPoint(of: "orders", region: nil, .greater, seconds: 60),
        .recoveryPoint(of: "orders-db", region: "eu-west-1", .lessOrEqual, seconds: 300),
        .readiness(deployment: "orders", region: "eu-west-1", .ready),
        .failover(deployment: "orders", isEqual: false, .steady),
        .health(region: "us-east-1", isEqual: true, .blind),
        .writers(deployment: "orders", .greaterOrEqual, count: 2),
        .writer(deployment: "orders", isEqual: true, region: "us-east-1"),
      ])
    #expect(expression.conditions.first?.text == "RPO(orders)>60")
  }

  @Test
  func `what is unknown compares with nothing`() {
    for comparison in EstateCondition.Comparison.allCases { #expect(!comparison.holds(nil, 0)) }
  }

  /// A random rule over four alarms says what the same rule says in Swift's own operators.
  @Test(arguments: 1...50)
  func `a rule of any shape says what its parts say`(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    for _ in 0..<20 {
      let (text, value) = dice.rule(depth: 4)
      let expression = try AlarmExpression.parse(text)
      let states: [AlarmState] = (0..<4).map { _ in AlarmState.allCases.randomElement(using: &dice)!
      }
      let holds = expression.holds(state: { states[Int($0.text)!] }, condition: { _ in false })
      #expect(holds == value(states), "seed \(seed): \(text)")
    }
  }
}

extension Dice {
  fileprivate mutating func rule(depth: Int) -> (String, ([AlarmState]) -> Bool) {
    switch Int.random(in: 0..<(depth == 0 ? 3 : 7), using: &self) {
    case 0: return ("TRUE", { _ in true })
    case 1, 2:
      let (state, child) = (
        AlarmState.allCases.randomElement(using: &self)!, Int.random(in: 0..<4, using: &self)
      )
      return ("\(state.rawValue)(\(child))", { $0[child] == state })
    case 3:
      let inner = rule(depth: depth - 1)
      return ("NOT (\(inner.0))", { !inner.1($0) })
    case 4:
      let (left, right) = (rule(depth: depth - 1), rule(depth: depth - 1))
      return ("(\(left.0)) AND (\(right.0))", { left.1($0) && right.1($0) })
    case 5:
      // Without brackets AND binds tighter, so that OR may join whole rules of it.
      let (left, right) = (rule(depth: 0), rule(depth: 0))
      let last = rule(depth: 0)
      return (
        "(\(left.0) OR \(right.0) AND \(last.0))", { left.1($0) || right.1($0) && last.1($0) }
      )
    default:
      let wanted = Int.random(in: 1...4, using: &self)
      return ("AT_LEAST(\(wanted), OK, (0, 1, 2, 3))", { $0.count { $0 == .ok } >= wanted })
    }
  }
}
