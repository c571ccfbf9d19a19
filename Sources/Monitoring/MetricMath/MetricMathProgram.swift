import Telemetry

/// A list of queries with their expressions read, checked and put in order.
package struct MetricMathProgram: Hashable, Sendable {
  package let queries: [MetricDataQuery]
  /// The expressions, by query; nil for a metric.
  let expressions: [MathExpression?]
  let types: [MathType]

  /// What is wrong with one of the queries.
  package struct Failure: Error, Hashable, Sendable {
    /// The index of the query.
    package var query: Int
    package var fault: MathFault
  }

  /// Reads and checks all expressions.
  ///
  /// The result of each must be a time series or an array of time series. In an alarm SEARCH is
  /// refused, and so is an array where the alarm watches it. The query `bandID` is a band that was
  /// read elsewhere.
  package init(
    _ queries: [MetricDataQuery], isAlarm: Bool = false, bandID: String? = nil
  ) throws(Failure) {
    self.queries = queries
    var expressions: [MathExpression?] = []
    for (index, query) in queries.enumerated() {
      guard let text = query.expression else {
        expressions.append(nil)
        continue
      }
      do throws(MathFault) {
        try Self.refuseMetricsInsights(text)
        expressions.append(try MathParser.parse(text))
      } catch {
        throw Failure(query: index, fault: error)
      }
    }
    self.expressions = expressions
    var order = MathOrder(
      queries: queries, expressions: expressions, isAlarm: isAlarm, bandID: bandID)
    types = try order.types()
  }

  /// Refuses SQL, of which no part is metric math.
  private static func refuseMetricsInsights(_ text: String) throws(MathFault) {
    let first = text.split(maxSplits: 1, whereSeparator: \.isWhitespace).first
    guard first?.uppercased() == "SELECT" else { return }
    throw MathFault(1, "a Metrics Insights query is answered by AWS's servers only")
  }

  /// The queries that a query's result rests on, itself included, in their order.
  func sources(of index: Int) -> [Int] {
    var found: Set<Int> = []
    var open = [index]
    while let next = open.popLast() {
      guard found.insert(next).inserted, let expression = expressions[next] else { continue }
      open += references(in: expression)
    }
    return found.sorted()
  }

  /// The queries named in an expression, by Id or through METRICS.
  private func references(in expression: MathExpression) -> [Int] {
    if case .word(let word) = expression.kind {
      return queries.firstIndex { $0.id == word }.map { [$0] } ?? []
    }
    var result = expression.parts.flatMap { references(in: $0) }
    if case .call(MathFunction.metrics.rawValue, let arguments) = expression.kind {
      result += metrics(named: arguments.first)
    }
    return result
  }

  /// The metrics whose Ids contain a string; all of them without one.
  func metrics(named argument: MathExpression?) -> [Int] {
    var part = ""
    if case .string(let string)? = argument?.kind { part = string }
    return queries.indices.filter { index in
      queries[index].metric != nil && (part.isEmpty || queries[index].id.contains(part))
    }
  }

  /// All calls of a function in a query's own expression.
  func calls(of function: MathFunction, in index: Int) -> [[MathExpression]] {
    guard let expression = expressions[index] else { return [] }
    var found: [[MathExpression]] = []
    var open = [expression]
    while let next = open.popLast() {
      if case .call(function.rawValue, let arguments) = next.kind { found.append(arguments) }
      open += next.parts
    }
    return found
  }
}

/// Checks expressions after those they refer to.
private struct MathOrder {
  let queries: [MetricDataQuery]
  let expressions: [MathExpression?]
  let isAlarm: Bool
  private var found: [MathType?]

  init(
    queries: [MetricDataQuery], expressions: [MathExpression?], isAlarm: Bool, bandID: String?
  ) {
    self.queries = queries
    self.expressions = expressions
    self.isAlarm = isAlarm
    found = queries.map { $0.metric != nil ? .series : $0.id == bandID ? .array : nil }
  }

  mutating func types() throws(MetricMathProgram.Failure) -> [MathType] {
    for index in queries.indices { try check(index, path: []) }
    return found.map { $0 ?? .series }
  }

  private mutating func check(_ index: Int, path: [Int]) throws(MetricMathProgram.Failure) {
    guard found[index] == nil, let expression = expressions[index] else { return }
    let way = path + [index]
    for (column, next) in references(in: expression) {
      if way.contains(next) {
        let circle = (way + [next]).map { queries[$0].id }.joined(separator: " -> ")
        throw MetricMathProgram.Failure(
          query: index, fault: MathFault(column, "an expression cannot rest on itself: \(circle)"))
      }
      try check(next, path: way)
    }
    do throws(MathFault) {
      found[index] = try result(of: expression)
    } catch {
      throw MetricMathProgram.Failure(query: index, fault: error)
    }
  }

  private func result(of expression: MathExpression) throws(MathFault) -> MathType {
    let checker = MathChecker(queries: queries, types: found, isAlarm: isAlarm)
    let type = try checker.type(of: expression)
    guard type == .series || type == .array else {
      throw MathFault(
        expression.column,
        "the result is \(type.words), and must be a time series or an array of time series")
    }
    return type
  }

  private func references(in expression: MathExpression) -> [(column: Int, query: Int)] {
    if case .word(let word) = expression.kind {
      return queries.firstIndex { $0.id == word }.map { [(expression.column, $0)] } ?? []
    }
    return expression.parts.flatMap { references(in: $0) }
  }
}
