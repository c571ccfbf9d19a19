import Documents
import Telemetry
import WireFormats

/// The members of an output structure, in the order in which they are added.
struct OutputStructure {
  private var entries: [Node.Entry] = []

  var node: Node { Node(.mapping(entries)) }

  /// Adds a member; nil is left out, as the service does.
  mutating func add(_ key: String, _ value: Node?) {
    if let value { entries.append(Node.Entry(key: key, value: value)) }
  }

  mutating func add(_ key: String, _ text: String?) {
    add(key, text.map { Node(.string($0)) })
  }

  mutating func add(_ key: String, _ time: Timestamp?) { add(key, time.map(Node.time)) }

  mutating func add(_ key: String, _ nodes: [Node]) { add(key, Node(.sequence(nodes))) }

  mutating func add(_ key: String, _ texts: [String]) {
    add(key, texts.map { Node(.string($0)) })
  }
}

extension Node {
  /// A time as replies carry it: seconds since 1970 under the tag that each protocol writes its way.
  static func time(_ time: Timestamp) -> Node {
    let seconds = Double(time.milliseconds) / 1000
    return Node(.tagged(CloudWatchReply.timeTag, .number(seconds)))
  }

  /// A double, as CloudWatch writes doubles: with a point.
  static func number(_ value: Double) -> Node { Node(.number(value, text: String(value))) }

  static func integer(_ value: Int) -> Node { Node(.number(Double(value), text: String(value))) }

  static func dimensions(_ dimensions: [Dimension]) -> Node {
    Node(
      .sequence(
        dimensions.map { dimension in
          var output = OutputStructure()
          output.add("Name", dimension.name)
          output.add("Value", dimension.value)
          return output.node
        }))
  }
}
