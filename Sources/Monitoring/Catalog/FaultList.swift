import Documents

/// Collects the faults of a document, so that one run names them all.
struct FaultList {
  private(set) var all: [Fault] = []

  var count: Int { all.count }

  /// The value that `read` gives; nil when it fails, and the fault is kept.
  mutating func value<Value>(_ read: () throws(Fault) -> Value) -> Value? {
    do {
      return try read()
    } catch {
      all.append(error)
      return nil
    }
  }

  /// As `value`, for a key that may be absent.
  mutating func optional<Value>(
    _ node: Node?, _ read: (Node) throws(Fault) -> Value
  ) -> Value? {
    guard let node else { return nil }
    do {
      return try read(node)
    } catch {
      all.append(error)
      return nil
    }
  }

  mutating func add(_ fault: Fault) { all.append(fault) }
  mutating func add(_ faults: [Fault]) { all += faults }
}
