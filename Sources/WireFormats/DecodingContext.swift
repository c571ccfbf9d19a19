import Documents
import Telemetry

/// What a format knows about its input besides the bytes.
package struct DecodingContext: Sendable {
  /// The file or connection, for rejects.
  package var source: String
  /// What the user said, or the file's name tells, about metrics that do not name themselves.
  package var identity: MetricIdentity
  /// The queries of a GetMetricData call, by Id.
  package var queries: [String: MetricQuery]
  /// How names and labels of other systems become CloudWatch's.
  package var naming = NamingRules()
  /// When records were made that do not say and whose arrival is not known: their file's time.
  package var time: Timestamp?
  /// How many series are taken; further ones are rejected, and those that are known go on.
  package var seriesLimit = InputLimits.series
  /// The longest line.
  package var lineLimit = InputLimits.lineBytes
  /// What Influx timestamps count; nil: as their size tells.
  package var precision: TimePrecision?

  package init(
    source: String, identity: MetricIdentity = MetricIdentity(),
    queries: [String: MetricQuery] = [:]
  ) {
    self.source = source
    self.identity = identity
    self.queries = queries
  }
}

/// The parts of a metric's name that come from outside its records; nil where nothing is known.
package struct MetricIdentity: Hashable, Sendable {
  package var region: String?
  package var account: String?
  package var namespace: String?
  package var name: String?
  /// A name to fall back on, for records that have none at all: the file's.
  package var fallbackName: String?
  package var dimensions: [Dimension] = []
  package var unit: String?
  /// Which statistic bare values are.
  package var statistic: Statistic?

  package init() {}

  /// These parts, and the other's where these are silent.
  package func completed(by other: MetricIdentity) -> MetricIdentity {
    var result = self
    result.region = region ?? other.region
    result.account = account ?? other.account
    result.namespace = namespace ?? other.namespace
    result.name = name ?? other.name
    result.fallbackName = fallbackName ?? other.fallbackName
    if dimensions.isEmpty { result.dimensions = other.dimensions }
    result.unit = unit ?? other.unit
    result.statistic = statistic ?? other.statistic
    return result
  }
}
