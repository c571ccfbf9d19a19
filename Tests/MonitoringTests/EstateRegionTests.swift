import Telemetry
import Testing

@testable import Monitoring

@Suite
struct EstateRegionTests {
  private let east = Estates.east
  private let west = Estates.west

  @Test(arguments: [UInt64(1), 2, 3])
  func `a day of clean noisy data moves no region and no failover`(seed: UInt64) {
    let engine = Story.shop(minutes: 0..<1440, seed: seed).played(to: 1440)
    #expect(engine.words(.region, .failover, .readiness, .link) == [], "seed \(seed)")
    #expect(engine.moment().regions.map(\.health) == [.healthy, .healthy])
  }

  @Test
  func `a region is read with its share, rate, errors and age`() throws {
    var story = Story(topology: Estates.shop(services: ["web"]))
    story.add("web", .requests, from: east, 0..<10) { _ in 60_000 }
    story.add("web", .requests, from: west, 0..<10) { _ in 20_000 }
    story.add("web", .errors, from: east, 9..<10) { _ in 120 }
    story.add("web", .latency, from: east, 0..<10) { _ in 0.2 }
    let region = try #require(story.played(to: 10).region(east))
    #expect(region.trafficShare == 0.75)
    #expect(region.requestsPerSecond == 1000)
    #expect(region.errorRatio == 0.002)
    #expect(region.latencySeconds == 0.2)
    #expect(region.dataAgeSeconds == 60)
    #expect(region.role == .primary)
  }

  @Test
  func `a lost minute leaves the shares as they were, the end of a feed makes them unknown`() {
    var story = Story(topology: Estates.shop(services: ["web"]))
    story.add("web", .requests, from: east, 0..<40) { $0 == 19 || $0 > 24 ? nil : 60_000 }
    story.add("web", .latency, from: east, 0..<40) { _ in 0.2 }
    story.add("web", .requests, from: west, 0..<40) { _ in 20_000 }
    let engine = story.played(to: 40)
    for minute in 5...25 {
      let shares = engine.moment(at: Story.minute(Double(minute))).regions.map(\.trafficShare)
      #expect(shares == [0.75, 0.25], "minute \(minute)")
    }
    #expect(engine.moment().regions.map(\.trafficShare) == [nil, nil])
  }

  @Test
  func `a region that is down has no part of the requests, and the others have them all`() {
    let fate = Fate(eastUnseen: 60..<120, eastDown: 60..<120)
    let engine = Story.shop(fate, minutes: 0..<120).played(to: 120)
    #expect(engine.moment().regions.map(\.trafficShare) == [nil, 1])
  }

  @Test
  func `errors are zero beside requests, and unknown without them`() {
    var story = Story(topology: Estates.shop(services: ["web"]))
    story.add("web", .requests, from: east, 0..<20) { $0 < 10 ? 60_000 : nil }
    story.add("web", .errors, from: east, 0..<1) { _ in 1 }
    let engine = story.played(to: 20)
    #expect(engine.moment(at: Story.minute(10)).regions[0].errorRatio == 0)
    #expect(engine.moment(at: Story.minute(20)).regions[0].errorRatio == nil)
  }

  @Test
  func `everything of a region silent together is blind, not down`() {
    let fate = Fate(eastUnseen: 60..<120)
    let engine = Story.shop(fate, minutes: 0..<180).played(to: 180)
    #expect(
      engine.words(.region) == [
        "us-east-1 HEALTHY>BLIND", "us-east-1 BLIND>HEALTHY",
      ])
    let now = Story.shop(fate, minutes: 0..<180).played(to: 100).moment().regions[0]
    #expect(now.reasons == ["nothing has been seen from it for 41 min"], "as it is, not as it was")
    let during = engine.moment(at: Story.minute(100))
    #expect(during.regions[0].health == .blind)
    #expect(during.regions[0].trafficShare == nil)
    #expect(during.regions[1].trafficShare == nil, "a share needs all regions")
    #expect(during.failovers[0].state == .blind)
  }

  @Test
  func `Route 53 metrics missing with us-east-1 do not make another region sick`() {
    let fate = Fate(eastUnseen: 60..<120)
    let engine = Story.shop(fate, minutes: 0..<120).played(to: 120)
    #expect(engine.region(west)?.health == .healthy)
    let ready = engine.moment().failovers[0].ready[0]
    let routing = ready.checks.first { $0.id == "routing" }
    #expect(routing?.verdict == .unknown)
    #expect(ready.verdict == .unknown)
  }

  @Test
  func `silent, and its copies elsewhere stand still, is down`() {
    let fate = Fate(eastUnseen: 60..<120, eastDown: 60..<120)
    let engine = Story.shop(fate, minutes: 0..<120).played(to: 120)
    #expect(engine.region(east)?.health == .down)
    #expect(engine.region(west)?.health == .healthy)
  }

  @Test
  func `requests that never arrive count, while server-side errors stay at zero`() {
    var story = Story(topology: Estates.shop(services: ["web", "sessions"]))
    story.add("web", .requests, from: east, 0..<120) { $0 < 60 ? 60_000 : 900 }
    story.add("web", .requests, from: west, 0..<120) { _ in 20_000 }
    story.add("sessions", .errors, from: east, 0..<120) { _ in 0 }
    story.add("sessions", .writes, from: east, 0..<120) { $0 < 60 ? 6000 : 0 }
    let engine = story.played(to: 120)
    #expect(engine.words(.region) == ["us-east-1 HEALTHY>DOWN"])
    #expect(engine.region(east)?.errorRatio == 0)
  }

  @Test
  func `replicated writes that stop with their source say nothing about their target`() {
    var story = Story(topology: Estates.shop(services: ["web", "sessions"]))
    story.add("web", .requests, from: east, 0..<120) { _ in 60_000 }
    story.add("web", .requests, from: west, 0..<120) { _ in 20_000 }
    story.add("sessions", .writes, from: west, 0..<120) { $0 < 60 ? 6000 : 100 }
    story.add("sessions", .lag, from: east, to: west, 0..<60) { _ in 700 }
    #expect(story.played(to: 120).words(.region) == [])
  }

  @Test
  func `traffic that went elsewhere is no sickness`() {
    var story = Story(topology: Estates.shop(services: ["web"]))
    story.add("web", .requests, from: east, 0..<120) { $0 < 60 ? 60_000 : 0 }
    story.add("web", .requests, from: west, 0..<120) { $0 < 60 ? 20_000 : 80_000 }
    #expect(story.played(to: 120).words(.region) == [])
  }

  @Test
  func `a region gets better only after a quiet time, to the worst seen in it`() {
    var story = Story(topology: Estates.shop(services: ["web"]))
    story.add("web", .requests, from: east, 0..<60) { _ in 10_000 }
    story.add("web", .requests, from: west, 0..<60) { _ in 10_000 }
    story.add("web", .errors, from: east, 0..<60) {
      (20..<30).contains($0) ? 2000 : (30..<32).contains($0) ? 200 : nil
    }
    #expect(
      story.played(to: 60).lines(.region) == [
        "22.0 us-east-1 HEALTHY>IMPAIRED", "37.0 us-east-1 IMPAIRED>DEGRADED",
        "42.1 us-east-1 DEGRADED>HEALTHY",
      ])
  }
}
