import Telemetry

/// A metric alarm as PutMetricAlarm defines it, in CloudWatch's words.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
package struct AlarmDefinition: Hashable, Sendable {
  package var name: String
  package var arn: String?
  package var description: String?
  /// Where the metric lives: the key `Region`, else the ARN's; nil: every region that has the metric.
  package var region: String?
  package var account: String?
  package var namespace: String
  package var metricName: String
  package var dimensions: [Dimension]
  /// Filters the metric's data by unit; nil accepts any.
  package var unit: String?
  /// CloudWatch's `Statistic` or `ExtendedStatistic`.
  package var statistic: Statistic
  package var evaluateLowSampleCountPercentile = EvaluateLowSampleCountPercentile.evaluate
  /// What a metric math alarm watches; empty for an alarm on one metric.
  ///
  /// With it, namespace and metric name are empty, and the period is that of the metrics.
  package var metrics: [MetricDataQuery] = []
  /// The Id of the ANOMALY_DETECTION_BAND query of a band alarm.
  package var thresholdMetricID: String?
  package var periodSeconds: Int
  package var evaluationPeriods: Int
  /// Nil and equal to `evaluationPeriods` evaluate alike but print different reasons.
  package var datapointsToAlarm: Int?
  package var threshold: Double
  package var comparison: ComparisonOperator
  package var treatMissingData: TreatMissingData
  package var actionsEnabled = true
  package var okActions: [String] = []
  package var alarmActions: [String] = []
  package var insufficientDataActions: [String] = []
  package var tags: [Dimension] = []

  package init(
    name: String, region: String? = nil, namespace: String, metricName: String,
    dimensions: [Dimension] = [], statistic: Statistic = .average, periodSeconds: Int = 60,
    evaluationPeriods: Int = 1, datapointsToAlarm: Int? = nil, threshold: Double,
    comparison: ComparisonOperator = .greaterThanThreshold,
    treatMissingData: TreatMissingData = .missing
  ) {
    self.name = name
    self.region = region
    self.namespace = namespace
    self.metricName = metricName
    self.dimensions = dimensions.sorted()
    self.statistic = statistic
    self.periodSeconds = periodSeconds
    self.evaluationPeriods = evaluationPeriods
    self.datapointsToAlarm = datapointsToAlarm
    self.threshold = threshold
    self.comparison = comparison
    self.treatMissingData = treatMissingData
  }

  package var severity: AlarmSeverity {
    AlarmSeverity(rawValue: tag("severity") ?? "") ?? .critical
  }

  package func tag(_ name: String) -> String? { tags.first { $0.name == name }?.value }

  package enum ComparisonOperator: String, Hashable, Sendable, CaseIterable {
    case greaterThanOrEqualToThreshold = "GreaterThanOrEqualToThreshold"
    case greaterThanThreshold = "GreaterThanThreshold"
    case lessThanThreshold = "LessThanThreshold"
    case lessThanOrEqualToThreshold = "LessThanOrEqualToThreshold"
  }

  package enum TreatMissingData: String, Hashable, Sendable, CaseIterable {
    case breaching
    case notBreaching
    case ignore
    case missing
  }
  /// What an alarm on a percentile does with periods of few samples.
  package enum EvaluateLowSampleCountPercentile: String, Hashable, Sendable, CaseIterable {
    case evaluate
    /// Keeps the state.
    case ignore
  }
}
