import Documents
import Telemetry

/// Attributes of OTLP as names and texts; what lies within one is named with dots.
enum OTLPAttributes {
  /// More attributes than any metric has; a bound on memory.
  static let limit = 1000
  /// Deeper nesting than this is an attack.
  private static let depthLimit = 16

  /// Reads a protobuf `KeyValue` and adds it to a list.
  static func read(
    keyValue range: Range<Int>, in bytes: Span<UInt8>, prefix: String = "", depth: Int = 0,
    into list: inout [Dimension]
  ) {
    var reader = ProtobufReader(range)
    var key = ""
    var value = 0..<0
    while let field = reader.field(in: bytes) {
      switch field {
      case 1: key = reader.string(in: bytes)
      case 2: value = reader.bytes(in: bytes)
      default: reader.skip(in: bytes)
      }
    }
    read(anyValue: value, in: bytes, name: prefix + key, depth: depth, into: &list)
  }

  /// Reads a label of version 0.7, a `StringKeyValue`.
  static func read(label range: Range<Int>, in bytes: Span<UInt8>, into list: inout [Dimension]) {
    var reader = ProtobufReader(range)
    var label = Dimension(name: "", value: "")
    while let field = reader.field(in: bytes) {
      switch field {
      case 1: label.name = reader.string(in: bytes)
      case 2: label.value = reader.string(in: bytes)
      default: reader.skip(in: bytes)
      }
    }
    if list.count < limit { list.append(label) }
  }

  private static func read(
    anyValue range: Range<Int>, in bytes: Span<UInt8>, name: String, depth: Int,
    into list: inout [Dimension]
  ) {
    guard list.count < limit, depth < depthLimit, name.utf8.count <= InputLimits.seriesNameBytes
    else { return }
    var reader = ProtobufReader(range)
    while let field = reader.field(in: bytes) {
      var text: String?
      switch field {
      case 1: text = reader.string(in: bytes)
      case 2: text = reader.integer(in: bytes) == 0 ? "false" : "true"
      case 3: text = String(Int64(bitPattern: reader.integer(in: bytes)))
      case 4: text = number(reader.double(in: bytes))
      case 5: text = array(reader.bytes(in: bytes), in: bytes, depth: depth)
      case 6:
        var members = ProtobufReader(reader.bytes(in: bytes))
        while let member = members.field(in: bytes) {
          guard member == 1 else {
            members.skip(in: bytes)
            continue
          }
          read(
            keyValue: members.bytes(in: bytes), in: bytes, prefix: name + ".", depth: depth + 1,
            into: &list)
        }
      default: reader.skip(in: bytes)
      }
      if let text { list.append(Dimension(name: name, value: text)) }
    }
  }

  /// The elements of a list, parted by commas.
  private static func array(_ range: Range<Int>, in bytes: Span<UInt8>, depth: Int) -> String {
    var elements: [Dimension] = []
    var reader = ProtobufReader(range)
    while let field = reader.field(in: bytes) {
      guard field == 1 else {
        reader.skip(in: bytes)
        continue
      }
      read(
        anyValue: reader.bytes(in: bytes), in: bytes, name: "", depth: depth + 1, into: &elements)
    }
    return elements.map(\.value).joined(separator: ",")
  }

  /// A whole number without a point, as labels are written.
  private static func number(_ value: Double) -> String {
    Int64(exactly: value).map { String($0) } ?? value.description
  }

  /// Reads a list of `{"key": …, "value": {"stringValue": …}}`.
  static func read(
    json node: Node?, prefix: String = "", depth: Int = 0, into list: inout [Dimension]
  ) {
    guard depth < depthLimit, prefix.utf8.count <= InputLimits.seriesNameBytes else { return }
    for entry in node?.elements ?? [] {
      guard let key = entry["key"]?.text, let value = entry["value"], list.count < limit else {
        continue
      }
      if let members = value["kvlistValue"]?["values"] {
        read(json: members, prefix: prefix + key + ".", depth: depth + 1, into: &list)
      } else if let text = text(json: value) {
        list.append(Dimension(name: prefix + key, value: text))
      }
    }
  }

  private static func text(json value: Node) -> String? {
    if let elements = value["arrayValue"]?["values"]?.elements {
      return elements.compactMap(text(json:)).joined(separator: ",")
    }
    if case .number(let number, _) = value["doubleValue"]?.value { return Self.number(number) }
    return ["stringValue", "boolValue", "intValue", "bytesValue"].lazy
      .compactMap { value[$0]?.text }.first
  }
}
