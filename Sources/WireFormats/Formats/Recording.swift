import Telemetry

/// A recording: JSON lines of metrics and events with their `arrival`; line one tells what they are.
package struct Recording: WireFormat {
  package static let name = "recording"
  package static let summary = "meridian's recordings"
  package static let isReadableInParts = true

  private var records: RecordLines

  package static func recognises(_ beginning: InputBeginning) -> Bool {
    RecordingHeader.isHeader(keys: beginning.keys)
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
