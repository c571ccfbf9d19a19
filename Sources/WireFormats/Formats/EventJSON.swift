import Telemetry

/// Events: EventBridge and CloudTrail JSON, `lookup-events` output, SNS, SQS and Lambda wrappings.
///
/// JSON values one after another, on one line or many; metrics of a metric stream may stand between
/// them.
package struct EventJSON: WireFormat {
  package static let name = "event-json"
  package static let summary = "EventBridge, CloudTrail and SNS events in JSON"

  private var values = JSONSplitter()
  private var reader: RecordReader

  package static func recognises(_ beginning: InputBeginning) -> Bool {
    markers.contains { keys in keys.allSatisfy(beginning.has) }
  }

  /// The keys by which an event or a wrapping of events is known.
  private static let markers: [[String]] = [
    ["detail-type"], ["eventName", "eventSource"], ["Records"], ["CloudTrailEvent"], ["Events"],
    ["AlarmName", "NewStateValue"], ["TopicArn"], ["Type", "Message"], ["Event ID"],
    ["Messages"], ["body", "receiptHandle"], ["source", "time"],
  ]

  package init(context: DecodingContext) { reader = RecordReader(source: context.source) }

  package var header: RecordingHeader? { reader.header }

  package mutating func decode(_ bytes: [UInt8], arrival: Timestamp?, into batch: inout Batch) {
    reader.beginPiece()
    let span = bytes.span
    var position = 0
    while let part = values.next(in: span, from: &position) {
      read(part, arrival: arrival, into: &batch)
    }
  }

  package mutating func finish(arrival: Timestamp?, into batch: inout Batch) {
    reader.beginPiece()
    if let part = values.finish() { read(part, arrival: arrival, into: &batch) }
  }

  private mutating func read(
    _ part: JSONSplitter.Part, arrival: Timestamp?, into batch: inout Batch
  ) {
    switch part {
    case .value(let value, let line):
      reader.read(value.span, line: line, arrival: arrival, into: &batch)
    case .garbage(let beginning, let line, let reason):
      reader.reject(beginning.span, line: line, reason: reason, into: &batch)
    }
  }
}
