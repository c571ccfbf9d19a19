import Documents
import Telemetry

/// What a band alarm asks of its detector: how wide the band is, and what it must not learn from.
package struct AnomalyBandSetting: Hashable, Sendable {
  /// The second argument of ANOMALY_DETECTION_BAND.
  package var width: Double
  /// `ExcludedTimeRanges` of the detector: outages and deployments that are no example.
  package var excluded: [ClosedRange<Timestamp>] = []
  /// `MetricTimezone`, whose daylight saving moves the metric's days; nil for none.
  package var zone: TimeZoneTable?

  /// The index of the query the band is about, where that is an expression.
  var expression: Int?

  /// CloudWatch's default width.
  static let defaultWidth = 2.0
  /// CloudWatch takes at most so many excluded ranges.
  private static let excludedLimit = 10

  /// Whether any of the time from `start` to `end`, without the end itself, is excluded.
  package func excludes(_ start: Timestamp, _ end: Timestamp) -> Bool {
    excluded.contains { $0.lowerBound < end && $0.upperBound >= start }
  }

  /// Reads `AnomalyDetectorConfiguration: {ExcludedTimeRanges: [{StartTime, EndTime}],
  /// MetricTimezone}`, the shape of PutAnomalyDetector's `Configuration`.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_AnomalyDetectorConfiguration.html
  mutating func readConfiguration(_ node: Node?, zones: TimeZones) throws(Fault) {
    if let field = node?["MetricTimezone"] {
      let name = try field.string()
      guard (1...50).contains(name.count), let named = zones.zone(named: name) else {
        throw field.fault("a time zone such as Europe/Berlin, +05:30 or UTC-08:00")
      }
      zone = named
    }
    guard let ranges = node?["ExcludedTimeRanges"] else { return }
    for range in try ranges.list() {
      let (start, end) = (try Self.time(range, "StartTime"), try Self.time(range, "EndTime"))
      guard start <= end else { throw range.fault("a range that begins before it ends") }
      excluded.append(start...end)
    }
    if excluded.count > Self.excludedLimit {
      throw ranges.fault("at most \(Self.excludedLimit) ranges")
    }
  }

  private static func time(_ node: Node, _ key: String) throws(Fault) -> Timestamp {
    let field = try node.required(key)
    guard let time = Timestamp(text: try field.string()) else {
      throw field.fault("an instant such as 2026-01-01T00:00:00Z")
    }
    return time
  }
}

/// `ANOMALY_DETECTION_BAND(m1, 2)`, read.
struct AnomalyBandExpression: Hashable, Sendable {
  /// The Id of the query the band is about.
  var source: String
  var width: Double

  private static let function = "ANOMALY_DETECTION_BAND"

  /// Nil for any other expression.
  init?(_ text: String) {
    let text = text.filter { !$0.isWhitespace }
    guard text.hasPrefix(Self.function + "("), text.hasSuffix(")") else { return nil }
    let inner = text.dropFirst(Self.function.count + 1).dropLast()
    let parts = inner.split(separator: ",", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let source = parts.first, !source.isEmpty else {
      return nil
    }
    let width = parts.count == 2 ? Double(parts[1]) : AnomalyBandSetting.defaultWidth
    guard let width, width > 0, width.isFinite else { return nil }
    self.source = String(source)
    self.width = width
  }
}
