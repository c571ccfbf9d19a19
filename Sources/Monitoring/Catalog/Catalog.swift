import Documents

/// The services meridian knows: one document each, by kind.
///
/// Knowledge about a service is data: a new service is a new document, and nothing else changes. The
/// documents that come with meridian are embedded; further ones are found in folders at run time.
package struct Catalog: Hashable, Sendable {
  /// In the order of their names.
  package private(set) var kinds: [ServiceKind] = []

  package init() {}

  package init(kinds: [ServiceKind]) {
    for kind in kinds { add(kind) }
  }

  /// Reads one document per service kind; a later document replaces an earlier one of its kind.
  ///
  /// A document with a fault is left out, all its faults are returned.
  package static func parse(_ documents: [Node]) -> (catalog: Catalog, faults: [Fault]) {
    var catalog = Catalog()
    var faults = FaultList()
    for document in documents {
      let known = faults.count
      let kind = ServiceKind.parse(document, faults: &faults)
      if let kind, faults.count == known { catalog.add(kind) }
    }
    return (catalog, faults.all)
  }

  /// The kind of that name: `aurora-global-database`.
  package subscript(name: String) -> ServiceKind? { kinds.first { $0.name == name } }

  /// Adds the kinds of another catalog; where both have one, the other's wins.
  package mutating func merge(_ other: Catalog) {
    for kind in other.kinds { add(kind) }
  }

  private mutating func add(_ kind: ServiceKind) {
    kinds.removeAll { $0.name == kind.name }
    kinds.append(kind)
    kinds.sort { $0.name < $1.name }
  }
}
