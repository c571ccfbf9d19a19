/// A place in JSON text that moves forward over one token at a time.
///
/// The fast path of the line formats: it builds nothing and checks what it must to stay in step. It
/// accepts a little more than RFC 8259 does (any byte within strings but a line feed); whatever is
/// kept as text is read again by `Node.json`, which does not. Bytes are read unchecked, each after a
/// comparison of its position with the count beside it.
struct JSONCursor: Sendable {
  var position = 0

  @inline(__always)
  mutating func skipSpace(in bytes: Span<UInt8>) {
    while position < bytes.count, unsafe bytes[unchecked: position] <= 32 {
      let byte = unsafe bytes[unchecked: position]
      guard byte == 32 || byte == 9 || byte == 10 || byte == 13 else { return }
      position += 1
    }
  }

  /// Skips white space and one byte, if it is this one.
  @inline(__always)
  mutating func skip(_ byte: UInt8, in bytes: Span<UInt8>) -> Bool {
    skipSpace(in: bytes)
    guard position < bytes.count, unsafe bytes[unchecked: position] == byte else { return false }
    position += 1
    return true
  }

  /// Reads a string and returns what stands between its quotes, escapes as they are.
  mutating func string(in bytes: Span<UInt8>) -> Range<Int>? {
    guard skip(UInt8(ascii: "\""), in: bytes) else { return nil }
    let start = position
    while true {
      skipPlainText(in: bytes)
      guard position < bytes.count else { return nil }
      let byte = unsafe bytes[unchecked: position]
      position += 1
      if byte == UInt8(ascii: "\"") { return start..<(position - 1) }
      if byte == UInt8(ascii: "\\") { position += 1 }
      if byte == 10 { return nil }
    }
  }

  /// Skips eight bytes at a time that hold neither a quote, a backslash nor a control character.
  @inline(__always)
  private mutating func skipPlainText(in bytes: Span<UInt8>) {
    let raw = unsafe bytes.bytes
    while position + 8 <= raw.byteCount {
      let word = unsafe raw.unsafeLoadUnaligned(
        fromUncheckedByteOffset: position, as: UInt64.self)
      let marks =
        Self.zeroBytes(of: word ^ 0x2222_2222_2222_2222)
        | Self.zeroBytes(of: word ^ 0x5C5C_5C5C_5C5C_5C5C)
        | (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080
      if marks != 0 {
        position += UInt64(littleEndian: marks).trailingZeroBitCount / 8
        return
      }
      position += 8
    }
  }

  /// The high bit of each byte that is zero; above such a byte there may be false ones.
  @inline(__always)
  private static func zeroBytes(of word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  /// Skips a value of any kind; false where there is none or it does not end.
  mutating func skipValue(in bytes: Span<UInt8>) -> Bool {
    skipSpace(in: bytes)
    guard position < bytes.count else { return false }
    switch unsafe bytes[unchecked: position] {
    case UInt8(ascii: "\""): return string(in: bytes) != nil
    case UInt8(ascii: "{"), UInt8(ascii: "["): return skipContainer(in: bytes)
    default: return skipWord(in: bytes)
    }
  }

  /// Skips a number, `true`, `false` or `null`.
  private mutating func skipWord(in bytes: Span<UInt8>) -> Bool {
    let start = position
    while position < bytes.count {
      switch unsafe bytes[unchecked: position] {
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
      switch unsafe bytes[unchecked: position] {
      case UInt8(ascii: "\""):
        guard string(in: bytes) != nil else { return false }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        guard depth <= InputLimits.nestingDepth else { return false }
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
