import Telemetry

/// Prometheus text exposition format 0.0.4: times, where there are any, in whole milliseconds.
///
/// Source: Prometheus, "Exposition formats".
package struct PrometheusText: LineFormat {
  package static let name = "prometheus-text"
  package static let summary = "Prometheus text exposition"
  package static let needsWholeBeginning = true

  package let context: DecodingContext
  package var lines: LineSplitter
  private var reader: ExpositionReader

  package static func recognises(_ beginning: InputBeginning) -> Bool {
    ExpositionSigns(beginning)?.isOpenMetrics == false
  }

  package init(context: DecodingContext) {
    self.context = context
    lines = LineSplitter(limit: context.lineLimit)
    reader = ExpositionReader(context: context, isOpenMetrics: false)
  }

  package mutating func beginPiece() { reader.beginPiece() }

  package mutating func read(
    _ line: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) {
    let fault = reader.read(line, time: time(arrival: arrival), arrival: arrival, into: &batch)
    if let fault { reject(line, fault, into: &batch) }
  }

  package mutating func settle(arrival: Timestamp?, into batch: inout Batch) {
    beginPiece()
    reader.settle(into: &batch)
  }
}
