import Telemetry

/// One entry of GetMetricData's `MetricDataQueries` and of an alarm's `Metrics`.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html
package struct MetricDataQuery: Hashable, Sendable {
  /// Begins with a small letter; unique in its list.
  package var id: String
  package var source: Source
  package var label: String?
  /// Whether the result is part of the answer (of an alarm: whether it is what the alarm watches).
  package var returnData = true
  /// The period of an expression; a metric's own stands in its `MetricStat`.
  package var periodSeconds: Int?
  package var account: String?
  /// Where the metric lives: our extra key `Region`; nil leaves it to the caller.
  package var region: String?

  package enum Source: Hashable, Sendable {
    case metric(MetricStat)
    case expression(String)
  }

  package init(
    id: String, source: Source, label: String? = nil, returnData: Bool = true,
    periodSeconds: Int? = nil
  ) {
    self.id = id
    self.source = source
    self.label = label
    self.returnData = returnData
    self.periodSeconds = periodSeconds
  }

  package var metric: MetricStat? {
    if case .metric(let metric) = source { metric } else { nil }
  }

  package var expression: String? {
    if case .expression(let text) = source { text } else { nil }
  }
}

/// A metric, its period and its statistic.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricStat.html
package struct MetricStat: Hashable, Sendable {
  package var namespace: String
  package var metricName: String
  package var dimensions: [Dimension]
  package var periodSeconds: Int
  package var statistic: Statistic
  /// Filters the metric's data by unit; nil accepts any.
  package var unit: String?

  package init(
    namespace: String, metricName: String, dimensions: [Dimension] = [], periodSeconds: Int = 60,
    statistic: Statistic = .average, unit: String? = nil
  ) {
    self.namespace = namespace
    self.metricName = metricName
    self.dimensions = dimensions.sorted()
    self.periodSeconds = periodSeconds
    self.statistic = statistic
    self.unit = unit
  }
}
