/// The bytes that give a text to the terminal's clipboard: OSC 52 with the text in base 64.
enum ClipboardSequence {
  /// Terminals refuse more; a value or a row is far below.
  static let limit = 65_536

  static func bytes(for text: String) -> [UInt8] {
    let content = Array(text.utf8.prefix(limit))
    return Array("\u{1b}]52;c;".utf8) + base64(content) + [7]
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func base64(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      bits <<= 8 * UInt32(3 - group.count)
      for place in 0..<4 {
        let sextet = Int(bits >> (18 - 6 * UInt32(place)) & 63)
        result.append(place <= group.count ? alphabet[sextet] : UInt8(ascii: "="))
      }
    }
    return result
  }
}
