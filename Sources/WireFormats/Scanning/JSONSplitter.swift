/// Cuts an input that comes in pieces into JSON values, whether a line each or spread over many.
///
/// A value that cannot be whole is given up where that shows, so that one broken record does not take
/// the rest with it: a line feed within a string, or an opening bracket where JSON has none.
struct JSONSplitter: Sendable {
  private let limit: Int
  private var value: [UInt8] = []
  private var depth = 0
  private var place = Place.outside
  private var line = 1
  private var firstLine = 1
  /// The last byte of the value that is not white space.
  private var previous: UInt8 = 0
  private var isTooLong = false

  init(limit: Int = InputLimits.valueBytes) { self.limit = limit }

  private enum Place { case outside, garbage, inside, string, escape }

  /// What the input consists of; `line` is where it begins.
  enum Part {
    case value([UInt8], line: Int)
    /// Bytes that are no value, their beginning, and why.
    case garbage([UInt8], line: Int, reason: String)
  }

  /// The next part that ends at or after `position`; nil where the rest is kept for the next piece.
  mutating func next(in bytes: Span<UInt8>, from position: inout Int) -> Part? {
    while position < bytes.count {
      let byte = bytes[position]
      if place == .inside, isUnexpectedOpening(byte) {
        return giveUp("a value begins before the one before it has ended")
      }
      position += 1
      let part = take(byte)
      if byte == 10 { line += 1 }
      if let part { return part }
    }
    return nil
  }

  /// What is left at the end of the input.
  mutating func finish() -> Part? {
    value.isEmpty ? nil : giveUp(place == .garbage ? Self.noObject : "the input ends within it")
  }

  /// Whether a value has begun and not ended.
  var isOpen: Bool { place == .inside || place == .string || place == .escape }

  static let noObject = "not a JSON object"

  private mutating func take(_ byte: UInt8) -> Part? {
    switch place {
    case .outside: begin(with: byte)
    case .garbage:
      if byte == 10 { return giveUp(Self.noObject) }
      keep(byte)
    case .escape:
      keep(byte)
      place = .string
    case .string:
      if byte == 10 { return giveUp("a string has no end") }
      keep(byte)
      if byte == UInt8(ascii: "\\") { place = .escape }
      if byte == UInt8(ascii: "\"") { place = .inside }
    case .inside: return takeInside(byte)
    }
    return nil
  }

  private mutating func begin(with byte: UInt8) {
    switch byte {
    case 32, 9...13, 0xEF, 0xBB, 0xBF: return
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      place = .inside
      depth = 1
    default: place = .garbage
    }
    firstLine = line
    previous = byte
    keep(byte)
  }

  private mutating func takeInside(_ byte: UInt8) -> Part? {
    keep(byte)
    switch byte {
    case 32, 9, 10, 13: return nil
    case UInt8(ascii: "\""): place = .string
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
    default: break
    }
    previous = byte
    guard depth == 0 else { return nil }
    if isTooLong { return giveUp("longer than \(limit) bytes") }
    let whole = value
    reset()
    return .value(whole, line: firstLine)
  }

  private func isUnexpectedOpening(_ byte: UInt8) -> Bool {
    guard byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") else { return false }
    switch previous {
    case UInt8(ascii: "["), UInt8(ascii: ","), UInt8(ascii: ":"): return false
    default: return true
    }
  }

  private mutating func keep(_ byte: UInt8) {
    if value.count < (isTooLong || place == .garbage ? LineSplitter.excerptLength : limit) {
      value.append(byte)
    } else if place != .garbage, !isTooLong {
      isTooLong = true
      value.removeLast(max(0, value.count - LineSplitter.excerptLength))
    }
  }

  private mutating func giveUp(_ reason: String) -> Part {
    var excerpt = Array(value.prefix(LineSplitter.excerptLength))
    while let last = excerpt.last, last <= 32 { excerpt.removeLast() }
    reset()
    return .garbage(excerpt, line: firstLine, reason: reason)
  }

  private mutating func reset() {
    value = []
    depth = 0
    place = .outside
    isTooLong = false
  }
}
