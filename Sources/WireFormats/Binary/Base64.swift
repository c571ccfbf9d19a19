/// Base64 (RFC 4648), as Firehose carries its records and HTTP its passwords.
package enum Base64 {
  /// Decodes text, whose line ends are skipped; nil where it holds anything else.
  package static func decode(_ text: Span<UInt8>) -> [UInt8]? {
    var output: [UInt8] = []
    output.reserveCapacity(text.count / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    var padding = 0
    for index in 0..<text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "=") {
        padding += 1
        continue
      }
      if byte == 10 || byte == 13 { continue }
      let value = values[Int(byte)]
      guard value < 64, padding == 0 else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 1
      if count % 4 == 0 {
        output.append(UInt8(truncatingIfNeeded: bits >> 16))
        output.append(UInt8(truncatingIfNeeded: bits >> 8))
        output.append(UInt8(truncatingIfNeeded: bits))
      }
    }
    switch count % 4 {
    case 0: return padding == 0 ? output : nil
    case 2: output.append(UInt8(truncatingIfNeeded: bits >> 4))
    case 3:
      output.append(UInt8(truncatingIfNeeded: bits >> 10))
      output.append(UInt8(truncatingIfNeeded: bits >> 2))
    default: return nil
    }
    return padding <= 2 ? output : nil
  }

  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, byte) in alphabet.utf8.enumerated() { values[Int(byte)] = UInt8(value) }
    return values
  }()
}
