import Telemetry

/// One sample line of Prometheus text or OpenMetrics, as places in its bytes.
struct ExpositionLine {
  /// The name with its labels, as written.
  let series: Range<Int>
  let value: Range<Int>
  /// Empty where there is none.
  let time: Range<Int>

  /// Reads a line that is no comment; nil where it is no sample.
  init?(_ line: Span<UInt8>) {
    var position = 0
    while position < line.count, line[position] == 32 || line[position] == 9 { position += 1 }
    let start = position
    while position < line.count {
      let byte = unsafe line[unchecked: position]
      if byte == 32 || byte == 9 || byte == UInt8(ascii: "{") { break }
      position += 1
    }
    var end = position
    var next = position
    while next < line.count, line[next] == 32 || line[next] == 9 { next += 1 }
    if next < line.count, line[next] == UInt8(ascii: "{") {
      guard let close = Self.closingBrace(in: line, from: next + 1) else { return nil }
      end = close + 1
      position = end
    }
    guard end > start else { return nil }
    series = start..<end
    value = line.word(from: &position)
    guard !value.isEmpty else { return nil }
    let third = line.word(from: &position)
    if let first = third.first, line[first] == UInt8(ascii: "#") {
      time = 0..<0
      return
    }
    time = third
    // An exemplar may follow, which begins with a hash.
    let rest = line.word(from: &position)
    guard rest.isEmpty || line[rest.lowerBound] == UInt8(ascii: "#") else { return nil }
  }

  private static func closingBrace(in line: Span<UInt8>, from start: Int) -> Int? {
    var position = start
    var isQuoted = false
    while position < line.count {
      switch unsafe line[unchecked: position] {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "\\") where isQuoted: position += 1
      case UInt8(ascii: "}") where !isQuoted: return position
      default: break
      }
      position += 1
    }
    return nil
  }
}

/// A name and labels as `name{label="value"}` or `{"name","label"="value"}` spell them.
struct ExpositionName {
  private(set) var name = ""
  private(set) var labels: [Dimension] = []

  /// Reads what `ExpositionLine.series` holds; nil where it is not well formed.
  init?(_ bytes: [UInt8]) {
    guard let brace = bytes.firstIndex(of: UInt8(ascii: "{")) else {
      name = String(decoding: bytes, as: UTF8.self)
      return
    }
    var reader = Reader(bytes: bytes, position: brace + 1)
    name = String(decoding: bytes[..<brace].filter { $0 != 32 && $0 != 9 }, as: UTF8.self)
    while true {
      reader.skipSpace()
      if reader.take(UInt8(ascii: "}")) {
        guard reader.isAtEnd, !name.isEmpty else { return nil }
        return
      }
      guard let key = reader.key() else { return nil }
      reader.skipSpace()
      if reader.take(UInt8(ascii: "=")) {
        reader.skipSpace()
        guard let value = reader.quoted() else { return nil }
        labels.append(Dimension(name: key, value: value))
      } else {
        guard name.isEmpty else { return nil }
        name = key
      }
      reader.skipSpace()
      _ = reader.take(UInt8(ascii: ","))
    }
  }

  private struct Reader {
    let bytes: [UInt8]
    var position: Int

    var isAtEnd: Bool { position >= bytes.count }

    mutating func skipSpace() {
      while position < bytes.count, bytes[position] == 32 || bytes[position] == 9 { position += 1 }
    }

    mutating func take(_ byte: UInt8) -> Bool {
      guard position < bytes.count, bytes[position] == byte else { return false }
      position += 1
      return true
    }

    /// A name, quoted or not.
    mutating func key() -> String? {
      if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { return quoted() }
      let start = position
      while position < bytes.count, !Self.ends.contains(bytes[position]) { position += 1 }
      return position > start ? String(decoding: bytes[start..<position], as: UTF8.self) : nil
    }

    private static let ends = Array("=,{} \t\"".utf8)

    /// A text within quotes, with `\\`, `\"` and `\n` undone.
    mutating func quoted() -> String? {
      guard take(UInt8(ascii: "\"")) else { return nil }
      var text: [UInt8] = []
      while position < bytes.count {
        var byte = bytes[position]
        position += 1
        if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
        if byte == UInt8(ascii: "\\"), position < bytes.count {
          byte = bytes[position] == UInt8(ascii: "n") ? 10 : bytes[position]
          position += 1
        }
        text.append(byte)
      }
      return nil
    }
  }
}
