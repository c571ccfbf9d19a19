import Telemetry

/// Where metric math finds its data.
struct MathData: Sendable {
  let store: SeriesStore
  /// The series of each query; nil for an expression, and for a metric without data.
  let series: [SeriesID?]
  /// What SEARCH looks through, in order.
  var searched: [SeriesID] = []
}

/// Computes queries over one grid; each at most once.
struct MathEvaluation {
  let program: MetricMathProgram
  let grid: SlotGrid
  let data: MathData
  private var results: [Int: MathValue] = [:]

  init(program: MetricMathProgram, grid: SlotGrid, data: MathData) {
    self.program = program
    self.grid = grid
    self.data = data
  }

  /// The result of a query: a series or an array of series.
  mutating func value(of query: Int) -> MathValue {
    if let known = results[query] { return known }
    let value: MathValue
    if let expression = program.expressions[query] {
      value = self.value(of: expression)
    } else {
      value = .series(metric(query))
    }
    results[query] = value
    return value
  }

  /// The value of a checked expression.
  mutating func value(of expression: MathExpression) -> MathValue {
    switch expression.kind {
    case .number(let number): return .scalar(number)
    case .string: return .array([])
    case .word(let word):
      guard let query = program.queries.firstIndex(where: { $0.id == word }) else {
        return .array([])
      }
      return value(of: query)
    case .array(let elements):
      return .array(elements.flatMap { value(of: $0).list })
    case .negative(let operand): return value(of: operand).mapped { -$0 }
    case .binary(let symbol, let left, let right):
      return combine(symbol, value(of: left), value(of: right))
    case .call(let name, let arguments):
      guard let function = MathFunction(rawValue: name) else { return .array([]) }
      return call(function, arguments)
    }
  }

  /// A metric of the request over the grid.
  func metric(_ query: Int) -> MathSeries {
    let label = program.queries[query].ownLabel
    guard let metric = program.queries[query].metric else {
      return MathSeries(label: label, missing)
    }
    let series = data.series[query]
    let origin = MathSeries.Origin(
      metric: series.map { data.store.metric($0) } ?? metric.identity,
      statistic: metric.statistic, periodSeconds: metric.periodSeconds)
    let values = series.map { data.store.values(of: $0, metric.statistic, in: grid) }
    return MathSeries(label: label, origin: origin, values ?? missing)
  }

  var missing: [Double] { Array(repeating: .nan, count: grid.count) }

  private func combine(
    _ symbol: MathOperator, _ left: MathValue, _ right: MathValue
  ) -> MathValue {
    switch (left, right) {
    case (.scalar(let x), .scalar(let y)): return .scalar(symbol(x, y))
    case (.array(let list), _):
      return .array(list.map { $0.with(combined(symbol, .series($0), right)) })
    case (_, .array(let list)):
      return .array(list.map { $0.with(combined(symbol, left, .series($0))) })
    default: return .series(MathSeries(combined(symbol, left, right)))
    }
  }

  private func combined(
    _ symbol: MathOperator, _ left: MathValue, _ right: MathValue
  ) -> [Double] {
    (0..<grid.count).map { slot in
      MissingData.operands(left.operand(slot), right.operand(slot)).map { symbol($0.0, $0.1) }
        ?? .nan
    }
  }
}

extension MathValue {
  fileprivate func operand(_ slot: Int) -> MissingData.Operand {
    switch self {
    case .scalar(let number): .scalar(number)
    case .series(let series): .point(series.values[slot])
    case .array: .point(.nan)
    }
  }

  /// The same with each number changed.
  func mapped(_ change: (Double) -> Double) -> MathValue {
    switch self {
    case .scalar(let number): .scalar(change(number))
    case .series(let series): .series(series.mapped(change))
    case .array(let list): .array(list.map { $0.mapped(change) })
    }
  }
}

extension MathSeries {
  fileprivate func mapped(_ change: (Double) -> Double) -> MathSeries {
    with(values.map(change))
  }
}

extension MetricDataQuery {
  /// The label, or the metric's name, or the Id.
  package var ownLabel: String { label ?? metric?.metricName ?? id }
}
