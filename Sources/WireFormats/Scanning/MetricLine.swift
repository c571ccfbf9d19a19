import Telemetry

/// One record of a CloudWatch metric stream in JSON, as places in its bytes.
///
/// The members may come in any order and unknown ones are skipped.
/// Some members are meridian's own: `arrival` (milliseconds), `adds` (true for raw samples, which share
/// a bucket instead of replacing it), `values` and `counts` (what the sample was made of).
struct MetricLine: Sendable {
  var identity = Identity()
  var timestamp: Double?
  var arrival: Double?
  var adds = false
  var count: Double?
  var sum: Double?
  var minimum: Double?
  var maximum: Double?
  /// Where the lists of values and their counts stand, with their brackets; empty where there are none.
  private(set) var values = 0..<0
  private(set) var counts = 0..<0
  /// Where `value` stands, when it has members that are none of the four statistics; else empty.
  private(set) var otherStatistics = 0..<0
  private var hasOtherStatistics = false
  /// Where the timestamp stands, when all before it only names the metric; 0 otherwise.
  private(set) var headEnd = 0

  /// Where the values stand that name the metric, quotes and braces included; empty where absent.
  struct Identity: Sendable {
    var account = 0..<0
    var region = 0..<0
    var namespace = 0..<0
    var name = 0..<0
    var dimensions = 0..<0
    var unit = 0..<0
  }

  var isMetric: Bool { !identity.name.isEmpty && !identity.namespace.isEmpty }

  /// Reads a line into a fresh value; false where it is not one JSON object.
  ///
  /// Read in place, here and below: it is too large to be handed on for every line.
  mutating func read(_ bytes: Span<UInt8>) -> Bool {
    var cursor = JSONCursor()
    guard cursor.skip(UInt8(ascii: "{"), in: bytes) else { return false }
    if cursor.skip(UInt8(ascii: "}"), in: bytes) { return Self.isEnd(cursor, in: bytes) }
    return readMembers(at: &cursor, in: bytes)
  }

  /// Reads the rest of a line whose head has been read before; false where it is none.
  mutating func readTail(of bytes: Span<UInt8>, from headEnd: Int) -> Bool {
    var cursor = JSONCursor()
    cursor.position = headEnd
    guard Self.readNumber(into: &timestamp, at: &cursor, in: bytes) else { return false }
    if cursor.skip(UInt8(ascii: ","), in: bytes) { return readMembers(at: &cursor, in: bytes) }
    return cursor.skip(UInt8(ascii: "}"), in: bytes) && Self.isEnd(cursor, in: bytes)
  }

  /// Reads members up to the end of the line.
  private mutating func readMembers(at cursor: inout JSONCursor, in bytes: Span<UInt8>) -> Bool {
    repeat {
      guard let key = cursor.string(in: bytes), cursor.skip(UInt8(ascii: ":"), in: bytes),
        readMember(key, at: &cursor, in: bytes)
      else { return false }
    } while cursor.skip(UInt8(ascii: ","), in: bytes)
    return cursor.skip(UInt8(ascii: "}"), in: bytes) && Self.isEnd(cursor, in: bytes)
  }

  private static func isEnd(_ cursor: JSONCursor, in bytes: Span<UInt8>) -> Bool {
    var cursor = cursor
    cursor.skipSpace(in: bytes)
    return cursor.position == bytes.count
  }

  /// The statistics, when all four are there and are the statistics of something.
  var statistics: StatisticSet? {
    guard let count, let sum, let minimum, let maximum else { return nil }
    let statistics = StatisticSet(count: count, sum: sum, minimum: minimum, maximum: maximum)
    return statistics.isStorable ? statistics : nil
  }

  /// Whether nothing has been read that changes from record to record.
  private var isOnlyName: Bool {
    timestamp == nil && arrival == nil && count == nil && sum == nil && minimum == nil
      && maximum == nil && !adds && identity.unit.isEmpty
  }

  private mutating func readMember(
    _ key: Range<Int>, at cursor: inout JSONCursor, in bytes: Span<UInt8>
  ) -> Bool {
    switch key.count {
    case 4 where bytes.spells("unit", at: key):
      return Self.skip(into: &identity.unit, at: &cursor, in: bytes)
    case 4 where bytes.spells("adds", at: key):
      cursor.skipSpace(in: bytes)
      adds = cursor.position < bytes.count && bytes[cursor.position] == UInt8(ascii: "t")
      return cursor.skipValue(in: bytes)
    case 5 where bytes.spells("value", at: key): return readValue(at: &cursor, in: bytes)
    case 6 where bytes.spells("region", at: key):
      return Self.skip(into: &identity.region, at: &cursor, in: bytes)
    case 6 where bytes.spells("values", at: key):
      return Self.skip(into: &values, at: &cursor, in: bytes)
    case 6 where bytes.spells("counts", at: key):
      return Self.skip(into: &counts, at: &cursor, in: bytes)
    case 7 where bytes.spells("arrival", at: key):
      return Self.readNumber(into: &arrival, at: &cursor, in: bytes)
    case 9 where bytes.spells("namespace", at: key):
      return Self.skip(into: &identity.namespace, at: &cursor, in: bytes)
    case 9 where bytes.spells("timestamp", at: key):
      if isOnlyName { headEnd = cursor.position }
      return Self.readNumber(into: &timestamp, at: &cursor, in: bytes)
    case 10 where bytes.spells("account_id", at: key):
      return Self.skip(into: &identity.account, at: &cursor, in: bytes)
    case 10 where bytes.spells("dimensions", at: key):
      return Self.skip(into: &identity.dimensions, at: &cursor, in: bytes)
    case 11 where bytes.spells("metric_name", at: key):
      return Self.skip(into: &identity.name, at: &cursor, in: bytes)
    default: return cursor.skipValue(in: bytes)
    }
  }

  private static func skip(
    into range: inout Range<Int>, at cursor: inout JSONCursor, in bytes: Span<UInt8>
  ) -> Bool {
    cursor.skipSpace(in: bytes)
    let start = cursor.position
    guard cursor.skipValue(in: bytes) else { return false }
    range = start..<cursor.position
    return true
  }

  private static func readNumber(
    into number: inout Double?, at cursor: inout JSONCursor, in bytes: Span<UInt8>
  ) -> Bool {
    cursor.skipSpace(in: bytes)
    let start = cursor.position
    number = cursor.number(in: bytes)
    if number != nil { return true }
    cursor.position = start
    return cursor.skipValue(in: bytes)
  }

  private mutating func readValue(at cursor: inout JSONCursor, in bytes: Span<UInt8>) -> Bool {
    let start = cursor.position
    guard cursor.skip(UInt8(ascii: "{"), in: bytes) else { return cursor.skipValue(in: bytes) }
    if cursor.skip(UInt8(ascii: "}"), in: bytes) { return true }
    repeat {
      guard let key = cursor.string(in: bytes), cursor.skip(UInt8(ascii: ":"), in: bytes),
        readStatistic(key, at: &cursor, in: bytes)
      else { return false }
    } while cursor.skip(UInt8(ascii: ","), in: bytes)
    guard cursor.skip(UInt8(ascii: "}"), in: bytes) else { return false }
    if hasOtherStatistics { otherStatistics = start..<cursor.position }
    return true
  }

  private mutating func readStatistic(
    _ key: Range<Int>, at cursor: inout JSONCursor, in bytes: Span<UInt8>
  ) -> Bool {
    switch key.count {
    case 3 where bytes.spells("sum", at: key):
      return Self.readNumber(into: &sum, at: &cursor, in: bytes)
    case 3 where bytes.spells("min", at: key):
      return Self.readNumber(into: &minimum, at: &cursor, in: bytes)
    case 3 where bytes.spells("max", at: key):
      return Self.readNumber(into: &maximum, at: &cursor, in: bytes)
    case 5 where bytes.spells("count", at: key):
      return Self.readNumber(into: &count, at: &cursor, in: bytes)
    default:
      hasOtherStatistics = true
      return cursor.skipValue(in: bytes)
    }
  }
}

extension Span<UInt8> {
  /// Whether the bytes of a range, which is as long as the word, are the word.
  @inline(__always)
  func spells(_ word: StaticString, at range: Range<Int>) -> Bool {
    for offset in 0..<word.utf8CodeUnitCount {
      let byte = unsafe self[unchecked: range.lowerBound + offset]
      if unsafe word.utf8Start[offset] != byte { return false }
    }
    return true
  }
}
