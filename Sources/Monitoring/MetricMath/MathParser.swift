/// Reads an expression by recursive descent.
struct MathParser {
  private let tokens: [MathToken]
  private var position = 0
  private var depth = 0

  /// Deeper brackets are a slip of the pen, and would cost the stack.
  static let depthLimit = 64

  static func parse(_ text: String) throws(MathFault) -> MathExpression {
    var parser = MathParser(tokens: try MathLexer.tokens(of: text))
    let expression = try parser.expression(level: 0)
    if parser.token.kind != .end {
      throw parser.fault("\(parser.token.text) cannot stand here: expected an operator or the end")
    }
    return expression
  }

  private init(tokens: [MathToken]) { self.tokens = tokens }

  private var token: MathToken { tokens[position] }

  private func fault(_ problem: String) -> MathFault { MathFault(token.column, problem) }

  private mutating func expression(level: Int) throws(MathFault) -> MathExpression {
    guard level < MathOperator.levels.count else { return try signed() }
    var left = try expression(level: level + 1)
    while let found = MathOperator(token), MathOperator.levels[level].contains(found) {
      position += 1
      let right = try expression(level: level + 1)
      left = MathExpression(column: left.column, kind: .binary(found, left, right))
    }
    return left
  }

  private mutating func signed() throws(MathFault) -> MathExpression {
    guard token.kind == .symbol("-") else { return try power() }
    let column = token.column
    position += 1
    let operand = try nested { (parser) throws(MathFault) in try parser.signed() }
    return MathExpression(column: column, kind: .negative(operand))
  }

  /// `a^b`: from the right, and stronger than a sign before `a`.
  private mutating func power() throws(MathFault) -> MathExpression {
    let base = try primary()
    guard token.kind == .symbol("^") else { return base }
    position += 1
    let exponent = try nested { (parser) throws(MathFault) in try parser.signed() }
    return MathExpression(column: base.column, kind: .binary(.power, base, exponent))
  }

  private mutating func primary() throws(MathFault) -> MathExpression {
    let first = token
    position += 1
    switch first.kind {
    case .number(let number): return MathExpression(column: first.column, kind: .number(number))
    case .string(let string): return MathExpression(column: first.column, kind: .string(string))
    case .word(let word) where MathOperator(first) == nil:
      guard token.kind == .symbol("(") else {
        return MathExpression(column: first.column, kind: .word(word))
      }
      position += 1
      return MathExpression(column: first.column, kind: .call(word, try list(until: ")")))
    case .symbol("("):
      var inner = try nested { (parser) throws(MathFault) in try parser.expression(level: 0) }
      try expect(")", after: "the bracket opened in column \(first.column)")
      inner.column = first.column
      return inner
    case .symbol("["):
      return MathExpression(column: first.column, kind: .array(try list(until: "]")))
    default:
      position -= 1
      throw fault("expected a number, an Id, a function or a bracket, found \(first.text)")
    }
  }

  /// Expressions between commas, and the closing sign.
  private mutating func list(until closing: String) throws(MathFault) -> [MathExpression] {
    let opening = tokens[position - 1].column
    var elements: [MathExpression] = []
    if token.kind == .symbol(closing) {
      position += 1
      return elements
    }
    while true {
      elements.append(
        try nested { (parser) throws(MathFault) in try parser.expression(level: 0) })
      guard token.kind == .symbol(",") else { break }
      position += 1
    }
    try expect(closing, after: "the bracket opened in column \(opening)")
    return elements
  }

  private mutating func expect(_ symbol: String, after what: String) throws(MathFault) {
    guard token.kind == .symbol(symbol) else {
      throw fault("expected '\(symbol)' for \(what), found \(token.text)")
    }
    position += 1
  }

  private mutating func nested(
    _ body: (inout MathParser) throws(MathFault) -> MathExpression
  ) throws(MathFault) -> MathExpression {
    depth += 1
    if depth > Self.depthLimit {
      throw fault("more than \(Self.depthLimit) brackets in each other")
    }
    let result = try body(&self)
    depth -= 1
    return result
  }
}
