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
}
