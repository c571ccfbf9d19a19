import Telemetry

/// A format of which each line stands for itself: what such formats share.
package protocol LineFormat: WireFormat {
  var context: DecodingContext { get }
  var lines: LineSplitter { get set }

  /// Called before the lines of each piece of input.
  mutating func beginPiece()

  /// Reads one line without its line feed; a carriage return may stand at its end.
  mutating func read(_ line: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch)

  /// Reads what was held back for a line that could have followed.
  mutating func settle(arrival: Timestamp?, into batch: inout Batch)
}

extension LineFormat {
  package mutating func decode(_ bytes: [UInt8], arrival: Timestamp?, into batch: inout Batch) {
    beginPiece()
    let span = bytes.span
    var position = 0
    while let line = lines.next(in: span, from: &position) {
      take(line, of: span, arrival: arrival, into: &batch)
    }
  }

  package mutating func finish(arrival: Timestamp?, into batch: inout Batch) {
    finishLines(arrival: arrival, into: &batch)
  }

  /// Reads a last line without a line feed, and what was held back.
  mutating func finishLines(arrival: Timestamp?, into batch: inout Batch) {
    beginPiece()
    let none: [UInt8] = []
    if let line = lines.finish() { take(line, of: none.span, arrival: arrival, into: &batch) }
    settle(arrival: arrival, into: &batch)
  }

  private mutating func take(
    _ line: LineSplitter.Line, of bytes: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) {
    switch line {
    case .inPlace(let range):
      let part = bytes.extracting(range)
      read(part.extracting(0..<part.lineEnd), arrival: arrival, into: &batch)
    case .joined(let whole):
      read(whole.span.extracting(0..<whole.span.lineEnd), arrival: arrival, into: &batch)
    case .tooLong(let beginning):
      reject(beginning.span, "longer than \(lines.limit) bytes", into: &batch)
    }
  }

  func reject(_ line: Span<UInt8>, _ reason: String, into batch: inout Batch) {
    batch.rejects.append(
      Reject(
        source: context.source, line: lines.number,
        record: line.text(in: 0..<Swift.min(line.count, 4 * Reject.recordLimit)), reason: reason))
  }

  /// When a record was made that does not say: when it arrived, or when its file was written.
  func time(arrival: Timestamp?) -> Timestamp? { arrival ?? context.time }
}

extension Span<UInt8> {
  /// Where a line ends without its carriage return.
  fileprivate var lineEnd: Int { count > 0 && self[count - 1] == 13 ? count - 1 : count }

  /// Whether there is nothing but white space.
  var isBlank: Bool {
    for index in 0..<count where self[index] != 32 && !(9...13).contains(self[index]) {
      return false
    }
    return true
  }
}
