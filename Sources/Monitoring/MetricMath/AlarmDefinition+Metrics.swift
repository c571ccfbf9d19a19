import Documents
import Telemetry

/// The key `Metrics` of PutMetricAlarm: an alarm on the result of a metric math expression.
extension AlarmDefinition {
  /// Whether it watches the result of metric math.
  var isOnMath: Bool { !metrics.isEmpty && (band == nil || band?.expression != nil) }

  /// Whether its slots are computed rather than read as they are: metric math, a percentile.
  var isComputed: Bool { isOnMath || statistic.extended != nil }

  /// Whether it asks for a statistic that needs the values behind the samples.
  var hasExtendedStatistic: Bool {
    statistic.extended != nil || metrics.contains { $0.metric?.statistic.extended != nil }
  }

  /// What it has in common with the metrics it reads.
  var watchedKeys: Set<AlarmBinding.Key> {
    isOnMath
      ? Set(metrics.compactMap(\.metric).map { AlarmBinding.Key($0) }) : [AlarmBinding.Key(self)]
  }

  /// The query whose result a metric math alarm watches.
  var watchedQuery: Int? {
    isOnMath ? band?.expression ?? metrics.firstIndex(where: \.returnData) : nil
  }

  /// The watched expression as it is written: `e1 = errors / requests`.
  var watchedExpression: String? {
    guard let query = watchedQuery.map({ metrics[$0] }) else { return nil }
    return query.expression.map { "\(query.id) = \($0)" }
      ?? query.metric?.text
  }

  /// The most metrics an alarm may name.
  static let metricLimit = 10

  /// An alarm on an expression, as far as its metrics and threshold go.
  init(_ node: Node, metrics queries: [MetricDataQuery]) throws(Fault) {
    self.init(
      name: try Self.name(node), namespace: "", metricName: "",
      periodSeconds: try Self.period(of: queries, written: node.required("Metrics")),
      evaluationPeriods: try node.required("EvaluationPeriods").positive(),
      threshold: try node.required("Threshold").number(),
      comparison: try Self.comparison(node.required("ComparisonOperator")))
    metrics = queries
  }

  /// Reads and checks the list; nil where the alarm watches one metric.
  static func metrics(_ node: Node) throws(Fault) -> [MetricDataQuery]? {
    guard let list = node["Metrics"], list.elements?.isEmpty != true else { return nil }
    for key in [
      "Namespace", "MetricName", "Dimensions", "Period", "Unit", "Statistic",
      "ExtendedStatistic",
    ] {
      guard let field = node[key], field.elements?.isEmpty != true else { continue }
      throw field.fault("accepted: \(key) should not be set if list of Metrics is set.")
    }
    let queries = try MetricDataQuery.parse(list)
    try check(queries, written: list)
    return queries
  }

  private static func check(_ queries: [MetricDataQuery], written list: Node) throws(Fault) {
    if queries.count(where: \.returnData) != 1 {
      throw list.fault("accepted: Exactly one element of the metrics list should return data.")
    }
    if queries.count(where: { $0.metric != nil }) > metricLimit {
      throw list.fault("at most \(metricLimit) metrics")
    }
    let program = try MetricMathProgram(queries, written: list, isAlarm: true)
    for (index, query) in queries.enumerated() where query.returnData {
      guard program.types[index] == .series else {
        throw (list.elements?[index]["Expression"] ?? list).fault(
          "one time series, which is all an alarm can watch: it is \(program.types[index].words)")
      }
    }
    _ = try period(of: queries, written: list)
  }

  /// The period all metrics share; that of the expression where there are none.
  static func period(
    of queries: [MetricDataQuery], written list: Node
  ) throws(Fault) -> Int {
    let periods = queries.compactMap { $0.metric?.periodSeconds }
    guard let first = periods.first ?? queries.compactMap(\.periodSeconds).first else {
      throw list.fault("complete: Period must not be null")
    }
    if let index = queries.firstIndex(where: {
      $0.metric.map { $0.periodSeconds != first } ?? false
    }),
      let field = list.elements?[index]["MetricStat"]?["Period"]
    {
      throw field.fault("\(first), the period of the first metric: an alarm's metrics share one")
    }
    return first
  }

  /// CloudWatch's `Statistic` or `ExtendedStatistic`, one of the two.
  static func statistic(_ node: Node) throws(Fault) -> Statistic {
    guard let extended = node["ExtendedStatistic"] else {
      return try node.required("Statistic").plainStatistic()
    }
    if node["Statistic"] != nil {
      throw extended.fault("allowed beside Statistic: an alarm has one of the two")
    }
    let statistic = try MetricStat.statistic(extended)
    guard statistic.extended != nil else {
      throw extended.fault("a percentile or trimmed statistic such as p99, tm90 or IQM")
    }
    return statistic
  }
}
