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

  /// Names made of more than this are of no API.
  private static let nameLimit = 1024

  /// Adds a value, and what lies within it, under a name.
  mutating func add(_ node: Node, name: String) {
    guard list.count < Self.limit, name.utf8.count <= Self.nameLimit else { return }
    if let text = node.text { return list.append(Dimension(name: name, value: text)) }
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
