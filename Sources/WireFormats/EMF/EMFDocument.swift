/// One document of the embedded metric format, as places in its bytes.
struct EMFDocument {
  /// The value of `_aws`; empty where there is none.
  private(set) var metadata = 0..<0
  /// The list of a log export; empty where it is none.
  private(set) var events = 0..<0
  /// The other members of the root: where their keys and values stand.
  private(set) var members: [(key: Range<Int>, value: Range<Int>)] = []

  /// A root member beyond these is not read: 100 metrics and 30 dimensions with their log fields fit.
  private static let memberLimit = 1000

  /// Reads a document; nil where it is not one JSON object (something may follow it).
  init?(_ bytes: Span<UInt8>) {
    var cursor = JSONCursor()
    guard cursor.skip(UInt8(ascii: "{"), in: bytes) else { return nil }
    if cursor.skip(UInt8(ascii: "}"), in: bytes) { return }
    repeat {
      guard let key = cursor.string(in: bytes), cursor.skip(UInt8(ascii: ":"), in: bytes) else {
        return nil
      }
      cursor.skipSpace(in: bytes)
      let start = cursor.position
      guard cursor.skipValue(in: bytes) else { return nil }
      take(key, start..<cursor.position, in: bytes)
    } while cursor.skip(UInt8(ascii: ","), in: bytes)
    guard cursor.skip(UInt8(ascii: "}"), in: bytes) else { return nil }
  }

  private mutating func take(_ key: Range<Int>, _ value: Range<Int>, in bytes: Span<UInt8>) {
    if key.count == 4, bytes.spells("_aws", at: key) {
      metadata = value
    } else if key.count == 9 && bytes.spells("logEvents", at: key)
      || key.count == 6 && bytes.spells("events", at: key)
    {
      events = value
    } else if members.count < Self.memberLimit {
      members.append((key, value))
    }
  }

  /// The value of a root member, by its name's bytes as they stand in JSON.
  func value(of key: [UInt8], in bytes: Span<UInt8>) -> Range<Int>? {
    for member in members where bytes.matches(member.key, key.span) { return member.value }
    return nil
  }
}

/// The members of `_aws`.
struct EMFMetadata {
  private(set) var timestamp: Double?
  /// The value of `CloudWatchMetrics`, by which the directives are known again.
  private(set) var directives = 0..<0

  init?(_ bytes: Span<UInt8>, at range: Range<Int>) {
    var cursor = JSONCursor()
    cursor.position = range.lowerBound
    guard cursor.skip(UInt8(ascii: "{"), in: bytes) else { return nil }
    repeat {
      guard let key = cursor.string(in: bytes), cursor.skip(UInt8(ascii: ":"), in: bytes) else {
        return nil
      }
      cursor.skipSpace(in: bytes)
      let start = cursor.position
      if key.count == 9, bytes.spells("Timestamp", at: key) {
        timestamp = cursor.number(in: bytes)
        cursor.position = start
      }
      guard cursor.skipValue(in: bytes) else { return nil }
      if key.count == 17, bytes.spells("CloudWatchMetrics", at: key) {
        directives = start..<cursor.position
      }
    } while cursor.skip(UInt8(ascii: ","), in: bytes)
  }
}
