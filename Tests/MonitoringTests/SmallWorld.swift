import Telemetry

@testable import Monitoring

/// A world of two to five regions in which one thing goes wrong, made from a seed: what really
/// happened, and what CloudWatch told of it.
struct SmallWorld {
  let seed: UInt64
  let count: Int
  let fault: Fault
  /// When it begins, and when it is over.
  let begins: Int
  let ends: Int
  /// The region that is promoted, or writes too.
  let other: Int
  /// When the other region begins to write, where it ever does.
  let promoted: Int?
  /// Points that never arrive, and that arrive minutes late.
  let lost: Double
  let late: Double
  private let growsWhenCut: Bool
  private let saysSo: Bool
  private let isFenced: Bool
  let model: DeploymentModel

  static let minutes = 50

  enum Fault: String, CaseIterable {
    case calm, blind, down, failover, switchover, silentFailover, twoWriters, partition, lagGrowth
    case eventsOnly, commandOnly, standbyDown, failoverWhileBlind, everythingBlind, flapping
  }

  init(seed: UInt64) {
    var noise = Noise(seed: Self.scattered(seed))
    func roll(_ range: ClosedRange<Int>) -> Int {
      range.lowerBound + min(Int(noise.unit() * Double(range.count)), range.count - 1)
    }
    self.seed = seed
    count = max(2, roll(0...5))
    fault = Fault.allCases[roll(0...Fault.allCases.count - 1)]
    begins = roll(13...18)
    ends = begins + roll(12...20)
    other = roll(1...(count - 1))
    let isPoor = noise.unit() < 0.5
    lost = isPoor ? 0.1 : 0
    late = isPoor ? 0.05 : 0
    growsWhenCut = noise.unit() < 0.5
    saysSo = noise.unit() < 0.7
    isFenced = noise.unit() < 0.5
    let models: [DeploymentModel] = [.activePassive, .hotStandby, .warmStandby, .pilotLight]
    model = models[roll(0...models.count - 1)]
    promoted =
      switch fault {
      case .failover, .silentFailover, .failoverWhileBlind: begins + roll(5...9)
      case .switchover: begins + roll(2...3)
      case .twoWriters: begins
      default: nil
      }
  }

  /// Neighbouring seeds make unlike worlds (SplitMix64's finaliser).
  private static func scattered(_ seed: UInt64) -> UInt64 {
    var value = seed &+ 0x9E37_79B9_7F4A_7C15
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  static let codes = ["us-east-1", "eu-west-1", "ap-southeast-1", "us-west-2", "sa-east-1"]
  var codes: [String] { Array(Self.codes.prefix(count)) }
}

// What is true, minute by minute.
extension SmallWorld {
  /// A region that is down writes nothing, serves nothing and fails its checks.
  func isUp(_ region: Int, _ minute: Int) -> Bool {
    guard (begins..<ends).contains(minute) else { return true }
    switch fault {
    case .down, .failover, .silentFailover: return region != 0
    case .standbyDown: return region != other
    case .flapping: return region != 0 || (minute - begins) / 4 % 2 == 1
    default: return true
    }
  }

  /// Whether CloudWatch of a region shows anything.
  func isSeen(_ region: Int, _ minute: Int) -> Bool {
    guard (begins..<ends).contains(minute) else { return true }
    switch fault {
    case .blind, .failoverWhileBlind: return region != 0
    case .everythingBlind: return false
    default: return true
    }
  }

  /// The region that should write.
  func primary(_ minute: Int) -> Int {
    guard let promoted, minute >= promoted else { return 0 }
    return fault == .twoWriters && minute >= ends ? 0 : other
  }

  func writers(_ minute: Int) -> [Int] {
    var writers = [primary(minute)].filter { isUp($0, minute) }
    switch fault {
    case .twoWriters where (begins..<ends).contains(minute): writers = [0, other]
    case .switchover, .failoverWhileBlind:
      // The old one is stopped a minute before the new one begins.
      if let promoted, minute == promoted - 1 { writers = [] }
    default: break
    }
    return writers.sorted()
  }

  /// Seconds by which a copy is behind at the beginning of a minute; nil: it is no copy.
  func lag(_ region: Int, _ minute: Int) -> Double? {
    let source = primary(minute)
    guard region != source, !writers(minute).contains(region) else { return nil }
    guard (begins..<ends).contains(minute), promoted.map({ minute < $0 }) ?? true else {
      return promoted.map { minute >= $0 && minute < $0 + 3 } ?? false ? nil : 0.4
    }
    let since = Double(minute - begins) * 60
    switch fault {
    case .partition where region == other: return 0.4 + since
    case .down, .failover, .silentFailover: return 0.4 + since
    case .flapping where !isUp(source, minute): return 0.4 + Double((minute - begins) % 4) * 60
    case .lagGrowth where region == other: return 0.4 + since / 4
    default: return 0.4
    }
  }

  /// What the loss of the primary at the beginning of a minute would cost at a copy, in seconds.
  ///
  /// A primary that is down has written nothing since it went down.
  func loss(_ region: Int, _ minute: Int) -> Double? {
    guard isUp(primary(minute), minute) else { return nil }
    return lag(region, minute)
  }

  /// Whether a copy's lag is published: not by a source that is down, nor where a cut shows as silence.
  private func publishesLag(_ region: Int, _ minute: Int) -> Bool {
    guard lag(region, minute) != nil, isUp(region, minute) else { return false }
    if !isUp(primary(minute), minute) { return false }
    let isCut =
      fault == .partition && region == other && (begins..<ends).contains(minute)
    return !isCut || growsWhenCut
  }

  /// Whether two regions have committed in each of the last minutes, and all of it was told.
  func areTwoWriting(until minute: Int, for length: Int) -> Bool {
    lost == 0 && minute >= length
      && (minute - length..<minute).allSatisfy { writers($0).count == 2 }
  }
}

// What is told of it.
extension SmallWorld {
  var topology: Topology {
    var topology = Topology()
    topology.name = "world"
    topology.regions = codes.enumerated().map { index, code in
      RegionDefinition(code: code, role: index == 0 ? .primary : .standby)
    }
    var checks = ServiceDefinition(name: "checks", kind: "route53-health-checks", replicas: codes)
    checks.healthChecks = codes.map { Dimension(name: $0, value: "check-\($0)") }
    topology.services = [
      ServiceDefinition(
        name: "orders-db", kind: "aurora-global-database", primary: codes[0],
        replicas: Array(codes.dropFirst()),
        dimensions: [Dimension(name: "DBClusterIdentifier", value: "orders-{region}")],
        rpoSeconds: 120),
      ServiceDefinition(
        name: "web", kind: "application-load-balancer", replicas: codes,
        dimensions: [Dimension(name: "LoadBalancer", value: "app/web-{region}/1")]),
      checks,
    ]
    topology.deployments = [
      Deployment(
        name: "orders", model: model, rpoSeconds: 120, rtoSeconds: 900,
        services: topology.services.map(\.name))
    ]
    return topology
  }

  func story() -> Story {
    var story = Story(topology: topology)
    var noise = Noise(seed: Self.scattered(seed &+ 77))
    for region in 0..<count {
      tell(region, &story, &noise)
      for source in 0..<count where source != region {
        publish(&story, &noise, "orders-db", .lag, from: source, to: region) { minute in
          guard primary(minute) == source, publishesLag(region, minute) else { return nil }
          return lag(region, minute).map { $0 * 1000 }
        }
      }
    }
    tellEvents(&story)
    return story
  }

  private func tell(_ region: Int, _ story: inout Story, _ noise: inout Noise) {
    var level = noise
    publish(&story, &noise, "orders-db", .writes, from: region, to: region) { minute in
      writers(minute).contains(region) ? level.around(800) : 0
    }
    publish(&story, &noise, "web", .requests, from: region, to: region) { minute in
      guard isUp(region, minute) else { return 30 }
      let isServing = primary(max(0, minute - 1)) == region
      return level.around(isServing ? 60_000 : 1200)
    }
    publish(&story, &noise, "web", .errors, from: region, to: region) { minute in
      isUp(region, minute) ? nil : 25
    }
    publish(&story, &noise, "checks", .healthStatus, from: region, to: region) { minute in
      isUp(region, minute) ? 1 : 0
    }
  }

  private func publish(
    _ story: inout Story, _ noise: inout Noise, _ service: String, _ role: MetricRole,
    from source: Int, to target: Int, _ value: (Int) -> Double?
  ) {
    // Route 53 publishes in us-east-1, lag in the region of the copy.
    let place = service == "checks" ? 0 : target
    var delays: [Double] = []
    for _ in 0..<Self.minutes {
      delays.append(noise.unit() < late ? 3 + noise.unit() * 7 : 1 + noise.unit() / 2)
    }
    let gone = (0..<Self.minutes).map { _ in noise.unit() < lost }
    story.add(
      service, role, from: codes[source], to: codes[target], 0..<Self.minutes,
      delays: delays
    ) { minute in
      gone[minute] || !isSeen(place, minute) ? nil : value(minute)
    }
  }

  private func tellEvents(_ story: inout Story) {
    let subject = "orders-\(codes[other])"
    func event(_ name: String, _ minute: Double) {
      story.event(name, at: minute, region: codes[other], subject: subject)
    }
    switch fault {
    case .failover, .failoverWhileBlind:
      guard let promoted, saysSo else { return }
      event("FailoverGlobalCluster", Double(promoted) - 3)
      event(isFenced ? "RDS-EVENT-0390" : "RDS-EVENT-0391", Double(promoted) - 2)
      event("RDS-EVENT-0238", Double(promoted))
    case .switchover:
      guard let promoted else { return }
      if saysSo { event("SwitchoverGlobalCluster", Double(promoted) - 2.1) }
      event("RDS-EVENT-0181", Double(promoted) - 2)
      event("RDS-EVENT-0182", Double(promoted) - 1)
      event("RDS-EVENT-0184", Double(promoted))
      event("RDS-EVENT-0397", Double(promoted) + 0.5)
    case .eventsOnly:
      event("RDS-EVENT-0181", Double(begins))
      event("RDS-EVENT-0184", Double(begins) + 2)
      event("RDS-EVENT-0238", Double(begins) + 4)
    case .commandOnly: event("FailoverGlobalCluster", Double(begins))
    default: break
    }
  }
}
