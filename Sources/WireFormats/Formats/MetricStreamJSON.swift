import Telemetry

/// CloudWatch Metric Streams in JSON: one object a line, times in milliseconds.
///
/// Lines that are events (EventBridge, CloudTrail) may stand between them.
package struct MetricStreamJSON: WireFormat {
  package static let name = "metric-stream-json"
  package static let summary = "CloudWatch Metric Streams JSON lines"
  package static let isReadableInParts = true

  private var records: RecordLines

  package static func recognises(_ beginning: InputBeginning) -> Bool {
    beginning.has("metric_name") && beginning.has("namespace")
  }

  package init(context: DecodingContext) { records = RecordLines(source: context.source) }

  package var header: RecordingHeader? { records.header }

  package mutating func decode(_ bytes: [UInt8], arrival: Timestamp?, into batch: inout Batch) {
    records.decode(bytes, arrival: arrival, into: &batch)
  }

  package mutating func finish(arrival: Timestamp?, into batch: inout Batch) {
    records.finish(arrival: arrival, into: &batch)
  }
}
