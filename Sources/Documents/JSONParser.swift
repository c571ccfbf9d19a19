extension Node {
  /// Reads one JSON document (RFC 8259); a fault names the line where it stops being one.
  package static func json(_ bytes: [UInt8], file: String = "") throws(Fault) -> Node {
    var parser = JSONParser(bytes: bytes, file: file)
    let node = try parser.document()
    guard parser.isAtEnd else { throw parser.fault("the end of the document") }
    return node
  }

  /// Reads JSON values that follow one another, as concatenated files and JSON lines do.
  ///
  /// Stops at the first value that cannot be read and returns it as a fault beside the good ones.
  package static func jsonSequence(
    _ bytes: [UInt8], file: String = ""
  ) -> (nodes: [Node], fault: Fault?) {
    var parser = JSONParser(bytes: bytes, file: file)
    var nodes: [Node] = []
    do throws(Fault) {
      while !parser.isAtEnd { nodes.append(try parser.document()) }
      return (nodes, nil)
    } catch {
      return (nodes, error)
    }
  }
}

/// A recursive reader over bytes; keeps the line for the places of nodes.
struct JSONParser {
  let bytes: [UInt8]
  let file: String
  private var position = 0
  private var line = 1
  private var depth = 0
  /// The container that is being read.
  private var trail: Node.Trail?

  /// Deeper nesting than this is an attack, not a document.
  static let depthLimit = 128

  init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// Whether only white space is left.
  var isAtEnd: Bool {
    mutating get {
      skipSpace()
      return position == bytes.count
    }
  }

  mutating func document() throws(Fault) -> Node { try value(in: nil, at: .key("")) }

  func fault(_ expected: String) -> Fault {
    let rest = bytes[min(position, bytes.count)...].prefix(20).prefix { $0 != 10 }
    return Fault(
      place: Node.Place(file: file, line: line, container: trail, step: .key("")),
      value: rest.isEmpty ? "end of input" : String(decoding: rest, as: UTF8.self),
      expected: expected)
  }

  private mutating func value(in container: Node.Trail?, at step: Node.Step) throws(Fault) -> Node {
    skipSpace()
    let place = Node.Place(file: file, line: line, container: container, step: step)
    guard position < bytes.count else { throw fault("a JSON value") }
    switch bytes[position] {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      return Node(try content(in: container, at: step), place: place)
    case UInt8(ascii: "\""): return Node(.string(try string()), place: place)
    case UInt8(ascii: "t") where skip("true"): return Node(.boolean(true), place: place)
    case UInt8(ascii: "f") where skip("false"): return Node(.boolean(false), place: place)
    case UInt8(ascii: "n") where skip("null"): return Node(.null, place: place)
    default: return Node(try number(), place: place)
    }
  }

  /// A mapping or a sequence.
  private mutating func content(
    in container: Node.Trail?, at step: Node.Step
  ) throws(Fault) -> Node.Value {
    depth += 1
    if depth > Self.depthLimit { throw fault("nested at most \(Self.depthLimit) deep") }
    let outer = trail
    let inner = Node.Trail(container: container, step: step)
    trail = inner
    let isMapping = bytes[position] == UInt8(ascii: "{")
    position += 1
    let value = isMapping ? try mapping(in: inner) : try sequence(in: inner)
    trail = outer
    depth -= 1
    return value
  }

  private mutating func mapping(in trail: Node.Trail) throws(Fault) -> Node.Value {
    var entries: [Node.Entry] = []
    skipSpace()
    if skip("}") { return .mapping(entries) }
    while true {
      skipSpace()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        throw fault("a key in quotes")
      }
      let key = try string()
      skipSpace()
      guard skip(":") else { throw fault("a colon") }
      entries.append(Node.Entry(key: key, value: try value(in: trail, at: .key(key))))
      skipSpace()
      if skip(",") { continue }
      guard skip("}") else { throw fault("a comma or }") }
      return .mapping(entries)
    }
  }

  private mutating func sequence(in trail: Node.Trail) throws(Fault) -> Node.Value {
    var elements: [Node] = []
    skipSpace()
    if skip("]") { return .sequence(elements) }
    while true {
      elements.append(try value(in: trail, at: .index(elements.count)))
      skipSpace()
      if skip(",") { continue }
      guard skip("]") else { throw fault("a comma or ]") }
      return .sequence(elements)
    }
  }

  private mutating func number() throws(Fault) -> Node.Value {
    let start = position
    while position < bytes.count, Self.isNumberByte(bytes[position]) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let number = Double(text), number.isFinite else {
      position = start
      throw fault("a JSON value")
    }
    return .number(number, text: text)
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"),
      UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private mutating func string() throws(Fault) -> String {
    position += 1
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: bytes[start..<(position - 1)], as: UTF8.self)
      case UInt8(ascii: "\\"): return try escapedString(from: start)
      case 10: line += 1
      default: break
      }
      position += 1
    }
    throw fault("a closing quote")
  }

  /// The rest of a string whose first escape stands at `position`.
  private mutating func escapedString(from start: Int) throws(Fault) -> String {
    var content = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: content, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &content)
      default: content.append(byte)
      }
    }
    throw fault("a closing quote")
  }

  private mutating func escape(into content: inout [UInt8]) throws(Fault) {
    guard position < bytes.count else { throw fault("an escape") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "n"): content.append(10)
    case UInt8(ascii: "r"): content.append(13)
    case UInt8(ascii: "t"): content.append(9)
    case UInt8(ascii: "b"): content.append(8)
    case UInt8(ascii: "f"): content.append(12)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
    case UInt8(ascii: "u"): content += Array(String(try unicodeEscape()).utf8)
    default: throw fault("one of the escapes of JSON")
    }
  }

  private mutating func unicodeEscape() throws(Fault) -> Character {
    var code = try hexadecimal()
    if (0xD800..<0xDC00).contains(code), skip("\\u") {
      let low = try hexadecimal()
      guard (0xDC00..<0xE000).contains(low) else { return "\u{FFFD}" }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    return Character(Unicode.Scalar(code) ?? "\u{FFFD}")
  }

  private mutating func hexadecimal() throws(Fault) -> UInt32 {
    guard position + 4 <= bytes.count,
      let code = UInt32(
        String(decoding: bytes[position..<(position + 4)], as: UTF8.self), radix: 16)
    else { throw fault("four hexadecimal digits") }
    position += 4
    return code
  }

  private mutating func skip(_ literal: StaticString) -> Bool {
    let length = literal.utf8CodeUnitCount
    guard position + length <= bytes.count else { return false }
    for offset in 0..<length where unsafe literal.utf8Start[offset] != bytes[position + offset] {
      return false
    }
    position += length
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 10: line += 1
      case 32, 9, 13: break
      default: return
      }
      position += 1
    }
  }
}
