/// The answer to a GET that asked the server to close the connection behind it.
///
/// Bodies with a length, in chunks, and up to the end (RFC 9112, section 6).
struct HTTPResponse: Hashable, Sendable {
  var status = 0
  /// Names in lower case.
  var headers: [String: String] = [:]
  var body: [UInt8] = []

  /// Why an answer cannot be used, as a sentence.
  struct Fault: Error, Hashable, Sendable { var sentence: String }

  init(_ bytes: [UInt8]) throws(Fault) {
    guard let end = Self.headEnd(of: bytes) else {
      throw Fault(sentence: "the answer ends within its head")
    }
    try readHead(String(decoding: bytes[..<end], as: UTF8.self))
    let rest = bytes[(end + 4)...]
    if headers["transfer-encoding"]?.lowercased().contains("chunked") == true {
      body = try Self.dechunked(rest)
    } else if let length = headers["content-length"].flatMap({ Int($0) }) {
      guard length >= 0, rest.count >= length else {
        throw Fault(sentence: "the answer ends within its body")
      }
      body = Array(rest.prefix(length))
    } else {
      body = Array(rest)
    }
  }

  private static func headEnd(of bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    return (0...(bytes.count - 4)).first { bytes[$0..<($0 + 4)].elementsEqual([13, 10, 13, 10]) }
  }

  private mutating func readHead(_ head: String) throws(Fault) {
    let lines = head.split(separator: "\r\n")
    let words = (lines.first ?? "").split(separator: " ")
    guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
      throw Fault(sentence: "the answer is not HTTP/1")
    }
    self.status = status
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      headers[line[..<colon].lowercased()] = String(value)
    }
  }

  /// The data of chunks, each behind its length in hexadecimal digits.
  private static func dechunked(_ bytes: ArraySlice<UInt8>) throws(Fault) -> [UInt8] {
    var output: [UInt8] = []
    var rest = bytes
    while let feed = rest.firstIndex(of: 10) {
      let line = String(decoding: rest[..<feed], as: UTF8.self)
      let digits = line.prefix { $0.isHexDigit }
      guard let length = Int(digits, radix: 16) else { break }
      if length == 0 { return output }
      let start = feed + 1
      guard length <= rest.endIndex - start - 2 else { break }
      output += rest[start..<(start + length)]
      rest = rest[(start + length + 2)...]
    }
    throw Fault(sentence: "the answer ends within a chunk")
  }
}
