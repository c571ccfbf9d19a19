import Telemetry
import Testing

@testable import Monitoring

@Suite
struct FailoverTrafficTests {
  private let east = Estates.east
  private let west = Estates.west

  /// Load balancers and checks only: us-east-1 fails at minute 60, and its traffic moves at 70.
  private func story(_ model: DeploymentModel, back: Int = 500) -> Story {
    var topology = Estates.shop(services: ["web", "checks"])
    topology.deployments[0].model = model
    if model == .activeActive {
      for index in topology.regions.indices { topology.regions[index].role = .active }
    }
    var story = Story(topology: topology)
    func isLow(_ minute: Int) -> Bool { (70..<back).contains(minute) }
    story.add("web", .requests, from: east, 0..<200) { isLow($0) ? 500 : 60_000 }
    story.add("web", .requests, from: west, 0..<200) { isLow($0) ? 79_500 : 20_000 }
    story.add("web", .errors, from: east, 60..<100) { _ in 400 }
    story.add("checks", .healthStatus, from: east, 0..<200) { (60..<100).contains($0) ? 0 : 1 }
    story.add("checks", .healthStatus, from: west, 0..<200) { _ in 1 }
    story.add("web", .healthyHosts, from: east, 0..<200) { (60..<100).contains($0) ? 0 : 9 }
    return story
  }

  @Test
  func `without a store that tells, traffic tells who is primary`() {
    let engine = story(.activePassive).played(to: 120)
    #expect(
      engine.words(.failover) == [
        "orders STEADY>DETECTING", "orders DETECTING>FAILING_OVER",
        "orders FAILING_OVER>FAILED_OVER", "orders FAILED_OVER>STEADY_SWAPPED",
      ])
    #expect(engine.moment().regions.map(\.role) == [.standby, .primary])
    #expect(engine.moment().failovers[0].epoch == 2)
  }

  @Test
  func `an active region that fails is evacuated, and comes back`() {
    let engine = story(.activeActive, back: 120).played(to: 180)
    #expect(
      engine.words(.failover) == [
        "orders STEADY>DETECTING", "orders DETECTING>FAILING_OVER",
        "orders FAILING_OVER>FAILED_OVER", "orders FAILED_OVER>FAILING_BACK",
        "orders FAILING_BACK>STEADY",
      ])
    let reading = engine.moment().failovers[0]
    #expect(reading.epoch == 1)
    #expect(reading.ready.map(\.region) == [west, east])
  }

  /// us-east-1 is well, is emptied at minute 70, by command or by itself, and worked on from 80 to 110.
  private func emptied(byCommand isCommanded: Bool) -> Engine {
    var topology = Estates.shop(services: ["web", "checks"])
    topology.deployments[0].model = .activeActive
    for index in topology.regions.indices { topology.regions[index].role = .active }
    var story = Story(topology: topology)
    let (work, away) = (80..<110, 70..<130)
    story.add("web", .requests, from: east, 0..<200) { away.contains($0) ? 500 : 60_000 }
    story.add("web", .requests, from: west, 0..<200) { away.contains($0) ? 79_500 : 20_000 }
    story.add("web", .healthyHosts, from: east, 0..<200) { work.contains($0) ? 0 : 9 }
    story.add("checks", .healthStatus, from: east, 0..<200) { work.contains($0) ? 0 : 1 }
    story.add("checks", .healthStatus, from: west, 0..<200) { _ in 1 }
    if isCommanded { story.event("UpdateEndpointGroup", at: 70, region: west) }
    var checks = Estates.checks
    checks.events = [
      ServiceEvent(name: "UpdateEndpointGroup", proves: .trafficShift, means: "a dial was changed")
    ]
    var engine = Engine(
      topology: topology, catalog: Catalog(kinds: [Estates.balancer, checks]))
    engine.ingest(story.batch)
    _ = engine.advance(to: Story.minute(200))
    return engine
  }

  @Test
  func `what fails in a region that was emptied by command fails nobody: it is in maintenance`() {
    let engine = emptied(byCommand: true)
    #expect(
      engine.words(.region) == [
        "us-east-1 HEALTHY>MAINTENANCE", "us-east-1 MAINTENANCE>HEALTHY",
      ])
    #expect(engine.words(.failover).first == "orders STEADY>FAILING_OVER")
    #expect(engine.words(.failover).last == "orders FAILING_BACK>STEADY")
    #expect(!emptied(byCommand: false).words(.region).contains { $0.contains("MAINTENANCE") })
  }
}
