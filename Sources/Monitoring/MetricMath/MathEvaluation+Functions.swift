import Telemetry

/// The functions of metric math on checked arguments.
extension MathEvaluation {
  mutating func call(_ function: MathFunction, _ arguments: [MathExpression]) -> MathValue {
    switch function {
    case .abs: return first(arguments).mapped(\.magnitude)
    case .ceiling: return first(arguments).mapped { $0.rounded(.up) }
    case .floor: return first(arguments).mapped { $0.rounded(.down) }
    case .logarithm: return first(arguments).mapped(naturalLogarithm)
    case .logarithm10: return first(arguments).mapped(decimalLogarithm)
    case .average, .maximum, .minimum, .standardDeviation, .sum, .datapointCount:
      return aggregate(function, first(arguments))
    case .difference: return steps(arguments) { step in step.change }
    case .differenceTime: return steps(arguments) { step in step.seconds }
    case .rate: return steps(arguments) { step in step.change / step.seconds }
    case .runningSum: return each(arguments) { $0.runningSum }
    case .fill: return fill(arguments)
    case .condition: return condition(arguments)
    case .minute, .hour, .day, .date, .month, .year, .epoch: return clock(function)
    case .timeSeries: return constant(first(arguments).number)
    case .period: return .scalar(Double(grid.periodSeconds))
    case .metricCount: return .scalar(Double(first(arguments).list.count))
    case .metrics:
      return .array(program.metrics(named: arguments.first).flatMap { value(of: $0).list })
    case .first: return .series(first(arguments).list.first ?? MathSeries(missing))
    case .last: return .series(first(arguments).list.last ?? MathSeries(missing))
    case .removeEmpty: return .array(first(arguments).list.filter { !$0.points.isEmpty })
    case .slice: return slice(arguments)
    case .sort: return sort(arguments)
    case .search: return search(arguments)
    case .anomalyDetectionBand: return band(arguments)
    case .performanceInsights, .insightRuleMetric, .lambda, .serviceQuota:
      return .array([])
    }
  }

  private mutating func first(_ arguments: [MathExpression]) -> MathValue {
    value(of: arguments[0])
  }

  /// A series or each series of an array, changed.
  private mutating func each(
    _ arguments: [MathExpression], _ change: (MathSeries) -> [Double]
  ) -> MathValue {
    switch first(arguments) {
    case .series(let series): .series(series.with(change(series)))
    case .array(let list): .array(list.map { $0.with(change($0)) })
    case .scalar(let number): .scalar(number)
    }
  }

  private mutating func steps(
    _ arguments: [MathExpression], _ measure: (MathStep) -> Double
  ) -> MathValue {
    let grid = grid
    return each(arguments) { series in
      var result = [Double](repeating: .nan, count: grid.count)
      var former: Int?
      for slot in 0..<grid.count where !series.values[slot].isNaN {
        if let former {
          result[slot] = measure(
            MathStep(
              change: series.values[slot] - series.values[former],
              seconds: grid.start(slot).seconds(since: grid.start(former))))
        }
        former = slot
      }
      return result
    }
  }

  /// A number from a series, or a series from an array.
  private func aggregate(_ function: MathFunction, _ value: MathValue) -> MathValue {
    switch value {
    case .scalar(let number): return .scalar(number)
    case .series(let series): return .scalar(series.points.aggregated(by: function))
    case .array(let list):
      let absence = MissingData.absence(in: function)
      return .series(
        MathSeries(
          (0..<grid.count).map { slot in
            let all = list.map { $0.values[slot] }
            let points = all.filter { !$0.isNaN }
            if points.isEmpty { return .nan }
            return (absence == .zero ? all.map { $0.isNaN ? 0 : $0 } : points)
              .aggregated(by: function)
          }))
    }
  }

  private func constant(_ number: Double) -> MathValue {
    .series(MathSeries(Array(repeating: number, count: grid.count)))
  }

  private func clock(_ function: MathFunction) -> MathValue {
    .series(
      MathSeries(
        (0..<grid.count).map { slot in
          let time = grid.start(slot)
          let civil = CivilTime(time)
          switch function {
          case .minute: return Double(civil.minute)
          case .hour: return Double(civil.hour)
          case .day: return Double(civil.weekday)
          case .date: return Double(civil.day)
          case .month: return Double(civil.month)
          case .year: return Double(civil.year)
          default: return Double(time.milliseconds) / 1000
          }
        }))
  }

  private mutating func condition(_ arguments: [MathExpression]) -> MathValue {
    let values = arguments.map { value(of: $0) }
    if case .scalar(let test) = values[0] { return chosen(test, values) }
    guard case .series(let test) = values[0] else { return .array([]) }
    return .series(
      MathSeries(
        (0..<grid.count).map { slot in
          MissingData.choice(
            test.values[slot], whenTrue: values[1].branch(slot),
            whenFalse: values.count > 2 ? values[2].branch(slot) : .omitted)
        }))
  }

  /// `IF(number, a, b)`: one branch as a whole.
  private func chosen(_ test: Double, _ values: [MathValue]) -> MathValue {
    let isScalar = values.allSatisfy { $0.list.isEmpty }
    if test.isNaN || test == 0 && values.count < 3 {
      return isScalar ? .scalar(.nan) : .series(MathSeries(missing))
    }
    let branch = test != 0 ? values[1] : values[2]
    if case .scalar(let number) = branch, !isScalar { return constant(number) }
    return branch
  }

  private mutating func slice(_ arguments: [MathExpression]) -> MathValue {
    let list = first(arguments).list
    let bounds = arguments.dropFirst().map { value(of: $0).number.position(in: list.count) }
    let end = bounds.count > 1 ? bounds[1] : list.count
    return .array(bounds[0] < end ? Array(list[bounds[0]..<end]) : [])
  }

  /// In order of a statistic of each series; those without points come last, equal ones as they were.
  private mutating func sort(_ arguments: [MathExpression]) -> MathValue {
    let list = first(arguments).list
    guard case .word(let key) = arguments[1].kind, case .word(let direction) = arguments[2].kind,
      let function = MathFunction(rawValue: key)
    else { return .array(list) }
    let keys = list.map { $0.points.aggregated(by: function) }
    let order = list.indices.sorted { left, right in
      let (a, b) = (keys[left], keys[right])
      if a.isNaN || b.isNaN || a == b { return a.isNaN == b.isNaN ? left < right : b.isNaN }
      return direction == "ASC" ? a < b : a > b
    }
    let limit = arguments.count > 3 ? value(of: arguments[3]).number : Double(list.count)
    return .array(order.prefix(limit.position(in: list.count)).map { list[$0] })
  }
}

/// From one value of a series to the next.
private struct MathStep {
  var change: Double
  var seconds: Double
}

extension MathValue {
  /// The number it is; NaN for a series.
  var number: Double {
    if case .scalar(let number) = self { number } else { .nan }
  }

  fileprivate func branch(_ slot: Int) -> MissingData.Branch {
    switch self {
    case .scalar(let number): .scalar(number)
    case .series(let series): .point(series.values[slot])
    case .array: .omitted
    }
  }
}

extension MathSeries {
  fileprivate var runningSum: [Double] {
    var sum = 0.0
    return values.map { value in
      if value.isNaN { return .nan }
      sum += value
      return sum
    }
  }
}

extension Double {
  /// A number of the user's as a position in a list, cut to it.
  fileprivate func position(in count: Int) -> Int {
    isNaN ? 0 : Int(Swift.min(Swift.max(rounded(.down), 0), Double(count)))
  }
}

extension [Double] {
  /// What a function makes of some values; NaN where there are none, except for their count.
  ///
  /// The standard deviation is that of the values themselves (divided by their count).
  fileprivate func aggregated(by function: MathFunction) -> Double {
    if function == .datapointCount { return Double(count) }
    guard let first else { return .nan }
    let sum = reduce(0, +)
    switch function {
    case .sum: return sum
    case .average: return sum / Double(count)
    case .minimum: return reduce(first, Swift.min)
    case .maximum: return reduce(first, Swift.max)
    default:
      let mean = sum / Double(count)
      let squares = reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (squares / Double(count)).squareRoot()
    }
  }
}
