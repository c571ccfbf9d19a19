import Telemetry

/// The formats that are written.
package enum OutputFormat: String, Hashable, Sendable, CaseIterable {
  case metricStream = "metric-stream-json"
  case openMetrics = "openmetrics"
  case csv
  case getMetricData = "get-metric-data"
  case recording

  /// The format that a file's name asks for; nil where its ending says nothing.
  package init?(fileName: String) {
    var name = fileName.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    let found = Self.endings.first { name.hasSuffix($0.ending) }
    guard let found else { return nil }
    self = found.format
  }

  private static let endings: [(ending: String, format: OutputFormat)] = [
    (".jsonl", .metricStream), (".ndjson", .metricStream), (".json", .getMetricData),
    (".csv", .csv), (".om", .openMetrics), (".openmetrics", .openMetrics), (".prom", .openMetrics),
  ]

  /// Whether events have a place in it.
  package var holdsEvents: Bool { self == .metricStream || self == .recording }

  /// All records of a batch, whose metrics are sorted and whose samples are in order of arrival.
  package func bytes(of batch: Batch, header: RecordingHeader?) -> [UInt8] {
    switch self {
    case .metricStream: MetricStreamWriter.bytes(of: batch)
    case .openMetrics: OpenMetricsWriter.bytes(of: batch)
    case .csv: CSVWriter.bytes(of: batch)
    case .getMetricData: GetMetricDataWriter.bytes(of: batch)
    case .recording: RecordingWriter.bytes(of: batch, header: header)
    }
  }
}
