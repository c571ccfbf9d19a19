import Documents

/// Writes CBOR as rpc-v2-cbor wants it: definite lengths, doubles of 64 bits, times as tag 1.
struct CBORWriter {
  private(set) var bytes: [UInt8] = []

  /// The tag of a value that is a time in seconds since 1970.
  static let timeTag = "timestamp"

  static func bytes(of node: Node) -> [UInt8] {
    var writer = CBORWriter()
    writer.write(node)
    return writer.bytes
  }

  private mutating func write(_ node: Node) {
    switch node.value {
    case .null: bytes.append(0xF6)
    case .boolean(let flag): bytes.append(flag ? 0xF5 : 0xF4)
    case .number(let number, let text): write(number, isWhole: Int64(text) != nil)
    case .string(let text): write(text)
    case .sequence(let elements):
      head(4, UInt64(elements.count))
      for element in elements { write(element) }
    case .mapping(let entries):
      head(5, UInt64(entries.count))
      for entry in entries {
        write(entry.key)
        write(entry.value)
      }
    case .tagged(let tag, let inner):
      if tag == Self.timeTag { head(6, 1) }
      if case .number(let seconds, _) = inner.value {
        double(seconds)
      } else {
        write(inner)
      }
    }
  }

  private mutating func write(_ number: Double, isWhole: Bool) {
    guard isWhole, number.magnitude < 0x1p53 else { return double(number) }
    head(number < 0 ? 1 : 0, UInt64(number < 0 ? -1 - number : number))
  }

  private mutating func double(_ number: Double) {
    bytes.append(0xFB)
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number.bitPattern >> UInt64(shift)))
    }
  }

  private mutating func write(_ text: String) {
    head(3, UInt64(text.utf8.count))
    bytes += text.utf8
  }

  private mutating func head(_ major: UInt8, _ argument: UInt64) {
    let size =
      argument < 24
      ? -1 : argument < 1 << 8 ? 0 : argument < 1 << 16 ? 1 : argument < 1 << 32 ? 2 : 3
    guard size >= 0 else { return bytes.append(major << 5 | UInt8(argument)) }
    bytes.append(major << 5 | UInt8(24 + size))
    for shift in stride(from: (1 << size) * 8 - 8, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: argument >> UInt64(shift)))
    }
  }
}
