import Documents

/// Something wrong, or likely to be, in an alarm or a configuration: where, what, and what to do.
package struct LintFinding: Hashable, Sendable {
  package var rule: LintRule
  package var place: Node.Place
  /// The value found; nil where something is missing.
  package var value: String?
  /// What is wrong, as a sentence without its full stop.
  package var message: String
  /// What to do about it, likewise.
  package var remedy: String

  package init(
    rule: LintRule, place: Node.Place, value: String?, message: String, remedy: String
  ) {
    self.rule = rule
    self.place = place
    self.value = value
    self.message = message
    self.remedy = remedy
  }

  /// `alarms.json:12: MetricAlarms[0].Unit`.
  package var location: String {
    let line = place.line > 0 ? ":\(place.line)" : ""
    return [place.file + line, place.path].filter { !$0.isEmpty }.joined(separator: ": ")
  }
}

extension LintFinding: Comparable {
  /// By file, line, key, rule.
  package static func < (left: LintFinding, right: LintFinding) -> Bool {
    if left.place.file != right.place.file { return left.place.file < right.place.file }
    if left.place.line != right.place.line { return left.place.line < right.place.line }
    if left.place.path != right.place.path { return left.place.path < right.place.path }
    return left.rule.rawValue < right.rule.rawValue
  }
}

/// The rules, by the stable names that reports and suppressions use.
package enum LintRule: String, Hashable, Sendable, CaseIterable {
  case definition
  case configuration
  case metricRegion = "metric-region"
  case metricUnit = "metric-unit"
  case thresholdMagnitude = "threshold-magnitude"
  case sparseBreaching = "sparse-breaching"
  case heartbeatNotBreaching = "heartbeat-not-breaching"
  case dimensionMatch = "dimension-match"
  case metricOptIn = "metric-opt-in"
  case roleBound = "role-bound"
  case periodTooShort = "period-too-short"
  case bucketDrift = "bucket-drift"
  case silenceAfterObjective = "silence-after-objective"
  case sentinelUnwatched = "sentinel-unwatched"
  case mathRange = "math-range"
  case mathFill = "math-fill"
  case mathDifference = "math-difference"

  package enum Severity: String, Hashable, Sendable { case error, warning }

  /// Errors are alarms that cannot work; warnings are alarms that surprise.
  package var severity: Severity {
    switch self {
    case .definition, .configuration, .metricRegion, .metricUnit, .dimensionMatch,
      .sparseBreaching:
      .error
    default: .warning
    }
  }

  /// What the rule finds, as a sentence.
  package var summary: String {
    switch self {
    case .definition: "An alarm definition that CloudWatch, or meridian, does not accept."
    case .configuration: "A fault in meridian.yaml."
    case .metricRegion: "An alarm in a region where its metric is not published."
    case .metricUnit: "An alarm whose Unit is not the metric's: it sees no data."
    case .thresholdMagnitude: "A threshold in another magnitude than the metric's unit."
    case .sparseBreaching:
      "Missing data treated as breaching on a metric that is only published when something happens."
    case .heartbeatNotBreaching:
      "Missing data treated as good on a metric that is always there while its source lives."
    case .dimensionMatch: "Dimensions with which no series of the metric exists."
    case .metricOptIn: "A metric that is not published until it is switched on."
    case .roleBound: "An alarm tied to a region, on a metric that moves when roles do."
    case .periodTooShort: "A period shorter than the metric's: most slots stay empty."
    case .bucketDrift: "Counting M of N periods that slide by the minute over sparse data."
    case .silenceAfterObjective: "An alarm that notices silence later than the RPO allows."
    case .sentinelUnwatched: "A special value that means broken and never crosses the threshold."
    case .mathRange: "A function over all periods that are fetched, not over those evaluated."
    case .mathFill: "FILL in an alarm that needs every period: late data look like the filler."
    case .mathDifference: "DIFF, DIFF_TIME or RATE of a metric that comes only now and then."
    }
  }
}
