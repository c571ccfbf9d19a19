/// Writes JSON, left to right, without building a tree.
///
/// Numbers that are not finite become null: unknown is null, never 0.
package struct JSONWriter: Sendable {
  /// Made a string once, at the end: strings made of pieces cost most of the time.
  private var bytes: [UInt8] = []
  private var needsComma = false

  package init() { bytes.reserveCapacity(Self.firstCapacity) }

  /// Room for a small object, so that it does not grow in steps.
  private static let firstCapacity = 500

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    open(UInt8(ascii: "{"), body, UInt8(ascii: "}"))
  }

  package mutating func array<Element>(
    _ elements: some Sequence<Element>, _ body: (inout JSONWriter, Element) -> Void
  ) {
    open(
      UInt8(ascii: "["), { writer in for element in elements { body(&writer, element) } },
      UInt8(ascii: "]"))
  }

  package mutating func key(_ name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func member(_ name: String, _ value: String?) {
    key(name)
    string(value)
  }

  package mutating func member(_ name: String, _ value: Double?) {
    key(name)
    number(value)
  }

  package mutating func member(_ name: String, _ value: Int?) {
    key(name)
    integer(value)
  }

  package mutating func member(_ name: String, _ value: Bool) {
    key(name)
    boolean(value)
  }

  package mutating func member(_ name: String, raw json: String) {
    key(name)
    raw(json)
  }

  package mutating func object(_ name: String, _ body: (inout JSONWriter) -> Void) {
    key(name)
    object(body)
  }

  package mutating func array<Element>(
    _ name: String, _ elements: some Sequence<Element>, _ body: (inout JSONWriter, Element) -> Void
  ) {
    key(name)
    array(elements, body)
  }

  package mutating func string(_ value: String?) {
    guard let value else { return null() }
    separate()
    quote(value)
    needsComma = true
  }

  package mutating func number(_ value: Double?) {
    guard let value, value.isFinite else { return null() }
    raw(Self.text(of: value))
  }

  /// A number as short as it goes: a whole one without a point.
  package static func text(of value: Double) -> String {
    guard value == value.rounded(), value.magnitude < 1e15 else { return String(value) }
    return String(Int(value))
  }

  package mutating func integer(_ value: Int?) {
    guard let value else { return null() }
    raw(String(value))
  }

  package mutating func boolean(_ value: Bool) { raw(value ? "true" : "false") }

  package mutating func null() { raw("null") }

  /// A value that is JSON already.
  package mutating func raw(_ json: String) {
    separate()
    bytes += json.utf8
    needsComma = true
  }

  private mutating func open(
    _ opening: UInt8, _ body: (inout JSONWriter) -> Void, _ closing: UInt8
  ) {
    separate()
    bytes.append(opening)
    needsComma = false
    body(&self)
    bytes.append(closing)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
  }

  private mutating func quote(_ value: String) {
    bytes.append(UInt8(ascii: "\""))
    if value.utf8.allSatisfy(Self.isPlain) {
      bytes += value.utf8
    } else {
      escape(value)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Printable ASCII that stands for itself: most strings are of nothing else.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private mutating func escape(_ value: String) {
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": bytes += "\\\"".utf8
      case "\\": bytes += "\\\\".utf8
      case "\n": bytes += "\\n".utf8
      case "\r": bytes += "\\r".utf8
      case "\t": bytes += "\\t".utf8
      case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value):
        let digits = String(scalar.value, radix: 16)
        bytes += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
      case _ where scalar.isASCII: bytes.append(UInt8(scalar.value))
      default: bytes += String(scalar).utf8
      }
    }
  }
}
