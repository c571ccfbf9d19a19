import Documents
import Monitoring
import Telemetry

/// The part of a topology that decides which metrics exist: regions and services.
struct TopologyPlan: Hashable, Sendable {
  /// In the order of the file.
  var regions: [String]
  var services: [ServicePlan]
  var deployments: [DeploymentPlan]

  /// `described` are the services whose metrics the scenario itself describes.
  init(_ node: Node, described: Set<String>, _ list: inout FaultList) {
    regions = list.entries(node, "regions") { (entry) throws(Fault) in
      guard RegionAtlas.knows(entry.key) else {
        throw Fault(
          place: entry.value.place, value: entry.key, expected: "the code of a region of AWS")
      }
      return entry.key
    }
    let regions = regions
    services = list.entries(node, "services") { (entry) throws(Fault) in
      try ServicePlan(entry, regions: regions, isDescribed: described.contains(entry.key))
    }
    deployments = list.entries(node, "deployments") { (entry) throws(Fault) in
      let names = try entry.value["services"]?.list() ?? []
      return DeploymentPlan(
        name: entry.key, services: try names.map { (name) throws(Fault) in try name.string() })
    }
  }

  func service(_ name: String) -> ServicePlan? { services.first { $0.name == name } }
}

struct DeploymentPlan: Hashable, Sendable {
  var name: String
  var services: [String]
}

/// One service of the topology, as far as its metrics go.
struct ServicePlan: Hashable, Sendable {
  var name: String
  /// Nil: a kind whose metrics the scenario describes.
  var kind: ServiceKind?
  /// Where it writes at the start; nil where all regions do.
  var primary: String?
  /// All its regions, the primary first.
  var regions: [String]
  var dimensions: [Dimension]
  /// Region to Route 53 health check.
  var healthChecks: [Dimension]

  /// Whether the primary stays, as of a bucket that others are copies of.
  private var hasFixedSource: Bool

  init(_ entry: Node.Entry, regions known: [String], isDescribed: Bool) throws(Fault) {
    let node = entry.value
    name = entry.key
    let kind = try node.required("kind")
    self.kind = ServiceKind(rawValue: try kind.string())
    if self.kind == nil, !isDescribed { _ = try kind.choice(ServiceKind.self) }
    hasFixedSource = node["from"] != nil
    dimensions = try (node["dimensions"]?.mapping() ?? []).map { (pair) throws(Fault) in
      Dimension(name: pair.key, value: try pair.value.string())
    }
    healthChecks = try (node["healthChecks"]?.mapping() ?? []).map { (pair) throws(Fault) in
      Dimension(name: pair.key, value: try pair.value.string())
    }
    primary = try (node["primary"] ?? node["from"])?.string()
    regions = try (primary.map { [$0] } ?? []) + Self.others(of: node)
    if regions.isEmpty { regions = healthChecks.map(\.name) }
    if regions.isEmpty { regions = known }
    for region in regions where !known.contains(region) {
      throw Fault(
        place: node.place, value: region,
        expected: "one of the regions " + known.joined(separator: ", "))
    }
  }

  private static func others(of node: Node) throws(Fault) -> [String] {
    let list = try (node["replicas"] ?? node["to"] ?? node["regions"])?.list() ?? []
    return try list.map { (region) throws(Fault) in try region.string() }
  }

  /// The service's dimension of this name in a region; the service's name where it has none.
  func dimension(_ name: String, in region: String) -> Dimension {
    let value = dimensions.first { $0.name == name }?.value ?? "\(self.name)-{region}"
    return Dimension(name: name, value: fill(value, region: region))
  }

  /// The pairs of regions between which data is replicated.
  var links: [(from: String, to: String)] {
    switch kind {
    case nil where hasFixedSource: fromTheFirst
    case .auroraGlobalDatabase, .dynamodbGlobalTable, nil:
      regions.flatMap { from in regions.filter { $0 != from }.map { (from, $0) } }
    case .s3CrossRegionReplication, .rdsReadReplica: fromTheFirst
    case .applicationLoadBalancer, .route53HealthChecks: []
    }
  }

  private var fromTheFirst: [(from: String, to: String)] {
    regions.dropFirst().map { (regions[0], $0) }
  }

  /// Whether one region writes, which a failover moves.
  var hasOneWriter: Bool { primary != nil && !hasFixedSource }
}

/// The kinds of service the generator knows, by the names of the catalog.
enum ServiceKind: String, Hashable, Sendable, CaseIterable {
  case auroraGlobalDatabase = "aurora-global-database"
  case dynamodbGlobalTable = "dynamodb-global-table"
  case s3CrossRegionReplication = "s3-cross-region-replication"
  case rdsReadReplica = "rds-read-replica"
  case applicationLoadBalancer = "application-load-balancer"
  case route53HealthChecks = "route53-health-checks"
}
