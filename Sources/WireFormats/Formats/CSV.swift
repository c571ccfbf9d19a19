import Telemetry

/// Tables with a time in each row: NAB's `timestamp,value`, wide (a column a metric) and long.
///
/// Delimiter (comma, semicolon, tab), byte order mark, CRLF and RFC 4180 quotes are found out; a time
/// without a zone is UTC, an epoch number's unit follows from its size, an empty cell is a gap.
/// Lines that begin with `#` are comments. Rows are raw samples: those that share a minute add up.
package struct CSV: WireFormat {
  package static let name = "csv"
  package static let summary = "CSV with a time column"

  private let context: DecodingContext
  private var lines = LineSplitter()
  /// A row whose quotes are still open, and the line it began on.
  private var openRow: [UInt8] = []
  private var openLine = 0
  /// How many quotes the open row has.
  private var openQuotes = 0
  private var delimiter: UInt8?
  /// The last row before the layout was known: most likely the header.
  private var header: CSVRow?
  private var layout: CSVLayout?

  package static func recognises(_ beginning: InputBeginning) -> Bool {
    let isBinary = beginning.bytes.contains { $0 < 32 && !(9...13).contains($0) }
    guard let first = beginning.bytes.first, !isBinary, first != UInt8(ascii: "{"),
      first != UInt8(ascii: "[")
    else { return false }
    let lines = beginning.bytes.split(separator: 10).prefix(CSVLayout.preambleLimit)
    return lines.contains { line in
      let bytes = Array(line)
      let row = CSVRow(bytes, delimiter: CSVRow.delimiter(of: bytes), line: 0)
      return row.cells.count > 1 && (row.timeColumnByName ?? row.timeColumnByContent) != nil
    }
  }

  package init(context: DecodingContext) { self.context = context }

  package mutating func decode(_ bytes: [UInt8], arrival: Timestamp?, into batch: inout Batch) {
    let span = bytes.span
    var position = 0
    while let line = lines.next(in: span, from: &position) {
      switch line {
      case .inPlace(let range):
        read(Array(copying: span.extracting(range)), arrival: arrival, into: &batch)
      case .joined(let whole): read(whole, arrival: arrival, into: &batch)
      case .tooLong(let start):
        reject(start, line: lines.number, reason: "longer than \(lines.limit) bytes", into: &batch)
      }
    }
  }

  package mutating func finish(arrival: Timestamp?, into batch: inout Batch) {
    switch lines.finish() {
    case .joined(let whole): read(whole, arrival: arrival, into: &batch)
    case .tooLong(let start):
      reject(start, line: lines.number, reason: "longer than \(lines.limit) bytes", into: &batch)
    case .inPlace, nil: break
    }
    if !openRow.isEmpty {
      reject(openRow, line: openLine, reason: "a quote has no end", into: &batch)
      openRow = []
      openQuotes = 0
    }
    if layout == nil, let header { reject(header, "no row with a time follows", into: &batch) }
  }

  /// Takes a line, which may be a part of a row: quotes may hold line feeds.
  private mutating func read(_ line: [UInt8], arrival: Timestamp?, into batch: inout Batch) {
    if openRow.isEmpty { openLine = lines.number } else { openRow.append(10) }
    openRow += line
    openQuotes += line.count { $0 == UInt8(ascii: "\"") }
    let isOpen = openQuotes % 2 == 1
    if isOpen, openRow.count < Self.rowLimit { return }
    let row = openRow
    openRow = []
    openQuotes = 0
    if isOpen {
      return reject(row, line: openLine, reason: "a quote has no end", into: &batch)
    }
    readRow(row, arrival: arrival, into: &batch)
  }

  /// A row with open quotes that has become longer than this has lost one.
  private static let rowLimit = 1 << 16

  private mutating func readRow(_ bytes: [UInt8], arrival: Timestamp?, into batch: inout Batch) {
    let isBlank = bytes.allSatisfy { $0 == 32 || (9...13).contains($0) }
    if isBlank || bytes.first == UInt8(ascii: "#") { return }
    let delimiter = delimiter ?? CSVRow.delimiter(of: bytes)
    let row = CSVRow(bytes, delimiter: delimiter, line: openLine)
    if layout == nil {
      guard findLayout(row, into: &batch) else { return }
      self.delimiter = delimiter
    }
    if let reason = layout?.read(row, arrival: arrival, into: &batch) {
      reject(row, reason, into: &batch)
    }
  }

  /// Looks for the header and the first row of data; false while this row is none.
  private mutating func findLayout(_ row: CSVRow, into batch: inout Batch) -> Bool {
    let named = header?.timeColumnByName
    if let header, header.cells.count == row.cells.count,
      let column = named ?? row.timeColumnByContent
    {
      if named != nil, row.time(in: column) == nil {
        reject(row, "'\(row.cells[column])' is not a time", into: &batch)
        return false
      }
      layout = CSVLayout(header: header, first: row, timeColumn: column, identity: context.identity)
      return true
    }
    if let header { reject(header, "not a row of the table", into: &batch) }
    header = row
    guard row.timeColumnByName == nil, let column = row.timeColumnByContent else { return false }
    header = nil
    layout = CSVLayout(header: nil, first: row, timeColumn: column, identity: context.identity)
    return true
  }

  private func reject(_ row: CSVRow, _ reason: String, into batch: inout Batch) {
    reject(row.bytes, line: row.line, reason: reason, into: &batch)
  }

  private func reject(_ record: [UInt8], line: Int, reason: String, into batch: inout Batch) {
    let excerpt = String(decoding: record.prefix(4 * Reject.recordLimit), as: UTF8.self)
    batch.rejects.append(
      Reject(source: context.source, line: line, record: excerpt, reason: reason))
  }
}
