import Telemetry

@testable import Monitoring

/// Builds a recording minute by minute and plays it through a real engine.
struct Story {
  let topology: Topology
  private(set) var batch = Batch()

  init(topology: Topology, batch: Batch = Batch()) {
    self.topology = topology
    self.batch = batch
  }

  static let start = Timestamp(iso8601: "2026-01-01T00:00:00Z") ?? .distantPast

  static func minute(_ minute: Double) -> Timestamp {
    start + Int64((minute * 60_000).rounded())
  }

  /// Adds one value a minute in a range of minutes, where nil is no point; it arrives when its
  /// minute is over.
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

  /// As above, where the points of each minute take their own time to arrive.
  mutating func add(
    _ service: String, _ role: MetricRole, from source: String, to target: String,
    _ minutes: Range<Int>, delays: [Double], _ value: (Int) -> Double?
  ) {
    let first = batch.samples.count
    add(service, role, from: source, to: target, minutes, value)
    for index in batch.samples[first...].indices {
      let minute = Int(batch.samples[index].time.seconds(since: Self.start) / 60)
      batch.samples[index].arrival = Self.minute(Double(minute) + delays[minute])
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

  mutating func add(_ event: Event) { batch.events.append(event) }

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

/// How a part of the shop fares, minute by minute.
struct Fate {
  /// Minutes in which nothing of us-east-1 is published, and us-east-1's Route 53 metrics neither.
  var eastUnseen: Range<Int> = 0..<0
  /// Minutes in which us-east-1 does not serve: no writes, few requests, failing checks.
  var eastDown: Range<Int> = 0..<0
  /// The minute from which eu-west-1 writes and takes the traffic.
  var promoted: Int?
  /// The minute from which us-east-1 is a healthy replica.
  var returned: Int?
}

extension Story {
  /// A whole shop with seeded noise, in which us-east-1 may fail and eu-west-1 take over.
  static func shop(_ fate: Fate = Fate(), minutes: Range<Int>, seed: UInt64 = 7) -> Story {
    var story = Story(topology: Estates.shop())
    var noise = Noise(seed: seed)
    let (east, west) = (Estates.east, Estates.west)
    func serves(_ minute: Int) -> Bool { !fate.eastDown.contains(minute) }
    func sees(_ minute: Int) -> Bool { !fate.eastUnseen.contains(minute) }
    func isWest(_ minute: Int) -> Bool { fate.promoted.map { minute >= $0 } ?? false }
    func isBack(_ minute: Int) -> Bool { fate.returned.map { minute >= $0 } ?? false }
    story.add("orders-db", .writes, from: east, minutes) {
      sees($0) ? (serves($0) && !isWest($0) ? noise.around(800) : 0) : nil
    }
    story.add("orders-db", .writes, from: west, minutes) { isWest($0) ? noise.around(780) : 0 }
    story.add("orders-db", .lag, from: east, to: west, minutes) {
      serves($0) && !isWest($0) ? noise.around(400) : nil
    }
    story.add("orders-db", .lag, from: west, to: east, minutes) {
      isBack($0) && isWest($0) ? noise.around(450) : nil
    }
    story.add("sessions", .writes, from: east, minutes) {
      sees($0) ? (serves($0) ? noise.around(6000) : 0) : nil
    }
    story.add("sessions", .writes, from: west, minutes) { _ in noise.around(6000) }
    story.add("sessions", .lag, from: east, to: west, minutes) {
      sees($0) && serves($0) ? noise.around(700) : nil
    }
    story.add("sessions", .lag, from: west, to: east, minutes) {
      serves($0) ? noise.around(700) : nil
    }
    story.add("images", .lag, from: east, to: west, minutes) { serves($0) ? noise.around(20) : nil }
    story.add("web", .requests, from: east, minutes) {
      sees($0) ? (isWest($0) ? 0 : serves($0) ? noise.around(60_000) : noise.around(20_000)) : nil
    }
    story.add("web", .errors, from: east, minutes) {
      sees($0) && !serves($0) && !isWest($0) ? noise.around(9000) : nil
    }
    story.add("web", .requests, from: west, minutes) { noise.around(isWest($0) ? 80_000 : 20_000) }
    story.add("checks", .healthStatus, from: east, minutes) {
      sees($0) ? (serves($0) ? 1 : 0) : nil
    }
    story.add("checks", .healthStatus, from: west, minutes) { sees($0) ? 1 : nil }
    return story
  }
}

/// Seeded noise: a small multiplicative generator, the same on every machine.
struct Noise {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 2 &+ 1 }

  mutating func unit() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 33) / Double(1 << 31)
  }

  /// A value within a fifth of the middle.
  mutating func around(_ middle: Double) -> Double { middle * (0.8 + 0.4 * unit()) }
}
