import Telemetry
import Testing

@testable import Monitoring

@Suite
struct WhatIfTests {
  private let east = Estates.east
  private let west = Estates.west

  /// The healthy shop, after an hour.
  private func healthy(_ change: (inout Topology) -> Void = { _ in }) -> Moment {
    var story = Story.shop(minutes: 0..<60)
    var topology = story.topology
    change(&topology)
    story = Story(topology: topology, batch: story.batch)
    return story.played(to: 60).moment()
  }

  @Test
  func `all that a lost primary served comes to its standby`() throws {
    let loss = try #require(healthy().whatIf(losing: east))
    let arrival = try #require(loss.regions.first { $0.region == west })
    let (before, after) = (
      try #require(arrival.requestsPerSecond), try #require(arrival.requestsPerSecondAfter)
    )
    let lost = try #require(
      healthy().regions.first { $0.region == east }?.requestsPerSecond)
    #expect((after - before - lost).magnitude < 1e-6)
    #expect(arrival.shareAfter == 1)
    #expect(arrival.roundTripMilliseconds == 69.5)
  }

  @Test
  func `a region that is unknown has no loss`() {
    #expect(healthy().whatIf(losing: "eu-north-1") == nil)
  }

  @Test
  func `stores that follow a primary lose, those that replicate on their own are late`() throws {
    let moment = healthy()
    let loss = try #require(moment.whatIf(losing: east))
    #expect(loss.stores.map(\.service) == ["images", "orders-db", "sessions"])
    #expect(loss.stores.map(\.effect) == [.late, .lost, .late])
    #expect(loss.stores.map(\.target) == [west, west, west])
    for store in loss.stores {
      let link = moment.links.first { $0.service == store.service && $0.from == east }
      #expect(store.seconds == link?.rpoNowSeconds)
    }
    let standby = try #require(moment.whatIf(losing: west))
    #expect(standby.stores.first { $0.service == "orders-db" }?.effect == .unprotected)
    #expect(standby.deployments.map(\.effect) == [.unprotected])
  }

  @Test
  func `a plan's step that needs the lost region's control plane is blocked, and named`() throws {
    let moment = healthy {
      $0.deployments[0].plan = [
        PlanStep(name: "promote", action: .promote, takesSeconds: 120),
        PlanStep(name: "point names to it", action: .route53Record, takesSeconds: 60),
      ]
      $0.deployments[0].timeToLiveSeconds = 30
    }
    let loss = try #require(moment.whatIf(losing: east)?.deployments.first)
    #expect(loss.steps.map(\.phase) == [.detect, .decide, .execute, .execute, .recover])
    #expect(loss.steps.map(\.controlPlane) == [nil, nil, west, east, nil])
    #expect(loss.steps.map(\.isBlocked) == [false, false, false, true, false])
    #expect(loss.steps.map(\.basis) == [.assumed, .assumed, .plan, .plan, .plan])
    #expect(loss.rtoSeconds == loss.steps.compactMap(\.seconds).reduce(0, +))
    let breaks = moment.whatIf(losing: east)?.breaks.map(\.text) ?? []
    #expect(
      breaks.contains(
        "the step 'point names to it' of orders needs the control plane of us-east-1, which is lost"
      ))
    #expect(breaks.first == "orders has no writer")
  }

  @Test
  func `a capacity that is told is held against what would come`() throws {
    let moment = healthy {
      let web = $0.services.firstIndex { $0.name == "web" } ?? 0
      $0.services[web].capacity = [RegionAmount(value: 500)]
    }
    let loss = try #require(moment.whatIf(losing: east))
    let row = try #require(loss.headroom.first { $0.service == "web" && $0.region == west })
    #expect(row.basis == .configured)
    #expect(row.capacityPerSecond == 500)
    #expect(row.use.map { $0 > 1 } == true)
    #expect(loss.breaks.contains { $0.text.hasPrefix("web in eu-west-1 needs ") })
  }

  /// Requests are neither made nor lost, and go nowhere near a region that is down.
  @Test(arguments: 1...200)
  func `what a region served is shared out to the last request`(seed: UInt64) {
    var noise = Noise(seed: seed)
    var topology = Topology()
    let codes = SmallWorld.codes
    topology.regions = codes.map {
      RegionDefinition(
        code: $0, role: .active, trafficShare: noise.unit() < 0.5 ? nil : noise.unit())
    }
    topology.services = [
      ServiceDefinition(name: "web", kind: "application-load-balancer", replicas: codes)
    ]
    var deployment = Deployment(name: "d", model: .activeActive, services: ["web"])
    deployment.routing = [nil, .latency, .weighted, .failover][Int(noise.unit() * 4)]
    topology.deployments = [deployment]
    let rates = codes.map { _ in noise.unit() < 0.2 ? nil : noise.unit() * 1000 }
    var health = codes.map { _ in noise.unit() < 0.3 ? RegionHealth.down : .healthy }
    health[1] = .healthy
    let after = Redistribution(
      topology: topology, service: 0, lost: 0, health: health, failovers: []
    ).after(rates)
    let (before, sum) = (
      rates.compactMap { $0 }.reduce(0, +), after.compactMap { $0 }.reduce(0, +)
    )
    let isServed = rates[0] == nil || (sum - before).magnitude < 1e-6
    // With weights of zero everywhere nobody takes them: they are lost, not invented.
    #expect(isServed || (sum - before + (rates[0] ?? 0)).magnitude < 1e-6, "seed \(seed)")
    #expect(after[0] == nil || after[0] == 0)
    for index in codes.indices where health[index] == .down && index != 0 {
      #expect(after[index] == rates[index], "seed \(seed)")
    }
  }

  @Test
  func `the nearest region takes most of what goes by latency`() throws {
    var topology = Topology()
    let codes = ["us-east-1", "us-east-2", "us-west-2", "eu-west-1"]
    topology.regions = codes.map { RegionDefinition(code: $0, role: .active) }
    topology.services = [
      ServiceDefinition(name: "web", kind: "application-load-balancer", replicas: codes)
    ]
    topology.deployments = [Deployment(name: "d", model: .activeActive, services: ["web"])]
    let after = Redistribution(
      topology: topology, service: 0, lost: 0, health: codes.map { _ in .healthy }, failovers: []
    ).after([100, 100, 100, 100])
    let gained = after.dropFirst().map { ($0 ?? 0) - 100 }
    #expect(gained[0] > 90)
    #expect(gained[1] > gained[2])
  }
}
