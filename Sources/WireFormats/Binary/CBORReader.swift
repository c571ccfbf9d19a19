import Documents

/// Reads CBOR (RFC 8949) into the tree that JSON is read into.
///
/// Takes what rpc-v2-cbor clients send: indefinite lengths, halves and singles, `undefined` as null.
/// Time stamps (tag 1) become numbers of seconds; byte strings and other tags are what they hold.
struct CBORReader {
  private var position = 0
  private var depth = 0

  enum Fault: Error, Hashable, CustomStringConvertible {
    case endsEarly, tooDeep, damaged(Int), rest(Int)

    var description: String {
      switch self {
      case .endsEarly: "the CBOR data end before their end"
      case .tooDeep: "the CBOR data are nested more than \(InputLimits.nestingDepth) deep"
      case .damaged(let place): "the CBOR data are damaged at byte \(place)"
      case .rest(let place): "something follows the CBOR data at byte \(place)"
      }
    }
  }

  /// Reads one data item, which must be all there is.
  static func node(_ bytes: Span<UInt8>) throws(Fault) -> Node {
    var reader = CBORReader()
    let node = try reader.item(in: bytes)
    guard reader.position == bytes.count else { throw .rest(reader.position) }
    return node
  }

  private mutating func item(in bytes: Span<UInt8>) throws(Fault) -> Node {
    depth += 1
    defer { depth -= 1 }
    guard depth <= InputLimits.nestingDepth else { throw .tooDeep }
    let start = position
    let head = try byte(in: bytes)
    let (major, info) = (head >> 5, head & 31)
    switch major {
    case 0: return Self.number(Double(try argument(info, in: bytes)))
    case 1: return Self.number(-1 - Double(try argument(info, in: bytes)))
    case 2, 3: return Node(.string(try string(info, major: major, in: bytes)))
    case 4: return Node(.sequence(try list(info, in: bytes)))
    case 5: return Node(.mapping(try map(info, in: bytes)))
    case 6:
      _ = try argument(info, in: bytes)
      return try item(in: bytes)
    default: return try simple(info, start: start, in: bytes)
    }
  }

  /// A number; a whole one is written without a point, as JSON would have it.
  static func number(_ value: Double) -> Node {
    let text = Int64(exactly: value).map { String($0) } ?? value.description
    return Node(.number(value, text: text))
  }

  private mutating func byte(in bytes: Span<UInt8>) throws(Fault) -> UInt8 {
    guard position < bytes.count else { throw .endsEarly }
    position += 1
    return bytes[position - 1]
  }

  private mutating func argument(_ info: UInt8, in bytes: Span<UInt8>) throws(Fault) -> UInt64 {
    switch info {
    case 0..<24: return UInt64(info)
    case 24...27:
      var value: UInt64 = 0
      for _ in 0..<(1 << (info - 24)) { value = value << 8 | UInt64(try byte(in: bytes)) }
      return value
    default: throw .damaged(position)
    }
  }

  /// A count of items or bytes, which cannot be more than there are bytes left; nil: until a break.
  private mutating func length(_ info: UInt8, in bytes: Span<UInt8>) throws(Fault) -> Int? {
    if info == 31 { return nil }
    let value = try argument(info, in: bytes)
    guard value <= UInt64(bytes.count - position) else { throw .endsEarly }
    return Int(value)
  }

  private mutating func takeBreak(in bytes: Span<UInt8>) throws(Fault) -> Bool {
    guard position < bytes.count else { throw .endsEarly }
    guard bytes[position] == 0xFF else { return false }
    position += 1
    return true
  }

  private mutating func string(
    _ info: UInt8, major: UInt8, in bytes: Span<UInt8>
  ) throws(Fault) -> String {
    if let count = try length(info, in: bytes) {
      defer { position += count }
      return bytes.text(in: position..<(position + count))
    }
    // Chunks of the same kind, of definite length.
    var text: [UInt8] = []
    while try !takeBreak(in: bytes) {
      let head = try byte(in: bytes)
      guard head >> 5 == major, let count = try length(head & 31, in: bytes) else {
        throw .damaged(position)
      }
      text.append(copying: bytes.extracting(position..<(position + count)))
      position += count
    }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func list(_ info: UInt8, in bytes: Span<UInt8>) throws(Fault) -> [Node] {
    var elements: [Node] = []
    if let count = try length(info, in: bytes) {
      for _ in 0..<count { elements.append(try item(in: bytes)) }
    } else {
      while try !takeBreak(in: bytes) { elements.append(try item(in: bytes)) }
    }
    return elements
  }

  private mutating func map(_ info: UInt8, in bytes: Span<UInt8>) throws(Fault) -> [Node.Entry] {
    var entries: [Node.Entry] = []
    if let count = try length(info, in: bytes) {
      for _ in 0..<count { entries.append(try entry(in: bytes)) }
    } else {
      while try !takeBreak(in: bytes) { entries.append(try entry(in: bytes)) }
    }
    return entries
  }

  private mutating func entry(in bytes: Span<UInt8>) throws(Fault) -> Node.Entry {
    let place = position
    guard case .string(let key) = try item(in: bytes).value else { throw .damaged(place) }
    return Node.Entry(key: key, value: try item(in: bytes))
  }

  private mutating func simple(
    _ info: UInt8, start: Int, in bytes: Span<UInt8>
  ) throws(Fault) -> Node {
    switch info {
    case 20: return Node(.boolean(false))
    case 21: return Node(.boolean(true))
    case 22, 23: return Node(.null)
    case 25: return Self.number(Self.half(UInt16(try argument(info, in: bytes))))
    case 26: return Self.number(Double(Float(bitPattern: UInt32(try argument(info, in: bytes)))))
    case 27: return Self.number(Double(bitPattern: try argument(info, in: bytes)))
    default: throw .damaged(start)
    }
  }

  /// The value of a half: RFC 8949, appendix D.
  static func half(_ bits: UInt16) -> Double {
    let sign: Double = bits & 0x8000 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 31)
    let mantissa = Double(bits & 0x3FF)
    switch exponent {
    case 0: return sign * mantissa * 0x1p-24
    case 31: return mantissa == 0 ? sign * .infinity : .nan
    default:
      return sign * (1 + mantissa / 1024)
        * Double(sign: .plus, exponent: exponent - 15, significand: 1)
    }
  }
}
