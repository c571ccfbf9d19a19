import Documents
import Telemetry

/// The facts of an event by lower-case dotted name: `requestparameters.allowdataloss` = `true`.
struct EventAttributes {
  private(set) var list: [Dimension] = []

  /// More facts than any event of a failover has; a ChangeResourceRecordSets may have thousands.
  static let limit = 100

  init() {}

  init(of node: Node, without consumed: Set<String>) {
    for entry in node.entries ?? [] where !consumed.contains(entry.key.lowercased()) {
      add(entry.value, name: entry.key.lowercased())
    }
  }

  /// Adds a value, and what lies within it, under a name.
  mutating func add(_ node: Node, name: String) {
    if let text = node.text {
      if list.count < Self.limit { list.append(Dimension(name: name, value: text)) }
      return
    }
    for entry in node.entries ?? [] { add(entry.value, name: "\(name).\(entry.key.lowercased())") }
    let elements = node.elements ?? []
    let texts = elements.compactMap(\.text)
    if !texts.isEmpty, texts.count == elements.count {
      add(Node(.string(texts.joined(separator: ","))), name: name)
    } else {
      for (index, element) in elements.enumerated() { add(element, name: "\(name).\(index)") }
    }
  }
}
