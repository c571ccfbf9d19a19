/// Finds the type of an expression, or what is wrong with it.
struct MathChecker {
  let queries: [MetricDataQuery]
  /// The types of the queries' results, as far as they are known.
  let types: [MathType?]
  /// Whether SEARCH is refused: an alarm watches one series.
  let isAlarm: Bool

  func type(of expression: MathExpression) throws(MathFault) -> MathType {
    switch expression.kind {
    case .number: return .scalar
    case .string: return .string
    case .word(let word): return try type(ofWord: word, at: expression.column)
    case .array(let elements): return try type(ofArray: elements, at: expression.column)
    case .negative(let operand):
      let type = try type(of: operand)
      if type == .string || type == .strings {
        throw MathFault(expression.column, "the sign '-' cannot stand before \(type.words)")
      }
      return type
    case .binary(let symbol, let left, let right):
      let types = (try type(of: left), try type(of: right))
      guard let type = MathType.combined(types.0, types.1) else {
        throw MathFault(
          expression.column,
          "'\(symbol.rawValue)' cannot stand between \(types.0.words) and \(types.1.words)")
      }
      return type
    case .call(let name, let arguments):
      return try type(ofCall: name, arguments, at: expression.column)
    }
  }

  private func type(ofWord word: String, at column: Int) throws(MathFault) -> MathType {
    guard let index = queries.firstIndex(where: { $0.id == word }) else {
      if word.first?.isLowercase == true { throw MathFault(column, "no query has the Id \(word)") }
      let reason =
        MathFunction(rawValue: word) == nil
        ? "Ids begin with a lower-case letter" : "the function \(word) is called with brackets"
      throw MathFault(column, "\(word) cannot stand here: \(reason)")
    }
    return types[index] ?? .series
  }

  private func type(
    ofArray elements: [MathExpression], at column: Int
  ) throws(MathFault) -> MathType {
    if elements.isEmpty { throw MathFault(column, "an array needs at least one element") }
    var kinds: Set<MathType> = []
    for element in elements {
      let type = try type(of: element)
      guard type != .scalar, type != .strings else {
        throw MathFault(element.column, "\(type.words) cannot be an element of an array")
      }
      kinds.insert(type)
    }
    if kinds == [.string] { return .strings }
    if kinds.contains(.string) {
      throw MathFault(column, "an array cannot hold both strings and time series")
    }
    return .array
  }

  private func type(
    ofCall name: String, _ arguments: [MathExpression], at column: Int
  ) throws(MathFault) -> MathType {
    let function = try function(name, at: column)
    if function == .search, isAlarm {
      throw MathFault(column, "SEARCH is not supported on Metric Alarms")
    }
    var found: [MathType?] = []
    for argument in arguments { found.append(try type(ofArgument: argument)) }
    let signature = function.signatures.first { signature in
      signature.parameters.count == arguments.count
        && zip(signature.parameters, zip(arguments, found)).allSatisfy { parameter, argument in
          takes(parameter, argument.0, argument.1)
        }
    }
    guard let signature else { throw mismatch(function, arguments, found, at: column) }
    if function == .search { _ = try Self.search(arguments) }
    return signature.result
  }

  private func function(_ name: String, at column: Int) throws(MathFault) -> MathFunction {
    guard let function = MathFunction(rawValue: name) else {
      if MathFunction(rawValue: name.uppercased()) != nil {
        throw MathFault(column, "functions are written in capitals: \(name.uppercased())")
      }
      throw MathFault(column, "\(name) is no function of metric math")
    }
    if function.isOnlyInAWS {
      throw MathFault(column, "\(name) is answered by AWS's servers only, not from local data")
    }
    if function == .anomalyDetectionBand, isAlarm {
      throw MathFault(
        column, "\(name) stands alone in an alarm, in the query that ThresholdMetricId names")
    }
    return function
  }

  /// The type of an argument; nil for a keyword.
  private func type(ofArgument argument: MathExpression) throws(MathFault) -> MathType? {
    if case .word(let word) = argument.kind, Self.keywords.contains(word) { return nil }
    return try type(of: argument)
  }

  private static let keywords: Set<String> = [
    "REPEAT", "LINEAR", "AVG", "MIN", "MAX", "SUM", "ASC", "DESC",
  ]

  private func takes(
    _ parameter: MathParameter, _ argument: MathExpression, _ type: MathType?
  ) -> Bool {
    switch parameter {
    case .type(let wanted): return type == wanted
    case .keyword(let words):
      guard case .word(let word) = argument.kind else { return false }
      return type == nil && words.contains(word)
    case .metric:
      guard case .word(let word) = argument.kind else { return false }
      return queries.contains { $0.id == word && $0.metric != nil }
    }
  }

  /// A sentence that says what the function takes and what it was given.
  private func mismatch(
    _ function: MathFunction, _ arguments: [MathExpression], _ found: [MathType?], at column: Int
  ) -> MathFault {
    let given = zip(arguments, found).map { argument, type in
      if case .word(let word) = argument.kind, type == nil { return word }
      return type?.words ?? ""
    }
    let ways = MathSignature.words(function.signatures)
    return MathFault(
      column, "\(function.rawValue) takes \(ways), found (\(given.joined(separator: ", ")))")
  }
}
