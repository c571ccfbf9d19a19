import Telemetry

/// OpenMetrics 1.0: times in seconds, counters that end in `_total`, and `# EOF` at the end.
///
/// Exemplars and `_created` are skipped. Source: "OpenMetrics, a cloud-native, highly scalable metrics
/// protocol".
package struct OpenMetrics: LineFormat {
  package static let name = "openmetrics"
  package static let summary = "OpenMetrics"

  package let context: DecodingContext
  package var lines: LineSplitter
  private var reader: ExpositionReader
  private var isEmpty = true

  package static func recognises(_ beginning: InputBeginning) -> Bool {
    ExpositionSigns(beginning)?.isOpenMetrics == true
  }

  package init(context: DecodingContext) {
    self.context = context
    lines = LineSplitter(limit: context.lineLimit)
    reader = ExpositionReader(context: context, isOpenMetrics: true)
  }

  package mutating func beginPiece() { reader.beginPiece() }

  package mutating func read(
    _ line: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) {
    isEmpty = false
    let fault = reader.read(line, time: time(arrival: arrival), arrival: arrival, into: &batch)
    if let fault { reject(line, fault, into: &batch) }
  }

  package mutating func settle(arrival: Timestamp?, into batch: inout Batch) {
    beginPiece()
    reader.settle(into: &batch)
  }

  package mutating func finish(arrival: Timestamp?, into batch: inout Batch) {
    finishLines(arrival: arrival, into: &batch)
    if !isEmpty, !reader.hasEnded {
      let none: [UInt8] = []
      reject(none.span, "the input ends without # EOF: it may be cut off", into: &batch)
    }
    reader.finish(into: &batch)
    isEmpty = true
  }
}
