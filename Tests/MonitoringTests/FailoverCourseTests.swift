import Telemetry
import Testing

@testable import Monitoring

/// Failovers that do not go as planned: users who stay behind, a way home without a word, second losses.
@Suite
struct FailoverCourseTests {
  private let east = Estates.east
  private let west = Estates.west
  private let south = Estates.south

  /// us-east-1 loses its writer at minute 60, eu-west-1 writes from 75; us-east-1's requests go on to it
  /// until a minute, and fail there or not.
  private func story(staying until: Int, failing: Bool, home: Int = 500) -> Story {
    var story = Story(topology: Estates.shop(services: ["orders-db", "web"]))
    func isWest(_ minute: Int) -> Bool { (75..<home).contains(minute) }
    func isAway(_ minute: Int) -> Bool { (until..<home).contains(minute) }
    story.add("orders-db", .writes, from: east, 0..<240) {
      isWest($0) || (60..<75).contains($0) ? 0 : 800
    }
    story.add("orders-db", .writes, from: west, 0..<240) { isWest($0) ? 800 : 0 }
    story.add("orders-db", .lag, from: east, to: west, 0..<240) { $0 < 60 ? 400 : nil }
    story.add("web", .requests, from: east, 0..<240) { isAway($0) ? 0 : 60_000 }
    story.add("web", .requests, from: west, 0..<240) { isAway($0) ? 62_000 : 2000 }
    story.add("web", .errors, from: east, 60..<(failing ? until : 75)) { _ in 50_000 }
    return story
  }

  @Test
  func `while requests fail where they were, a failover is not finished`() {
    let engine = story(staying: 95, failing: true).played(to: 120)
    #expect(
      engine.words(.failover) == [
        "orders STEADY>DETECTING", "orders DETECTING>FAILING_OVER",
        "orders FAILING_OVER>FAILED_OVER",
      ])
    #expect(engine.moment(at: Story.minute(94)).failovers[0].state == .failingOver)
  }

  @Test
  func `requests that are served where they were do not hold it up`() {
    let engine = story(staying: 500, failing: false).played(to: 120)
    #expect(engine.moment(at: Story.minute(86)).failovers[0].state == .failedOver)
  }

  @Test
  func `a failover whose users stay at a region that fails them is stuck, and stays so`() {
    let engine = story(staying: 200, failing: true).played(to: 190)
    #expect(engine.words(.failover).last == "orders FAILING_OVER>STUCK")
    #expect(engine.moment().failovers[0].state == .stuck)
  }

  @Test
  func `a writer that goes home with its requests is seen, although nobody says so`() {
    let engine = story(staying: 76, failing: true, home: 180).played(to: 200)
    #expect(engine.words(.failover).last == "orders FAILED_OVER>FAILING_BACK")
    #expect(engine.moment().failovers[0].primary == east)
    let kinds = Set(engine.moment().failovers[0].evidence.filter(\.supports).map(\.family))
    #expect(kinds.contains("writes") && kinds.contains("traffic"))
  }

  @Test
  func `a role that moved while nothing was seen moves once, and no region is said to be down`() {
    var story = Story(topology: Estates.shop(services: ["orders-db", "web"]))
    func isSeen(_ minute: Int, late: Int) -> Bool { minute < 60 || minute >= 150 + late }
    // Both regions are unseen from 60 on; eu-west-1 comes back first.
    story.add("orders-db", .writes, from: east, 0..<240) {
      isSeen($0, late: 8) ? ($0 < 60 ? 800 : 0) : nil
    }
    story.add("orders-db", .writes, from: west, 0..<240) {
      isSeen($0, late: 0) ? ($0 < 60 ? 0 : 800) : nil
    }
    story.add("orders-db", .lag, from: east, to: west, 0..<60) { _ in 400 }
    story.add("orders-db", .lag, from: west, to: east, 158..<240) { _ in 400 }
    story.add("web", .requests, from: east, 0..<240) {
      isSeen($0, late: 8) ? ($0 < 60 ? 60_000 : 2000) : nil
    }
    story.add("web", .requests, from: west, 0..<240) {
      isSeen($0, late: 0) ? ($0 < 60 ? 2000 : 60_000) : nil
    }
    let engine = story.played(to: 240)
    #expect(!engine.words(.region).contains { $0.hasSuffix(">DOWN") })
    #expect(engine.words(.failover).filter { $0.hasSuffix(">BLIND") }.count == 1)
    #expect(engine.moment().failovers[0].state == .steadySwapped)
  }

  @Test
  func
    `a second active region that fails is evacuated too, and the first one still counts as left`()
  {
    var topology = Estates.shop(services: ["web"], third: true)
    topology.services[0].replicas = [east, west, south]
    topology.deployments[0].model = .activeActive
    for index in topology.regions.indices { topology.regions[index].role = .active }
    var story = Story(topology: topology)
    func requests(_ region: String, _ minute: Int) -> Double {
      let plan = [east: 50_000.0, west: 30_000, south: 20_000]
      let lost = (minute < 62 ? [] : [east]) + (122..<180 ~= minute ? [west] : [])
      guard !lost.contains(region), let own = plan[region] else { return 0 }
      let left = plan.filter { !lost.contains($0.key) }.values.reduce(0, +)
      return own * 100_000 / left
    }
    for region in [east, west, south] {
      story.add("web", .requests, from: region, 0..<260) { requests(region, $0) }
    }
    let outages = [(east, 60..<500), (west, 120..<175)]
    for (region, outage) in outages {
      story.add("web", .healthyHosts, from: region, 0..<260) { outage.contains($0) ? 0 : 9 }
      story.add("web", .errors, from: region, 0..<260) {
        outage.contains($0) && requests(region, $0) > 0 ? 9000 : nil
      }
    }
    let engine = story.played(to: 260)
    #expect(
      engine.words(.failover) == [
        "orders STEADY>DETECTING", "orders DETECTING>FAILING_OVER",
        "orders FAILING_OVER>FAILED_OVER", "orders FAILED_OVER>DETECTING",
        "orders DETECTING>FAILING_OVER", "orders FAILING_OVER>FAILED_OVER",
        "orders FAILED_OVER>FAILING_BACK", "orders FAILING_BACK>FAILED_OVER",
      ])
  }
}
