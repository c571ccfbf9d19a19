import Telemetry
import Testing

@testable import Monitoring

@Suite
struct FailoverTests {
  private let east = Estates.east
  private let west = Estates.west

  /// us-east-1 fails at minute 60, is failed over at 75 and comes back as a replica at 140.
  private func failing(seed: UInt64 = 7) -> Story {
    let fate = Fate(eastDown: 60..<130, promoted: 75, returned: 140)
    var story = Story.shop(fate, minutes: 0..<180, seed: seed)
    story.event("FailoverGlobalCluster", at: 70, region: west)
    story.event("RDS-EVENT-0391", at: 72, region: west, subject: "orders-eu-west-1")
    story.event("RDS-EVENT-0238", at: 75, region: west, subject: "orders-eu-west-1")
    return story
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `an unplanned failover goes through its states`(seed: UInt64) throws {
    let engine = failing(seed: seed).played(to: 180)
    #expect(
      engine.words(.failover) == [
        "orders STEADY>DETECTING", "orders DETECTING>FAILING_OVER",
        "orders FAILING_OVER>FAILED_OVER", "orders FAILED_OVER>STEADY_SWAPPED",
      ], "seed \(seed)")
    let after = engine.moment(at: Story.minute(100)).failovers[0]
    #expect(after.state == .failedOver)
    #expect(after.writer == west)
    #expect(after.epoch == 2)
    #expect(after.incidentStart == Story.minute(60))
    // The last write is in minute 59, and so is the last sample, which tells of some 400 ms of lag.
    let rpo = try #require(after.rpoAchievedSeconds)
    #expect(rpo > 60 && rpo < 61)
    // Until the requests are, and for five minutes stay, at nine tenths of normal; their noise of a fifth
    // may cost some minutes.
    #expect(after.rtoAchievedSeconds.map { (900...1380).contains($0) } == true)
    #expect(Set(after.evidence.map(\.family)).count >= 2)
    let before = engine.moment(at: Story.minute(50)).failovers[0]
    #expect(before.state == .steady)
    #expect(before.writer == east)
    #expect(before.epoch == 1)
    #expect(before.incidentStart == nil)
    #expect(before.rpoAchievedSeconds == nil)
  }

  @Test
  func `roles and links move with the writer`() {
    let engine = failing().played(to: 180)
    let before = engine.moment(at: Story.minute(50))
    #expect(before.regions.map(\.role) == [.primary, .standby])
    #expect(before.links.filter { $0.service == "orders-db" }.map(\.from) == [east])
    let after = engine.moment(at: Story.minute(100))
    #expect(after.regions.map(\.role) == [.standby, .primary])
    #expect(after.links.filter { $0.service == "orders-db" }.map(\.from) == [west])
    #expect(after.links.first { $0.service == "orders-db" }?.lagSeconds == nil)
    let end = engine.moment(at: Story.minute(170))
    #expect(end.links.first { $0.service == "orders-db" }?.state == .ok)
  }

  @Test
  func `a planned switchover loses nothing and ends with the roles swapped`() {
    let fate = Fate(promoted: 63, returned: 66)
    var story = Story.shop(fate, minutes: 0..<120)
    let subject = "orders-eu-west-1"
    story.event("RDS-EVENT-0181", at: 60, region: west, subject: subject)
    story.event("RDS-EVENT-0423", at: 61, region: west, subject: subject)
    story.event("RDS-EVENT-0182", at: 62, region: east, subject: "orders-us-east-1")
    story.event("RDS-EVENT-0184", at: 62.5, region: west, subject: subject)
    story.event("RDS-EVENT-0397", at: 63, region: west, subject: subject)
    story.event("RDS-EVENT-0185", at: 64, region: west, subject: subject)
    let engine = story.played(to: 120)
    #expect(
      engine.words(.failover) == [
        "orders STEADY>FAILING_OVER", "orders FAILING_OVER>FAILED_OVER",
        "orders FAILED_OVER>STEADY_SWAPPED",
      ])
    let end = engine.moment().failovers[0]
    #expect(end.rpoAchievedSeconds == 0)
    #expect(end.rtoAchievedSeconds.map { $0 <= 240 } == true)
    #expect(end.writer == west)
    #expect(end.epoch == 2)
    #expect(engine.words(.region) == [])
  }

  @Test
  func `two regions that write are a split brain, and one that forwards is not`() {
    var story = Story(topology: Estates.shop(services: ["orders-db"]))
    story.add("orders-db", .writes, from: east, 0..<60) { _ in 800 }
    story.add("orders-db", .writes, from: west, 0..<60) { $0 < 20 ? 0 : 300 }
    var forwarding = story
    story.add("orders-db", .lag, from: east, to: west, 0..<20) { _ in 400 }
    forwarding.add("orders-db", .lag, from: east, to: west, 0..<60) { _ in 400 }
    let engine = story.played(to: 40)
    #expect(engine.words(.failover) == ["orders STEADY>SPLIT_BRAIN"])
    #expect(engine.moment().failovers[0].writers == [west, east])
    #expect(engine.moment().failovers[0].writer == nil)
    let calm = forwarding.played(to: 60)
    #expect(calm.words(.failover) == [])
    #expect(calm.moment().failovers[0].writers == [east])
  }

  @Test
  func `writes of a handover that arrive one after the other are no split brain`() {
    var story = Story(topology: Estates.shop(services: ["orders-db"]))
    story.add("orders-db", .writes, from: east, 0..<60, arrival: 2.5) {
      $0 < 20 ? 800 : $0 == 20 ? 300 : 0
    }
    story.add("orders-db", .writes, from: west, 0..<60) { $0 < 20 ? 0 : $0 == 20 ? 200 : 800 }
    story.add("orders-db", .lag, from: east, to: west, 0..<20) { _ in 400 }
    let engine = story.played(to: 60)
    #expect(
      engine.words(.failover) == [
        "orders STEADY>FAILING_OVER", "orders FAILING_OVER>FAILED_OVER",
      ])
  }

  @Test
  func `without measured writes the lag tells who writes, and that the roles moved`() {
    var story = Story(topology: Estates.shop(services: ["orders-db"]))
    story.add("orders-db", .lag, from: east, to: west, 0..<30) { _ in 400 }
    story.add("orders-db", .lag, from: west, to: east, 34..<60) { _ in 500 }
    story.add(LinkTests.other(east), 0..<60) { _ in 1 }
    story.add(LinkTests.other(west), 0..<60) { _ in 1 }
    let engine = story.played(to: 60)
    let before = engine.moment(at: Story.minute(20))
    #expect(before.failovers[0].writer == east)
    #expect(before.links.map(\.from) == [east])
    let after = engine.moment()
    #expect(after.failovers[0].writer == west)
    #expect(after.failovers[0].epoch == 2)
    #expect(after.links.map(\.from) == [west])
    #expect(after.links.map(\.state) == [.ok])
    #expect(after.regions.map(\.role) == [.standby, .primary])
  }

  @Test
  func `no writer is known as such`() {
    var story = Story(topology: Estates.shop(services: ["orders-db"]))
    story.add("orders-db", .writes, from: east, 0..<60) { $0 < 20 ? 800 : 0 }
    story.add("orders-db", .writes, from: west, 0..<60) { _ in 0 }
    story.add("orders-db", .lag, from: east, to: west, 0..<60) { _ in 400 }
    let reading = story.played(to: 30).moment().failovers[0]
    #expect(reading.writersKnown)
    #expect(reading.writers == [])
  }

  @Test
  func `one kind of evidence moves nothing`() {
    var story = Story.shop(minutes: 0..<120)
    story.event("RDS-EVENT-0238", at: 60, region: west, subject: "orders-eu-west-1")
    story.event("RDS-EVENT-0187", at: 80, region: west, subject: "orders-eu-west-1")
    let engine = story.played(to: 120)
    #expect(engine.words(.failover) == [])
    #expect(engine.moment().failovers[0].epoch == 1)
  }

  @Test
  func `a blind primary freezes the machine, and sight gives the state back`() {
    let engine = Story.shop(Fate(eastUnseen: 60..<120), minutes: 0..<180).played(to: 180)
    #expect(engine.words(.failover) == ["orders STEADY>BLIND", "orders BLIND>STEADY"])
    let during = engine.moment(at: Story.minute(100)).failovers[0]
    #expect(!during.writersKnown)
    #expect(during.epoch == 1)
  }

  @Test
  func `a switchover that fails is stuck`() {
    var story = Story.shop(minutes: 0..<120)
    story.event("SwitchoverGlobalCluster", at: 59.9, region: west, subject: "orders-eu-west-1")
    story.event("RDS-EVENT-0181", at: 60, region: west, subject: "orders-eu-west-1")
    story.event("RDS-EVENT-0423", at: 61, region: west, subject: "orders-eu-west-1")
    story.event("RDS-EVENT-0187", at: 70, region: west, subject: "orders-eu-west-1")
    #expect(
      story.played(to: 80).words(.failover) == [
        "orders STEADY>FAILING_OVER", "orders FAILING_OVER>STUCK",
      ])
  }

  @Test
  func `what only the provider tells is expected, and not reported before something agrees`() {
    var story = Story.shop(minutes: 0..<120)
    story.event("RDS-EVENT-0181", at: 60, region: west, subject: "orders-eu-west-1")
    story.event("RDS-EVENT-0423", at: 61, region: west, subject: "orders-eu-west-1")
    story.event("RDS-EVENT-0187", at: 70, region: west, subject: "orders-eu-west-1")
    let engine = story.played(to: 80)
    let during = engine.moment(at: Story.minute(65)).failovers[0]
    #expect(during.state == .steady)
    #expect(during.expectedState == .failingOver)
    #expect(during.expectedWriter == west)
    #expect(during.differsSince == Story.minute(60))
    // It still writes where it wrote, which agrees with the provider's word that it has failed.
    #expect(engine.words(.failover) == ["orders STEADY>STUCK"])
  }

  @Test
  func `a switchover that is cancelled leaves everything as it was`() {
    var story = Story.shop(minutes: 0..<120)
    story.event("SwitchoverGlobalCluster", at: 59.9, region: west, subject: "orders-eu-west-1")
    story.event("RDS-EVENT-0181", at: 60, region: west, subject: "orders-eu-west-1")
    story.event("RDS-EVENT-0423", at: 61, region: west, subject: "orders-eu-west-1")
    story.event("RDS-EVENT-0186", at: 70, region: west, subject: "orders-eu-west-1")
    #expect(
      story.played(to: 120).words(.failover) == [
        "orders STEADY>FAILING_OVER", "orders FAILING_OVER>STEADY",
      ])
  }

  @Test
  func `a standby is ready while its checks are go, and not when its lag breaks the objective`() {
    var story = Story(topology: Estates.shop(services: ["orders-db"]))
    story.add("orders-db", .writes, from: east, 0..<60) { _ in 800 }
    story.add("orders-db", .writes, from: west, 0..<60) { _ in 0 }
    story.add("orders-db", .lag, from: east, to: west, 0..<60) {
      (20..<30).contains($0) ? 9000 : 400
    }
    let engine = story.played(to: 60)
    #expect(
      engine.lines(.readiness) == [
        "21.0 orders eu-west-1 READY>NOT_READY", "31.0 orders eu-west-1 NOT_READY>READY",
      ])
    let ready = engine.moment(at: Story.minute(15)).failovers[0].ready
    #expect(ready.map(\.region) == [west])
    #expect(ready[0].checks.map(\.id) == ["lag", "freshness", "health", "writer", "blast-radius"])
    #expect(ready[0].checks[0].value == "400 ms")
    #expect(ready[0].checks[0].limit == "5 s")
    #expect(ready[0].checks[0].ageSeconds == 60)
  }
}
