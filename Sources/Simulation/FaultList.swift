import Documents

/// Collects the faults of a document, so that its author sees all of them at once.
struct FaultList {
  private(set) var faults: [Fault] = []

  /// The result of reading, or nil and one more fault.
  mutating func attempt<Value>(_ read: () throws(Fault) -> Value) -> Value? {
    do throws(Fault) {
      return try read()
    } catch {
      faults.append(error)
      return nil
    }
  }

  /// Reads what stands under a key; `fallback` where the key is absent or its value at fault.
  mutating func value<Value>(
    _ node: Node, _ key: String, default fallback: Value, _ read: (Node) throws(Fault) -> Value
  ) -> Value {
    guard let found = node[key] else { return fallback }
    return attempt { () throws(Fault) -> Value in try read(found) } ?? fallback
  }

  /// Reads what must stand under a key.
  mutating func required<Value>(
    _ node: Node, _ key: String, _ read: (Node) throws(Fault) -> Value
  ) -> Value? {
    attempt { () throws(Fault) -> Value in try read(try node.required(key)) }
  }

  /// Reads the elements under a key, leaving out those at fault.
  mutating func list<Value>(
    _ node: Node, _ key: String, _ read: (Node) throws(Fault) -> Value
  ) -> [Value] {
    let elements = value(node, key, default: []) { (found) throws(Fault) in try found.list() }
    return elements.compactMap { element in
      attempt { () throws(Fault) -> Value in try read(element) }
    }
  }

  /// Reads the entries under a key, in their order, leaving out those at fault.
  mutating func entries<Value>(
    _ node: Node, _ key: String, _ read: (Node.Entry) throws(Fault) -> Value
  ) -> [Value] {
    let entries = value(node, key, default: []) { (found) throws(Fault) in try found.mapping() }
    return entries.compactMap { entry in
      attempt { () throws(Fault) -> Value in try read(entry) }
    }
  }

  mutating func append(_ more: [Fault]) { faults += more }
}
