/// Hashes bytes eight at a time; the same in every process, good enough for tables of names.
struct ByteHash {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  var value: UInt64 { state ^ (state >> 32) }

  mutating func combine(_ range: Range<Int>, of bytes: Span<UInt8>) {
    let raw = unsafe bytes.extracting(range).bytes
    var offset = 0
    while offset + 8 <= raw.byteCount {
      combine(unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    var rest = UInt64(range.count)
    while offset < raw.byteCount {
      rest = rest << 8 | UInt64(bytes[range.lowerBound + offset])
      offset += 1
    }
    combine(rest)
  }

  @inline(__always)
  mutating func combine(_ word: UInt64) {
    let product = (state ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    state = product.high ^ product.low
  }
}
