import Documents
import Telemetry

/// CloudWatch embedded metric format: JSON documents with `_aws`, one a line.
///
/// Text before a document, as Lambda and containers write it, is skipped; a line without `_aws` is a
/// log line and no fault. Exports of CloudWatch Logs (`logEvents` or `events` with a `message` each) are
/// read too, on one line or on many. Source: AWS, "Specification: Embedded metric format".
package struct EMF: LineFormat {
  package static let name = "emf"
  package static let summary = "CloudWatch embedded metric format"

  package let context: DecodingContext
  package var lines: LineSplitter
  private var reader: EMFReader
  private var document = EMFDocument()
  /// The lines of a JSON value that has not ended: a log export.
  private var export: JSONSplitter?

  package static func recognises(_ beginning: InputBeginning) -> Bool {
    if beginning.has("_aws") { return true }
    let head = beginning.bytes.prefix(8192)
    let isExport = beginning.has("logEvents") || beginning.has("events")
    return Array(isExport ? beginning.bytes : head).span.place(of: EMFReader.marker) != nil
  }

  package init(context: DecodingContext) {
    self.context = context
    lines = LineSplitter(limit: context.lineLimit)
    reader = EMFReader(context: context)
  }

  package mutating func beginPiece() { reader.beginPiece() }

  package mutating func read(
    _ line: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) {
    if export != nil {
      // A document is one, whoever has begun a list of log events before it.
      let isDocument =
        line.count > 0 && line[0] == UInt8(ascii: "{") && document.read(line)
        && document.hasMetadata
      if !isDocument { return readExport(line, arrival: arrival, into: &batch) }
    }
    guard let start = line.firstIndex(of: UInt8(ascii: "{"), from: 0) else {
      // A bracket alone begins a list of log events over many lines.
      if line.count > 0, line[0] == UInt8(ascii: "[") { beginExport(line, arrival, into: &batch) }
      return
    }
    guard document.read(line.extracting(start..<line.count)) else {
      let isMarked = line.place(of: EMFReader.marker) != nil
      let isOpen = start == 0 && !isMarked || line[0] == UInt8(ascii: "[")
      if isOpen { return beginExport(line, arrival, into: &batch) }
      if isMarked { reject(line, "the JSON document does not end in its line", into: &batch) }
      return
    }
    if !document.hasMetadata {
      if document.events.isEmpty { return }
      return readEvents(line.extracting(start..<line.count), arrival: arrival, into: &batch)
    }
    let part = line.extracting(start..<line.count)
    if let fault = reader.read(&document, in: part, arrival: arrival, into: &batch) {
      reject(line, fault, into: &batch)
    }
  }

  package mutating func settle(arrival: Timestamp?, into batch: inout Batch) {}

  package mutating func finish(arrival: Timestamp?, into batch: inout Batch) {
    finishLines(arrival: arrival, into: &batch)
    if let part = export?.finish() { readPart(part, arrival: arrival, into: &batch) }
    export = nil
  }

  private mutating func beginExport(
    _ line: Span<UInt8>, _ arrival: Timestamp?, into batch: inout Batch
  ) {
    export = JSONSplitter(limit: context.lineLimit)
    readExport(line, arrival: arrival, into: &batch)
  }

  /// Goes on with a value that is spread over lines; what turns out to be none were log lines.
  private mutating func readExport(
    _ line: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) {
    guard var splitter = export else { return }
    export = nil
    let bytes = Array(copying: line) + [10]
    var position = 0
    while let part = splitter.next(in: bytes.span, from: &position) {
      readPart(part, arrival: arrival, into: &batch)
    }
    if splitter.isOpen { export = splitter }
  }

  /// Reads a value that was spread over lines: a log export, or a document that was written so.
  private mutating func readPart(
    _ part: JSONSplitter.Part, arrival: Timestamp?, into batch: inout Batch
  ) {
    switch part {
    case .value(let value, _):
      guard document.read(value.span), document.hasMetadata else {
        return readEvents(value.span, arrival: arrival, into: &batch)
      }
      if let fault = reader.read(&document, in: value.span, arrival: arrival, into: &batch) {
        reject(value.span, fault, into: &batch)
      }
    case .garbage(let beginning, _, let reason):
      if beginning.span.place(of: EMFReader.marker) != nil {
        reject(beginning.span, "a document that is no JSON: \(reason)", into: &batch)
      }
    }
  }

  /// Reads the messages of a log export.
  private mutating func readEvents(
    _ bytes: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) {
    guard let node = try? Node.json(Array(copying: bytes), file: context.source) else {
      return reject(bytes, "not JSON", into: &batch)
    }
    let events = node["logEvents"]?.elements ?? node["events"]?.elements ?? node.elements ?? [node]
    for event in events {
      guard let message = event["message"]?.text ?? event["Message"]?.text else { continue }
      let text = Array(message.utf8)
      guard let start = text.span.firstIndex(of: UInt8(ascii: "{"), from: 0) else { continue }
      let part = text.span.extracting(start..<text.count)
      guard document.read(part), document.hasMetadata else { continue }
      if let fault = reader.read(&document, in: part, arrival: arrival, into: &batch) {
        reject(part, fault, into: &batch)
      }
    }
  }
}

extension Span<UInt8> {
  /// Where some bytes stand first.
  func place(of word: StaticString) -> Int? {
    let first = unsafe word.utf8Start[0]
    var position = 0
    while let found = firstIndex(of: first, from: position),
      found + word.utf8CodeUnitCount <= count
    {
      if spells(word, at: found..<(found + word.utf8CodeUnitCount)) { return found }
      position = found + 1
    }
    return nil
  }
}
