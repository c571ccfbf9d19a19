/// One value of a configuration document (YAML or JSON), with its place.
///
/// Readers ask for what they need in sentences that fail well: a wrong value becomes a `Fault` that
/// names file, line, key, value and what was expected.
package struct Node: Hashable, Sendable {
  package var value: Value
  package var place: Place

  package init(_ value: Value, place: Place = Place()) {
    self.value = value
    self.place = place
  }

  package enum Value: Hashable, Sendable {
    case null
    case boolean(Bool)
    /// A number as written (`text`) and as read.
    case number(Double, text: String)
    case string(String)
    case sequence([Node])
    /// Entries in the order of the file.
    case mapping([Entry])
    /// A value with a tag of its own, as CloudFormation's `!Ref` or our `!file`.
    indirect case tagged(String, Node)
  }

  /// A key and its value.
  package struct Entry: Hashable, Sendable {
    package var key: String
    package var value: Node

    package init(key: String, value: Node) {
      self.key = key
      self.value = value
    }
  }
}

extension Node {
  /// The value under a key of a mapping; nil when there is none or it is null.
  package subscript(key: String) -> Node? {
    guard let found = entries?.last(where: { $0.key == key })?.value, found.value != .null
    else { return nil }
    return found
  }

  package var entries: [Entry]? {
    if case .mapping(let entries) = value { entries } else { nil }
  }

  package var elements: [Node]? {
    if case .sequence(let elements) = value { elements } else { nil }
  }

  /// What kind of value this is, for error messages.
  package var kind: String {
    switch value {
    case .null: "null"
    case .boolean: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .tagged(let tag, _): tag
    }
  }

  /// The value as a person would write it, cut to a readable length.
  package var excerpt: String {
    switch value {
    case .null: "null"
    case .boolean(let flag): String(flag)
    case .number(_, let text): text
    case .string(let text): text.count > 60 ? "\(text.prefix(60))…" : text
    case .sequence, .mapping, .tagged: kind
    }
  }
}
