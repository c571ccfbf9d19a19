/// Decompresses snappy's block format, which Prometheus remote write uses.
///
/// Source: google/snappy, "format_description.txt".
enum Snappy {
  enum Fault: Error, Hashable {
    case tooLarge(Int)
    case damaged
  }

  /// Decompresses a block of at most `limit` bytes.
  ///
  /// The length that the block announces is checked before memory is taken.
  static func decompress(_ input: Span<UInt8>, limit: Int) throws(Fault) -> [UInt8] {
    var reader = Reader()
    guard let length = reader.length(in: input) else { throw .damaged }
    guard length <= limit else { throw .tooLarge(length) }
    var output: [UInt8] = []
    // A copy of two bytes makes 64 of them at most: more than that is announced falsely.
    guard length <= (input.count + 1) * 64 else { throw .damaged }
    output.reserveCapacity(length)
    while reader.position < input.count {
      guard reader.element(in: input, into: &output, limit: length) else { throw .damaged }
    }
    guard output.count == length else { throw .damaged }
    return output
  }

  /// The beginning of what a block holds, as far as it can be had from the beginning of the block.
  static func beginning(_ input: Span<UInt8>, count: Int) -> [UInt8] {
    var reader = Reader()
    guard let length = reader.length(in: input), length > 0 else { return [] }
    var output: [UInt8] = []
    while output.count < count, reader.position < input.count,
      reader.element(in: input, into: &output, limit: length)
    {}
    return output
  }

  private struct Reader {
    var position = 0

    mutating func length(in input: Span<UInt8>) -> Int? {
      var varint = ProtobufReader(0..<min(input.count, 5))
      guard let value = varint.varint(in: input), value <= UInt64(UInt32.max) else { return nil }
      position = varint.position
      return Int(value)
    }

    /// Reads a literal or a copy; false where it is broken.
    mutating func element(in input: Span<UInt8>, into output: inout [UInt8], limit: Int) -> Bool {
      let tag = input[position]
      position += 1
      switch tag & 3 {
      case 0: return literal(Int(tag >> 2), in: input, into: &output, limit: limit)
      case 1:
        guard let low = number(1, in: input) else { return false }
        return copy(
          Int(tag >> 2 & 7) + 4, from: Int(tag >> 5) << 8 | low, in: &output, limit: limit)
      case 2:
        guard let offset = number(2, in: input) else { return false }
        return copy(Int(tag >> 2) + 1, from: offset, in: &output, limit: limit)
      default:
        guard let offset = number(4, in: input) else { return false }
        return copy(Int(tag >> 2) + 1, from: offset, in: &output, limit: limit)
      }
    }

    private mutating func literal(
      _ code: Int, in input: Span<UInt8>, into output: inout [UInt8], limit: Int
    ) -> Bool {
      var count = code + 1
      if code >= 60 {
        guard let long = number(code - 59, in: input) else { return false }
        count = long + 1
      }
      guard count <= input.count - position, output.count + count <= limit else { return false }
      output.append(copying: input.extracting(position..<(position + count)))
      position += count
      return true
    }

    private func copy(
      _ count: Int, from offset: Int, in output: inout [UInt8], limit: Int
    ) -> Bool {
      guard offset > 0, offset <= output.count, output.count + count <= limit else { return false }
      let start = output.count - offset
      for index in start..<(start + count) { output.append(output[index]) }
      return true
    }

    private mutating func number(_ count: Int, in input: Span<UInt8>) -> Int? {
      guard count <= input.count - position else { return nil }
      var value = 0
      for offset in 0..<count { value |= Int(input[position + offset]) << (8 * offset) }
      position += count
      return value
    }
  }
}
