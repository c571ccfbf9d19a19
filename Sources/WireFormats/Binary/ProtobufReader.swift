/// Reads protobuf's wire format, field by field, within a range of bytes.
///
/// Never reads past its end and always moves on; what is broken ends the reading and sets `isDamaged`.
/// Source: protobuf.dev, "Encoding".
struct ProtobufReader {
  private(set) var position: Int
  private let end: Int
  private(set) var isDamaged = false
  private var wireType: UInt8 = 0

  init(_ range: Range<Int>) {
    position = range.lowerBound
    end = range.upperBound
  }

  /// The number of the next field, whose value must then be read or skipped; nil at the end.
  mutating func field(in bytes: Span<UInt8>) -> Int? {
    guard position < end, !isDamaged else { return nil }
    guard let tag = varint(in: bytes), tag >> 3 > 0, tag >> 3 < 1 << 29 else {
      isDamaged = true
      return nil
    }
    wireType = UInt8(tag & 7)
    return Int(tag >> 3)
  }

  /// A varint of at most ten bytes.
  mutating func varint(in bytes: Span<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < end, shift < 64 {
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    isDamaged = true
    return nil
  }

  /// The value of an integer field of any encoding.
  mutating func integer(in bytes: Span<UInt8>) -> UInt64 {
    switch wireType {
    case 0: return varint(in: bytes) ?? 0
    case 1: return fixed(8, in: bytes)
    case 5: return fixed(4, in: bytes)
    default:
      skip(in: bytes)
      return 0
    }
  }

  /// The value of a zigzag-encoded field (`sint32`, `sint64`).
  mutating func signedInteger(in bytes: Span<UInt8>) -> Int64 {
    let value = integer(in: bytes)
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  /// The value of a double field; its 64 bits are kept as they are.
  mutating func double(in bytes: Span<UInt8>) -> Double {
    guard wireType == 1 else {
      skip(in: bytes)
      return 0
    }
    return Double(bitPattern: fixed(8, in: bytes))
  }

  /// Where the bytes of a string, message or packed field stand; empty where it is none.
  mutating func bytes(in bytes: Span<UInt8>) -> Range<Int> {
    guard wireType == 2 else {
      skip(in: bytes)
      return position..<position
    }
    guard let count = varint(in: bytes), count <= UInt64(end - position) else {
      isDamaged = true
      position = end
      return end..<end
    }
    defer { position += Int(count) }
    return position..<(position + Int(count))
  }

  mutating func string(in bytes: Span<UInt8>) -> String {
    let range = self.bytes(in: bytes)
    return bytes.text(in: range)
  }

  /// The values of a repeated field of doubles, packed or not, added to a list.
  mutating func doubles(in bytes: Span<UInt8>, into list: inout [Double]) {
    guard wireType == 2 else { return list.append(double(in: bytes)) }
    var packed = ProtobufReader(self.bytes(in: bytes))
    while packed.position < packed.end {
      list.append(Double(bitPattern: packed.fixed(8, in: bytes)))
    }
    if packed.isDamaged { isDamaged = true }
  }

  /// The values of a repeated field of 64-bit integers of fixed size, packed or not.
  mutating func fixedIntegers(in bytes: Span<UInt8>, into list: inout [UInt64]) {
    guard wireType == 2 else { return list.append(integer(in: bytes)) }
    var packed = ProtobufReader(self.bytes(in: bytes))
    while packed.position < packed.end { list.append(packed.fixed(8, in: bytes)) }
    if packed.isDamaged { isDamaged = true }
  }

  /// The values of a repeated field of varints, packed or not.
  mutating func varints(in bytes: Span<UInt8>, into list: inout [UInt64]) {
    guard wireType == 2 else { return list.append(integer(in: bytes)) }
    var packed = ProtobufReader(self.bytes(in: bytes))
    while packed.position < packed.end, let value = packed.varint(in: bytes) { list.append(value) }
    if packed.isDamaged { isDamaged = true }
  }

  mutating func skip(in bytes: Span<UInt8>) {
    switch wireType {
    case 0: _ = varint(in: bytes)
    case 1: _ = fixed(8, in: bytes)
    case 2: _ = self.bytes(in: bytes)
    case 5: _ = fixed(4, in: bytes)
    default: isDamaged = true
    }
  }

  private mutating func fixed(_ count: Int, in bytes: Span<UInt8>) -> UInt64 {
    guard end - position >= count else {
      isDamaged = true
      position = end
      return 0
    }
    var value: UInt64 = 0
    for offset in 0..<count { value |= UInt64(bytes[position + offset]) << UInt64(8 * offset) }
    position += count
    return value
  }
}
