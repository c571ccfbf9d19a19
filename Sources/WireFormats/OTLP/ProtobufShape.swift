/// Whether bytes are shaped like an OTLP request, for recognisers.
enum ProtobufShape {
  /// Whether a range begins with ResourceMetrics that hold messages of which one is a resource.
  ///
  /// `mayBeCut`: only the beginning of the input is there.
  static func isRequest(_ range: Range<Int>, in bytes: Span<UInt8>, mayBeCut: Bool) -> Bool {
    guard let resourceMetrics = message(1, at: range.lowerBound, in: bytes, mayBeCut: mayBeCut),
      resourceMetrics.upperBound <= range.upperBound || mayBeCut
    else { return false }
    guard resourceMetrics.lowerBound < bytes.count else { return false }
    let first = bytes[resourceMetrics.lowerBound]
    guard first == 0x0A || first == 0x12 else { return false }
    let inner = message(
      Int(first >> 3), at: resourceMetrics.lowerBound, in: bytes, mayBeCut: mayBeCut)
    return inner.map { $0.upperBound <= resourceMetrics.upperBound } ?? false
  }

  /// Where the message stands whose field begins at a place; nil where none does.
  private static func message(
    _ field: Int, at place: Int, in bytes: Span<UInt8>, mayBeCut: Bool
  ) -> Range<Int>? {
    guard place < bytes.count, bytes[place] == UInt8(field << 3 | 2) else { return nil }
    var reader = ProtobufReader((place + 1)..<bytes.count)
    guard let count = reader.varint(in: bytes), count > 0, count < 1 << 31 else { return nil }
    let end = reader.position + Int(count)
    return mayBeCut || end <= bytes.count ? reader.position..<end : nil
  }
}
