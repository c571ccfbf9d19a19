import Telemetry

/// SEARCH over what is stored here.
extension MathEvaluation {
  mutating func search(_ arguments: [MathExpression]) -> MathValue {
    guard let (search, statistic) = try? MathChecker.search(arguments) else { return .array([]) }
    let found = data.searched.filter { series in
      guard let end = grid.boundaries.last, let newest = data.store.freshness(of: series)?.time
      else { return false }
      return newest >= end - SearchExpression.reachMilliseconds
        && search.matches(data.store.metric(series))
    }
    let labels = Self.labels(found.map { data.store.metric($0) })
    return .array(
      zip(found, labels).map { series, label in
        MathSeries(
          label: label,
          origin: MathSeries.Origin(
            metric: data.store.metric(series), statistic: statistic,
            periodSeconds: grid.periodSeconds),
          data.store.values(of: series, statistic, in: grid))
      })
  }

  /// The metric's name, and before it whatever tells it from the others that were found.
  static func labels(_ metrics: [MetricID]) -> [String] {
    func differs(_ part: (MetricID) -> some Hashable) -> Bool { Set(metrics.map(part)).count > 1 }
    let names = Set(metrics.flatMap { $0.dimensions.map(\.name) }).sorted()
    let telling = names.filter { name in
      differs { metric in metric.dimensions.first { $0.name == name }?.value }
    }
    let (regions, namespaces) = (differs(\.region), differs(\.namespace))
    return metrics.map { metric in
      var words = regions && !metric.region.isEmpty ? [metric.region] : []
      if namespaces { words.append(metric.namespace) }
      words += metric.dimensions.filter { telling.contains($0.name) }.map(\.value)
      return (words + [metric.name]).joined(separator: " ")
    }
  }
}

extension MathChecker {
  /// The arguments of SEARCH, read.
  static func search(
    _ arguments: [MathExpression]
  ) throws(MathFault) -> (search: SearchExpression, statistic: Statistic) {
    guard case .string(let text) = arguments[0].kind, case .string(let name) = arguments[1].kind
    else { throw MathFault(arguments[0].column, "SEARCH takes two strings") }
    let search = try SearchExpression.parse(text, column: arguments[0].column + 1)
    guard let statistic = Statistic(rawValue: name) else {
      throw MathFault(arguments[1].column, "'\(name)' is not \(Statistic.expectation)")
    }
    if arguments.count > 2 {
      guard case .number(let period) = arguments[2].kind,
        [10, 20, 30].contains(period)
          || period >= 60 && period.truncatingRemainder(dividingBy: 60) == 0 && period < 1e9
      else {
        throw MathFault(
          arguments[2].column, "the period of SEARCH must be 10, 20, 30 or a multiple of 60")
      }
    }
    return (search, statistic)
  }
}
