/// A place in JSON text that moves forward over one token at a time.
///
/// The fast path of the line formats: it builds nothing and checks what it must to stay in step. It
/// accepts a little more than RFC 8259 does (any byte within strings but a line feed); whatever is
/// kept as text is read again by `Node.json`, which does not.
struct JSONCursor: Sendable {
  var position = 0

  /// Deeper nesting than this is an attack, not a record.
  static let depthLimit = 128

  mutating func skipSpace(in bytes: Span<UInt8>) {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == 32 || byte == 9 || byte == 10 || byte == 13 else { return }
      position += 1
    }
  }

  /// Skips white space and one byte, if it is this one.
  mutating func skip(_ byte: UInt8, in bytes: Span<UInt8>) -> Bool {
    skipSpace(in: bytes)
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Reads a string and returns what stands between its quotes, escapes as they are.
  mutating func string(in bytes: Span<UInt8>) -> Range<Int>? {
    guard skip(UInt8(ascii: "\""), in: bytes) else { return nil }
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return start..<(position - 1) }
      if byte == UInt8(ascii: "\\") { position += 1 }
      if byte == 10 { return nil }
    }
    return nil
  }

  /// Skips a value of any kind; false where there is none or it does not end.
  mutating func skipValue(in bytes: Span<UInt8>) -> Bool {
    skipSpace(in: bytes)
    guard position < bytes.count else { return false }
    switch bytes[position] {
    case UInt8(ascii: "\""): return string(in: bytes) != nil
    case UInt8(ascii: "{"), UInt8(ascii: "["): return skipContainer(in: bytes)
    default: return skipWord(in: bytes)
    }
  }

  /// Skips a number, `true`, `false` or `null`.
  private mutating func skipWord(in bytes: Span<UInt8>) -> Bool {
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
        position += 1
      default: return position > start
      }
    }
    return position > start
  }

  private mutating func skipContainer(in bytes: Span<UInt8>) -> Bool {
    var depth = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        guard string(in: bytes) != nil else { return false }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        guard depth <= Self.depthLimit else { return false }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 {
          position += 1
          return true
        }
      default: break
      }
      position += 1
    }
    return false
  }
}
