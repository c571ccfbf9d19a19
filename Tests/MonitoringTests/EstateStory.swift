import Telemetry

@testable import Monitoring

/// Builds a recording minute by minute and plays it through a real engine.
struct Story {
  let topology: Topology
  private(set) var batch = Batch()
  static let start = Timestamp(iso8601: "2026-01-01T00:00:00Z") ?? .distantPast

  static func minute(_ minute: Double) -> Timestamp {
    start + Int64((minute * 60_000).rounded())
  }

  /// One value a minute in `minutes`; nil: no point. It arrives when its minute is over.
  mutating func add(
    _ service: String, _ role: MetricRole, from source: String, to target: String? = nil,
    _ minutes: Range<Int>, every step: Int = 1, arrival delay: Double = 1,
    _ value: (Int) -> Double?
  ) {
    guard let definition = topology.services.first(where: { $0.name == service }),
      let metric = Estates.catalog[definition.kind]?.metric(role)
    else { preconditionFailure("no \(role) of \(service)") }
    add(
      metric.identifier(of: definition, source: source, target: target ?? source), minutes,
      every: step, arrival: delay, value)
  }

  mutating func add(
    _ metric: MetricID, _ minutes: Range<Int>, every step: Int = 1, arrival delay: Double = 1,
    _ value: (Int) -> Double?
  ) {
    batch.metrics.append(metric)
    let number = Int32(batch.metrics.count - 1)
    for minute in minutes where minute % step == 0 {
      guard let value = value(minute) else { continue }
      batch.samples.append(
        Sample(
          metric: number, merging: .replaces, time: Self.minute(Double(minute)),
          arrival: Self.minute(Double(minute) + delay), statistics: StatisticSet(value)))
    }
  }

  mutating func event(
    _ name: String, at minute: Double, region: String = "", subject: String = "",
    message: String = ""
  ) {
    let time = Self.minute(minute)
    batch.events.append(
      Event(
        time: time, arrival: time, source: "aws.rds", name: name, region: region,
        subject: subject, message: message))
  }

  /// The engine after the story has been played to a minute.
  func played(to minute: Double) -> Engine {
    var engine = Engine(topology: topology, catalog: Estates.catalog)
    engine.ingest(batch)
    _ = engine.advance(to: Self.minute(minute))
    return engine
  }
}

extension Engine {
  /// `31.0 failover orders STEADY>DETECTING`, one line for each transition of the kinds.
  func lines(_ kinds: Transition.Kind...) -> [String] {
    transitions.filter { kinds.contains($0.kind) }.map { change in
      let minute = change.time.seconds(since: Story.start) / 60
      let tenth = (minute * 10).rounded(.down) / 10
      let place =
        change.kind == .link
        ? "\(change.name) \(change.region ?? "")>\(change.toRegion ?? "")"
        : change.kind == .readiness ? "\(change.name) \(change.region ?? "")" : change.name
      return "\(tenth) \(place) \(change.from)>\(change.to)"
    }
  }

  /// The lines without their times.
  func words(_ kinds: Transition.Kind...) -> [String] {
    transitions.filter { kinds.contains($0.kind) }.map { change in
      let place =
        change.kind == .link
        ? "\(change.name) \(change.region ?? "")>\(change.toRegion ?? "")"
        : change.kind == .readiness ? "\(change.name) \(change.region ?? "")" : change.name
      return "\(place) \(change.from)>\(change.to)"
    }
  }

  func link(_ service: String, _ from: String, _ to: String) -> LinkReading? {
    moment().links.first { $0.service == service && $0.from == from && $0.to == to }
  }

  func region(_ code: String) -> RegionReading? { moment().regions.first { $0.region == code } }
}

extension Estates {
  static let east = "us-east-1"
  static let west = "eu-west-1"
  static let south = "ap-southeast-1"

  /// A shop: Aurora, DynamoDB, S3, load balancers and Route 53 checks in two regions.
  static func shop(
    services: [String] = ["orders-db", "sessions", "images", "web", "checks"],
    third: Bool = false
  ) -> Topology {
    var topology = Topology()
    topology.name = "shop"
    topology.regions = [
      RegionDefinition(code: east, role: .primary), RegionDefinition(code: west, role: .standby),
    ]
    if third { topology.regions.append(RegionDefinition(code: south, role: .standby)) }
    let copies = third ? [west, south] : [west]
    let all = [
      ServiceDefinition(
        name: "orders-db", kind: "aurora-global-database", primary: east, replicas: copies,
        dimensions: [Dimension(name: "DBClusterIdentifier", value: "orders-{region}")],
        rpoSeconds: 5),
      ServiceDefinition(
        name: "sessions", kind: "dynamodb-global-table", replicas: [east, west],
        dimensions: [Dimension(name: "TableName", value: "sessions")]),
      ServiceDefinition(
        name: "images", kind: "s3-cross-region-replication", primary: east, replicas: [west],
        dimensions: [
          Dimension(name: "SourceBucket", value: "images-{region}"),
          Dimension(name: "DestinationBucket", value: "images-{region}"),
        ], rpoSeconds: 900),
      ServiceDefinition(
        name: "ledger", kind: "rds-read-replica", primary: east, replicas: [west],
        dimensions: [Dimension(name: "DBInstanceIdentifier", value: "ledger-{region}")],
        rpoSeconds: 60),
      ServiceDefinition(
        name: "web", kind: "application-load-balancer", replicas: [east, west],
        dimensions: [Dimension(name: "LoadBalancer", value: "app/web-{region}/1")]),
      checksService,
    ]
    topology.services = all.filter { services.contains($0.name) }
    topology.deployments = [
      Deployment(
        name: "orders", model: .activePassive, rpoSeconds: 300, rtoSeconds: 900,
        services: topology.services.map(\.name))
    ]
    return topology
  }

  private static var checksService: ServiceDefinition {
    var service = ServiceDefinition(
      name: "checks", kind: "route53-health-checks", replicas: [east, west])
    service.healthChecks = [
      Dimension(name: east, value: "abc"), Dimension(name: west, value: "def"),
    ]
    return service
  }
}
