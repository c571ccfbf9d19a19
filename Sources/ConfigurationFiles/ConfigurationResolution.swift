import Documents

/// Fills in what `meridian.yaml` leaves to the machine: `${NAME}` and `!file PATH`.
struct ConfigurationResolution {
  /// Reads an environment variable; nil where it is not set.
  let environment: (String) -> String?
  /// The configuration file: `!file` paths are relative to its folder.
  let file: String

  func resolve(_ node: Node) throws(Fault) -> Node {
    var node = node
    switch node.value {
    case .string(let text): node.value = .string(try substitute(text, at: node))
    case .sequence(let elements):
      var resolved: [Node] = []
      for element in elements { resolved.append(try resolve(element)) }
      node.value = .sequence(resolved)
    case .mapping(let entries):
      var resolved: [Node.Entry] = []
      for entry in entries {
        resolved.append(Node.Entry(key: entry.key, value: try resolve(entry.value)))
      }
      node.value = .mapping(resolved)
    case .tagged("!file", let path): node.value = .string(try firstLine(of: path))
    case .tagged(let tag, let inner): node.value = .tagged(tag, try resolve(inner))
    case .null, .boolean, .number: break
    }
    return node
  }

  /// Replaces each `${NAME}`; what does not look like a variable's name stays as it is.
  private func substitute(_ text: String, at node: Node) throws(Fault) -> String {
    var result = ""
    var rest = Substring(text)
    while let (before, name, after) = Self.firstVariable(in: rest) {
      guard let value = environment(String(name)) else {
        throw Fault(
          place: node.place, value: "${\(name)}", expected: "an environment variable that is set")
      }
      result += before + value
      rest = after
    }
    return result + rest
  }

  private static func firstVariable(
    in text: Substring
  ) -> (before: Substring, name: Substring, after: Substring)? {
    var position = text.startIndex
    while let dollar = text[position...].firstIndex(of: "$") {
      let next = text.index(after: dollar)
      position = next
      guard next < text.endIndex, text[next] == "{" else { continue }
      let start = text.index(after: next)
      guard let end = text[start...].firstIndex(of: "}") else { return nil }
      let name = text[start..<end]
      if isName(name) { return (text[..<dollar], name, text[text.index(after: end)...]) }
    }
    return nil
  }

  private static func isName(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, !(48...57).contains(first) else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "_"), 48...57, 65...90, 97...122: true
      default: false
      }
    }
  }

  private func firstLine(of node: Node) throws(Fault) -> String {
    let path = FileBytes.resolve(try node.string(), relativeTo: file)
    guard let bytes = FileBytes.read(path) else { throw node.fault("a readable file") }
    return String(decoding: bytes.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
  }
}
