extension TimeZoneTable {
  /// Daylight saving rules are written out up to the end of this year; later it is as in its end.
  static let lastYear = 2100

  /// Reads a compiled zone file (TZif, RFC 9636); nil where the bytes are none.
  ///
  /// Of a file of version 2 or later only the 64-bit part and its rule for later years count.
  package init?(zoneFile bytes: [UInt8]) {
    var reader = ZoneFileReader(bytes)
    guard var header = reader.header() else { return nil }
    var timeSize = 4
    if header.version >= UInt8(ascii: "2") {
      guard reader.skip(header.size(timeSize: 4)), let second = reader.header() else { return nil }
      header = second
      timeSize = 8
    }
    guard let body = reader.body(header, timeSize: timeSize) else { return nil }
    var (changes, offsets) = (body.changes, body.offsets)
    if timeSize == 8, let rule = reader.footer().flatMap(DaylightRule.init(posix:)) {
      let from = changes.last ?? .min
      for (change, offset) in rule.changes(after: from, through: Self.lastYear) {
        changes.append(change)
        offsets.append(offset)
      }
    }
    self.init(changes: changes, offsets: offsets, first: body.first)
  }
}

/// Takes a zone file apart, from front to back.
private struct ZoneFileReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  struct Header {
    var version: UInt8
    /// isut, isstd, leap, time, type and character counts.
    var counts: [Int]

    func size(timeSize: Int) -> Int {
      counts[3] * (timeSize + 1) + counts[4] * 6 + counts[5] + counts[2] * (timeSize + 4)
        + counts[1] + counts[0]
    }
  }

  mutating func header() -> Header? {
    guard bytes.count - position >= 44,
      Array(bytes[position..<(position + 4)]) == Array("TZif".utf8)
    else { return nil }
    let version = bytes[position + 4]
    position += 20
    let counts = (0..<6).map { _ in Int(integer(size: 4)) }
    guard counts.allSatisfy({ (0...1_000_000).contains($0) }), counts[4] > 0 else { return nil }
    return Header(version: version, counts: counts)
  }

  mutating func skip(_ count: Int) -> Bool {
    guard bytes.count - position >= count else { return false }
    position += count
    return true
  }

  mutating func body(
    _ header: Header, timeSize: Int
  ) -> (changes: [Int64], offsets: [Int64], first: Int64)? {
    let end = position + header.size(timeSize: timeSize)
    guard end <= bytes.count else { return nil }
    let changes = (0..<header.counts[3]).map { _ in integer(size: timeSize) }
    let types = (0..<header.counts[3]).map { _ in Int(byte()) }
    let offsets = (0..<header.counts[4]).map { _ in
      let offset = integer(size: 4)
      position += 2
      return offset
    }
    position = end
    guard types.allSatisfy({ $0 < offsets.count }) else { return nil }
    return (changes, types.map { offsets[$0] }, offsets[0])
  }

  /// The rule for the years after the last change, between two line feeds.
  mutating func footer() -> String? {
    guard position < bytes.count, bytes[position] == 10 else { return nil }
    let line = bytes[(position + 1)...].prefix { $0 != 10 }
    return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
  }

  private mutating func byte() -> UInt8 {
    position += 1
    return bytes[position - 1]
  }

  /// A signed number, most significant byte first.
  private mutating func integer(size: Int) -> Int64 {
    var value: UInt64 = 0
    for _ in 0..<size { value = value << 8 | UInt64(byte()) }
    return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
  }
}
