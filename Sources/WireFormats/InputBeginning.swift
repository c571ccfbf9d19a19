import Documents

/// The first bytes of an input, as recognisers look at them.
package struct InputBeginning: Sendable {
  /// Without a byte order mark and leading white space.
  package let bytes: ArraySlice<UInt8>
  /// As they came, for binary formats.
  package let raw: [UInt8]
  /// The keys of the first JSON object, as far as the bytes reach; empty when it is no JSON.
  package let keys: [String]
  /// The members of the first JSON object that are strings, as far as the bytes reach.
  package let strings: [String: String]

  /// How much a recogniser sees: enough for the keys of a CloudTrail record or a first CSV row.
  package static let limit = 65_536

  package init(_ input: [UInt8]) {
    let head = Array(input.prefix(Self.limit))
    raw = head
    let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    bytes = head[start...].drop { $0 == 32 || (9...13).contains($0) }
    let members = Self.members(of: Array(bytes))
    keys = members.map(\.key)
    strings = Dictionary(
      members.compactMap { member in member.string.map { (member.key, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  package func has(_ key: String) -> Bool { keys.contains(key) }

  /// The first line, at most 1,000 bytes of it.
  package var firstLine: String {
    String(decoding: bytes.prefix(1000).prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
  }

  private static func members(of bytes: [UInt8]) -> [(key: String, string: String?)] {
    var cursor = JSONCursor()
    let span = bytes.span
    while cursor.skip(UInt8(ascii: "["), in: span) {}
    var members: [(key: String, string: String?)] = []
    guard cursor.skip(UInt8(ascii: "{"), in: span) else { return [] }
    repeat {
      guard let key = cursor.string(in: span), cursor.skip(UInt8(ascii: ":"), in: span) else {
        break
      }
      cursor.skipSpace(in: span)
      let start = cursor.position
      let isWhole = cursor.skipValue(in: span)
      var string: String?
      if isWhole, bytes[start] == UInt8(ascii: "\"") {
        string = String(decoding: bytes[(start + 1)..<(cursor.position - 1)], as: UTF8.self)
      }
      members.append((String(decoding: bytes[key], as: UTF8.self), string))
      guard isWhole else { break }
    } while cursor.skip(UInt8(ascii: ","), in: span)
    return members
  }
}
