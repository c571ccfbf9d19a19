extension JSONWriter {
  /// Writes a document's value: numbers as they were written, keys in their order, tags dropped.
  package mutating func node(_ node: Node) {
    switch node.value {
    case .null: null()
    case .boolean(let flag): boolean(flag)
    case .number(let number, let text):
      if (try? Node.json(Array(text.utf8)))?.value == node.value {
        raw(text)
      } else {
        self.number(number)
      }
    case .string(let text): string(text)
    case .sequence(let elements): array(elements) { writer, element in writer.node(element) }
    case .mapping(let entries):
      object { writer in
        for entry in entries {
          writer.key(entry.key)
          writer.node(entry.value)
        }
      }
    case .tagged(_, let inner): self.node(inner)
    }
  }
}
