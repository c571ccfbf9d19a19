/// A part of a metric math expression, and the column it begins in.
struct MathExpression: Hashable, Sendable {
  var column: Int
  var kind: Kind

  indirect enum Kind: Hashable, Sendable {
    case number(Double)
    case string(String)
    /// An Id, or a keyword such as REPEAT or DESC.
    case word(String)
    case array([MathExpression])
    case negative(MathExpression)
    case binary(MathOperator, MathExpression, MathExpression)
    case call(String, [MathExpression])
  }

  /// The parts it is made of.
  var parts: [MathExpression] {
    switch kind {
    case .number, .string, .word: []
    case .array(let elements): elements
    case .negative(let operand): [operand]
    case .binary(_, let left, let right): [left, right]
    case .call(_, let arguments): arguments
    }
  }
}

/// What stands between two operands.
enum MathOperator: String, Hashable, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case power = "^"
  case equal = "=="
  case notEqual = "!="
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case less = "<"
  case greater = ">"
  case and = "AND"
  case or = "OR"

  init?(_ token: MathToken) {
    switch token.kind {
    case .symbol("&&"): self = .and
    case .symbol("||"): self = .or
    case .symbol(let symbol): self.init(rawValue: symbol)
    case .word("AND"): self = .and
    case .word("OR"): self = .or
    default: return nil
    }
  }

  /// From what binds least to what binds most; the power stands above the sign and is not here.
  static let levels: [Set<MathOperator>] = [
    [.or], [.and], [.equal, .notEqual, .lessOrEqual, .greaterOrEqual, .less, .greater],
    [.add, .subtract], [.multiply, .divide],
  ]

  /// The result; not finite where there is none (a division by zero).
  func callAsFunction(_ left: Double, _ right: Double) -> Double {
    switch self {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: right == 0 ? .nan : left / right
    case .power: raise(left, to: right)
    case .equal: left == right ? 1 : 0
    case .notEqual: left != right ? 1 : 0
    case .lessOrEqual: left <= right ? 1 : 0
    case .greaterOrEqual: left >= right ? 1 : 0
    case .less: left < right ? 1 : 0
    case .greater: left > right ? 1 : 0
    case .and: left != 0 && right != 0 ? 1 : 0
    case .or: left != 0 || right != 0 ? 1 : 0
    }
  }
}
