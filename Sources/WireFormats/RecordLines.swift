import Telemetry

/// Reads one JSON record a line; what `Recording` and `MetricStreamJSON` share.
struct RecordLines: Sendable {
  private var lines: LineSplitter
  private var reader: RecordReader

  init(source: String, limit: Int = InputLimits.lineBytes) {
    lines = LineSplitter(limit: limit)
    reader = RecordReader(source: source)
  }

  var header: RecordingHeader? { reader.header }

  mutating func decode(_ bytes: [UInt8], arrival: Timestamp?, into batch: inout Batch) {
    reader.beginPiece()
    let span = bytes.span
    var position = 0
    while let line = lines.next(in: span, from: &position) {
      read(line, of: span, arrival: arrival, into: &batch)
    }
  }

  mutating func finish(arrival: Timestamp?, into batch: inout Batch) {
    reader.beginPiece()
    let none: [UInt8] = []
    if let line = lines.finish() { read(line, of: none.span, arrival: arrival, into: &batch) }
  }

  private mutating func read(
    _ line: LineSplitter.Line, of bytes: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) {
    switch line {
    case .inPlace(let range):
      reader.read(
        bytes.extracting(range), line: lines.number, arrival: arrival, into: &batch)
    case .joined(let whole):
      reader.read(whole.span, line: lines.number, arrival: arrival, into: &batch)
    case .tooLong(let beginning):
      reader.reject(
        beginning.span, line: lines.number, reason: "longer than \(lines.limit) bytes", into: &batch
      )
    }
  }
}
