/// A request in the one form that both sides of AWS Signature Version 4 hash.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
struct CanonicalRequest {
  let text: String

  /// The form of a request as far as `signedHeaders`, which are in lower case, go.
  init(_ request: EndpointRequest, signedHeaders: [String]) {
    let headers = signedHeaders.map { name in
      let values = request.headers.filter { $0.name == name }.map { Self.trimmed($0.value) }
      return "\(name):\(values.joined(separator: ","))\n"
    }
    text = [
      request.method, Self.path(request.path), Self.query(request.query), headers.joined(),
      signedHeaders.joined(separator: ";"), hexadecimal(SHA256.digest(request.body)),
    ].joined(separator: "\n")
  }

  /// Without dot segments and empty ones, and encoded as it stands.
  private static func path(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    let isFolder = path.hasSuffix("/") && !parts.isEmpty
    return "/" + encoded(parts.joined(separator: "/"), except: "/") + (isFolder ? "/" : "")
  }

  /// By name, then by value.
  private static func query(_ query: String) -> String {
    let pairs = query.split(separator: "&").map { pair in
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (encoded(decoded(sides[0])), sides.count > 1 ? encoded(decoded(sides[1])) : "")
    }
    return pairs.sorted { $0 < $1 }.map { "\($0)=\($1)" }.joined(separator: "&")
  }

  /// Without the spaces at both ends, and with one for several between.
  private static func trimmed(_ value: String) -> String {
    value.split(separator: " ").joined(separator: " ")
  }

  private static func encoded(_ text: String, except kept: Character? = nil) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      let isUnreserved =
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || "-_.~".utf8.contains(byte)
      if isUnreserved || kept?.asciiValue == byte {
        result.append(byte)
      } else {
        result += Array("%\(hexadecimal([byte]).uppercased())".utf8)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Substring(text).utf8
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2,
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
