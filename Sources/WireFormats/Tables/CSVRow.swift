import Telemetry

/// One row of a table, cut into cells.
struct CSVRow: Sendable {
  let bytes: [UInt8]
  let line: Int
  /// Without their quotes and the white space around them.
  let cells: [String]
  /// Numbers may have a decimal comma where the comma does not separate cells.
  private let hasDecimalComma: Bool

  init(_ bytes: [UInt8], delimiter: UInt8, line: Int) {
    self.bytes = bytes
    self.line = line
    hasDecimalComma = delimiter != UInt8(ascii: ",")
    cells = Self.cells(of: bytes, delimiter: delimiter)
  }

  /// The separator that occurs most often outside quotes; of equals, tab, then semicolon.
  static func delimiter(of row: [UInt8]) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in row {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted { counts[byte, default: 0] += 1 }
    }
    let candidates = [UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: ",")]
    var best = UInt8(ascii: ",")
    var most = 0
    for candidate in candidates where counts[candidate, default: 0] > most {
      best = candidate
      most = counts[candidate, default: 0]
    }
    return best
  }

  private static func cells(of row: [UInt8], delimiter: UInt8) -> [String] {
    var cells: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var index = row.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while index < row.count {
      let byte = row[index]
      index += 1
      if byte == UInt8(ascii: "\"") {
        if isQuoted, index < row.count, row[index] == byte {
          cell.append(byte)
          index += 1
        } else {
          isQuoted.toggle()
        }
      } else if byte == delimiter, !isQuoted {
        cells.append(trimmed(cell))
        cell.removeAll(keepingCapacity: true)
      } else {
        cell.append(byte)
      }
    }
    cells.append(trimmed(cell))
    return cells
  }

  private static func trimmed(_ cell: [UInt8]) -> String {
    let isSpace = { (byte: UInt8) in byte == 32 || byte == 9 || byte == 13 }
    var part = cell.drop(while: isSpace)
    while let last = part.last, isSpace(last) { part.removeLast() }
    return String(decoding: part, as: UTF8.self)
  }

  /// The column whose name says that it holds the time.
  var timeColumnByName: Int? {
    let names = cells.map { $0.lowercased() }
    for known in ["timestamp", "time", "datetime", "date", "ts", "_time", "start time"] {
      if let column = names.firstIndex(of: known) { return column }
    }
    return nil
  }

  /// The first column that holds a time.
  var timeColumnByContent: Int? {
    cells.indices.first { column in
      guard let time = time(in: column) else { return false }
      return Self.plausible.contains(time)
    }
  }

  /// A bare number is a time only where it falls between 2000 and 2100.
  private static let plausible = Timestamp(seconds: 946_684_800)..<Timestamp(seconds: 4_102_444_800)

  func time(in column: Int) -> Timestamp? {
    let text = cells[column]
    if let time = Timestamp(text: text) { return time }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4 else { return nil }
    return Timestamp(iso8601: parts.joined(separator: "-"))
  }

  /// The number in a cell; nil where there is none that can be stored.
  func number(in column: Int) -> Double? {
    var text = cells[column]
    if hasDecimalComma, !text.contains(".") { text = String(text.map { $0 == "," ? "." : $0 }) }
    guard let number = Double(text), number.isStorable else { return nil }
    return number
  }

  func isGap(in column: Int) -> Bool {
    let text = cells[column]
    return text.isEmpty || text.lowercased() == "nan" || text == "null"
  }
}
