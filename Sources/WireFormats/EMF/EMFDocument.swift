import Documents
import Telemetry

/// One document of the embedded metric format, as places in its bytes.
///
/// Read again and again into the same memory: a document costs one pass over its bytes.
struct EMFDocument {
  /// Whether there is a member `_aws`, and whether it is an object.
  private(set) var hasMetadata = false
  private(set) var isMetadataSound = false
  /// `_aws.Timestamp`, milliseconds.
  private(set) var timestamp: Double?
  /// The value of `_aws.CloudWatchMetrics`, by which the directives are known again; empty where absent.
  private(set) var directives = 0..<0
  /// Whether the directives are spelled as `spelling` is.
  private(set) var isSpelledAsBefore = false
  /// The list of a log export; empty where it is none.
  private(set) var events = 0..<0
  /// How the directives of the document before were spelled: a whole JSON value.
  var spelling: [UInt8] = []

  /// The other members of the root: where their keys and values stand.
  private var members: [(key: Range<Int>, value: Range<Int>)] = []
  /// Which lengths the members' keys have.
  private var lengths: UInt64 = 0

  /// A root member beyond these is not read: 100 metrics and 30 dimensions with their log fields fit.
  private static let memberLimit = 1000

  /// Reads a document; false where it is not one JSON object (something may follow it).
  mutating func read(_ bytes: Span<UInt8>) -> Bool {
    forget()
    var cursor = JSONCursor()
    guard cursor.skip(UInt8(ascii: "{"), in: bytes) else { return false }
    if cursor.skip(UInt8(ascii: "}"), in: bytes) { return true }
    repeat {
      guard let key = cursor.string(in: bytes), cursor.skip(UInt8(ascii: ":"), in: bytes) else {
        return false
      }
      cursor.skipSpace(in: bytes)
      let start = cursor.position
      if key.count == 4, bytes.spells("_aws", at: key) {
        hasMetadata = true
        isMetadataSound = readMetadata(at: &cursor, in: bytes)
        if isMetadataSound { continue }
        cursor.position = start
        guard cursor.skipValue(in: bytes) else { return false }
      } else {
        guard cursor.skipValue(in: bytes) else { return false }
        take(key, start..<cursor.position, in: bytes)
      }
    } while cursor.skip(UInt8(ascii: ","), in: bytes)
    return cursor.skip(UInt8(ascii: "}"), in: bytes)
  }

  private mutating func forget() {
    (hasMetadata, isMetadataSound, isSpelledAsBefore) = (false, false, false)
    timestamp = nil
    (directives, events) = (0..<0, 0..<0)
    members.removeAll(keepingCapacity: true)
    lengths = 0
  }

  private mutating func take(_ key: Range<Int>, _ value: Range<Int>, in bytes: Span<UInt8>) {
    if key.count == 9 && bytes.spells("logEvents", at: key)
      || key.count == 6 && bytes.spells("events", at: key)
    {
      events = value
    } else if members.count < Self.memberLimit {
      members.append((key, value))
      lengths |= Self.mark(key.count)
    }
  }

  /// Reads the members of `_aws`; false where it is no object, and the cursor is anywhere then.
  private mutating func readMetadata(at cursor: inout JSONCursor, in bytes: Span<UInt8>) -> Bool {
    guard cursor.skip(UInt8(ascii: "{"), in: bytes) else { return false }
    repeat {
      guard let key = cursor.string(in: bytes), cursor.skip(UInt8(ascii: ":"), in: bytes) else {
        return false
      }
      cursor.skipSpace(in: bytes)
      let value = cursor.position
      if key.count == 9, bytes.spells("Timestamp", at: key) {
        timestamp = cursor.number(in: bytes)
        cursor.position = value
      } else if key.count == 17, bytes.spells("CloudWatchMetrics", at: key) {
        if skipSpelling(at: &cursor, in: bytes) { continue }
        isSpelledAsBefore = false
        guard cursor.skipValue(in: bytes) else { return false }
        directives = value..<cursor.position
        continue
      }
      guard cursor.skipValue(in: bytes) else { return false }
    } while cursor.skip(UInt8(ascii: ","), in: bytes)
    return cursor.skip(UInt8(ascii: "}"), in: bytes)
  }

  /// Skips directives that are spelled as those before, without looking into them.
  private mutating func skipSpelling(at cursor: inout JSONCursor, in bytes: Span<UInt8>) -> Bool {
    let range = cursor.position..<(cursor.position + spelling.count)
    guard !spelling.isEmpty, range.upperBound <= bytes.count, bytes.matches(range, spelling.span)
    else { return false }
    directives = range
    isSpelledAsBefore = true
    cursor.position = range.upperBound
    return true
  }

  /// The value of a root member, by its name's bytes as they stand in JSON.
  func value(of key: [UInt8], in bytes: Span<UInt8>) -> Range<Int>? {
    guard lengths & Self.mark(key.count) != 0 else { return nil }
    for member in members where member.key.count == key.count {
      if bytes.matches(member.key, key.span) { return member.value }
    }
    return nil
  }

  private static func mark(_ length: Int) -> UInt64 { 1 << UInt64(min(length, 63)) }
}
