/// Why a rule is none, in CloudWatch's words.
package struct AlarmExpressionError: Error, Hashable, Sendable {
  package var message: String
}

extension AlarmExpression {
  static let lengths = 1...10_240
  static let childLimit = 100
  static let elementLimit = 500

  /// Reads a rule; the error says what CloudWatch says, with the character counted from 0.
  package static func parse(_ text: String) throws(AlarmExpressionError) -> AlarmExpression {
    guard !text.isEmpty, text.first?.isWhitespace == false, text.last?.isWhitespace == false else {
      throw AlarmExpressionError(
        message: "AlarmRule must not contain leading or trailing whitespace or be null")
    }
    guard lengths.contains(text.count) else {
      throw AlarmExpressionError(message: "AlarmRule must be 1 to 10240 characters long")
    }
    var parser = AlarmExpressionParser(text)
    let expression = try parser.expression()
    if !parser.scanner.isAtEnd { throw parser.scanner.unsupported() }
    if expression.children.count > childLimit {
      throw AlarmExpressionError(message: "AlarmRule must not name more than 100 alarms")
    }
    if parser.elements > elementLimit {
      throw AlarmExpressionError(message: "AlarmRule must not have more than 500 elements")
    }
    return expression
  }
}

/// Descends from OR to AND to NOT to what stands alone.
struct AlarmExpressionParser {
  var scanner: AlarmExpressionScanner
  /// Children, TRUE and FALSE, and brackets, as CloudWatch counts them.
  private(set) var elements = 0
  /// Deeper brackets than CloudWatch's elements allow need not be read.
  private var depth = 0

  init(_ text: String) { scanner = AlarmExpressionScanner(text) }

  mutating func expression() throws(AlarmExpressionError) -> AlarmExpression {
    var parts = [try conjunction()]
    while scanner.skip(word: "OR") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(AlarmExpressionError) -> AlarmExpression {
    var parts = [try negation()]
    while scanner.skip(word: "AND") { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func negation() throws(AlarmExpressionError) -> AlarmExpression {
    var count = 0
    while scanner.skip(word: "NOT") { count += 1 }
    let inner = try primary()
    return count % 2 == 1 ? .not(inner) : inner
  }

  private mutating func primary() throws(AlarmExpressionError) -> AlarmExpression {
    elements += 1
    if scanner.isNext("(") { return try bracketed() }
    if scanner.skip(word: "TRUE") { return .constant(true) }
    if scanner.skip(word: "FALSE") { return .constant(false) }
    if scanner.skip(word: "AT_LEAST") { return .atLeast(try quorum()) }
    if let state = state() {
      try scanner.require("(")
      let child = try reference(withRegion: true)
      try scanner.require(")")
      return .state(state, child)
    }
    if let condition = try estateCondition() { return .condition(condition) }
    throw scanner.unsupported()
  }

  private mutating func bracketed() throws(AlarmExpressionError) -> AlarmExpression {
    try scanner.require("(")
    depth += 1
    guard depth <= AlarmExpression.elementLimit else { throw scanner.unsupported() }
    let inner = try expression()
    try scanner.require(")")
    depth -= 1
    return inner
  }

  private mutating func state() -> AlarmState? {
    AlarmState.allCases.first { scanner.skip(word: $0.rawValue) }
  }

  /// A name or ARN; `withRegion` allows a region after it.
  mutating func reference(withRegion: Bool = false) throws(AlarmExpressionError) -> AlarmReference {
    let text = try scanner.argument()
    guard withRegion, let region = scanner.trailingRegion() else { return AlarmReference(text) }
    return AlarmReference(text, region: region)
  }

  /// `(M, STATE, (a, b))` after AT_LEAST.
  private mutating func quorum() throws(AlarmExpressionError) -> AlarmQuorum {
    try scanner.require("(")
    let amount = try amount()
    try scanner.require(",")
    let isNegated = scanner.skip(word: "NOT")
    guard let state = state() else {
      throw scanner.unsupported(instead: "ALARM, OK, or INSUFFICIENT_DATA")
    }
    try scanner.require(",")
    try scanner.require("(")
    var children = [try reference()]
    while scanner.skip(",") { children.append(try reference()) }
    elements += children.count
    try scanner.require(")")
    try scanner.require(")")
    return AlarmQuorum(amount: amount, state: state, isNegated: isNegated, children: children)
  }

  /// A count of at least 1, or a share of 1 to 100 percent.
  private mutating func amount() throws(AlarmExpressionError) -> AlarmQuorum.Amount {
    let start = scanner
    let text = scanner.word()
    if let count = Int(text), count >= 1 { return .count(count) }
    if text.hasSuffix("%"), let share = Int(text.dropLast()), (1...100).contains(share) {
      return .percent(share)
    }
    throw start.unsupported(instead: "a number or a percentage")
  }
}
