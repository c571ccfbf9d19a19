/// Writes protobuf's wire format.
struct ProtobufWriter {
  private(set) var bytes: [UInt8] = []

  mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func integer(_ value: UInt64, field: Int) {
    varint(UInt64(field) << 3)
    varint(value)
  }

  mutating func string(_ text: String, field: Int) { message(Array(text.utf8), field: field) }

  mutating func message(_ body: [UInt8], field: Int) {
    varint(UInt64(field) << 3 | 2)
    varint(UInt64(body.count))
    bytes += body
  }
}
