import Telemetry

/// Which periods and which kinds of statistics the queries ask for.
extension MetricMathProgram {
  /// The period of a SEARCH that does not say: CloudWatch's own.
  package static let defaultPeriodSeconds = 300

  /// The periods that a query's result rests on, ascending; the largest is the one it is computed at.
  func periods(of index: Int) -> [Int] {
    var periods: Set<Int> = []
    for source in sources(of: index) {
      let query = queries[source]
      if let metric = query.metric { periods.insert(metric.periodSeconds) }
      if let period = query.periodSeconds, query.metric == nil { periods.insert(period) }
      for arguments in calls(of: .search, in: source) {
        if let period = searchPeriod(arguments) {
          periods.insert(period)
        } else if query.periodSeconds == nil {
          periods.insert(Self.defaultPeriodSeconds)
        }
      }
    }
    return periods.sorted()
  }

  /// The period of an expression that rests on no metric, such as `TIME_SERIES(5)`: the largest of
  /// the metrics beside it.
  var sharedPeriodSeconds: Int {
    queries.compactMap { $0.metric?.periodSeconds }.max() ?? Self.defaultPeriodSeconds
  }

  private func searchPeriod(_ arguments: [MathExpression]) -> Int? {
    guard arguments.count > 2, case .number(let period) = arguments[2].kind else { return nil }
    return Int(exactly: period)
  }

  /// Whether any expression looks for metrics that the queries do not name.
  var hasSearch: Bool { queries.indices.contains { !calls(of: .search, in: $0).isEmpty } }

  /// Whether anything has a period below a minute.
  var isHighResolution: Bool { queries.indices.contains { periods(of: $0).first ?? 60 < 60 } }

  /// Whether any statistic needs the values behind the samples.
  var needsDistributions: Bool {
    queries.indices.contains { index in
      queries[index].metric?.statistic.extended != nil
        || calls(of: .search, in: index).contains { arguments in
          (try? MathChecker.search(arguments).statistic.extended) != nil
        }
    }
  }
}
