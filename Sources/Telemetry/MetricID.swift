/// What names a metric: Region, account, namespace, name, dimensions and unit.
///
/// A reference to immutable storage with its hash kept, so that copies and look-ups of a metric seen
/// before cost a few nanoseconds. Ordered by region, namespace, name, dimensions, unit, account.
package struct MetricID: Hashable, Comparable, Sendable {
  private let storage: Storage

  /// Names a metric.
  ///
  /// Region and account are empty, and the unit (one of CloudWatch's StandardUnit values) is nil,
  /// when the source does not tell. Dimensions may come in any order; they are kept sorted by name.
  package init(
    region: String, account: String = "", namespace: String, name: String,
    dimensions: [Dimension] = [], unit: String? = nil
  ) {
    storage = Storage(
      region: region, account: account, namespace: namespace, name: name,
      dimensions: dimensions.sorted(), unit: unit)
  }

  package var region: String { storage.region }
  package var account: String { storage.account }
  package var namespace: String { storage.namespace }
  package var name: String { storage.name }
  package var dimensions: [Dimension] { storage.dimensions }
  package var unit: String? { storage.unit }

  /// Whether both are the same object: what equality costs least.
  package func isIdentical(to other: MetricID) -> Bool { storage === other.storage }

  package static func == (left: MetricID, right: MetricID) -> Bool {
    left.storage === right.storage
      || left.storage.hash == right.storage.hash && left.storage.hasEqualParts(right.storage)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(storage.hash) }

  package static func < (left: MetricID, right: MetricID) -> Bool {
    let (a, b) = (left.storage, right.storage)
    if a.region != b.region { return a.region < b.region }
    if a.namespace != b.namespace { return a.namespace < b.namespace }
    if a.name != b.name { return a.name < b.name }
    if a.dimensions != b.dimensions {
      return a.dimensions.lexicographicallyPrecedes(b.dimensions)
    }
    if a.unit != b.unit { return (a.unit ?? "") < (b.unit ?? "") }
    return a.account < b.account
  }

  private final class Storage: Sendable {
    let region: String
    let account: String
    let namespace: String
    let name: String
    let dimensions: [Dimension]
    let unit: String?
    let hash: Int

    init(
      region: String, account: String, namespace: String, name: String, dimensions: [Dimension],
      unit: String?
    ) {
      self.region = region
      self.account = account
      self.namespace = namespace
      self.name = name
      self.dimensions = dimensions
      self.unit = unit
      var hasher = Hasher()
      hasher.combine(region)
      hasher.combine(namespace)
      hasher.combine(name)
      hasher.combine(dimensions)
      hash = hasher.finalize()
    }

    func hasEqualParts(_ other: Storage) -> Bool {
      name == other.name && dimensions == other.dimensions && region == other.region
        && namespace == other.namespace && account == other.account && unit == other.unit
    }
  }
}

/// One name and value that narrow a metric, as `DBClusterIdentifier` = `orders`.
package struct Dimension: Hashable, Comparable, Sendable {
  package var name: String
  package var value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  package static func < (left: Dimension, right: Dimension) -> Bool {
    left.name != right.name ? left.name < right.name : left.value < right.value
  }
}

extension Dimension: CustomStringConvertible {
  /// `DBInstanceIdentifier=orders`.
  package var description: String { "\(name)=\(value)" }
}

extension MetricID: CustomStringConvertible {
  /// `eu-west-1 AWS/RDS ReplicaLag {DBInstanceIdentifier=orders}`.
  package var description: String {
    let pairs = dimensions.map(\.description).joined(separator: ",")
    let place = region.isEmpty ? "" : region + " "
    return "\(place)\(namespace) \(name)" + (pairs.isEmpty ? "" : " {\(pairs)}")
  }
}
