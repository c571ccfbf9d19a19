import Telemetry
import Testing

@testable import Monitoring

@Suite
struct LinkTests {
  private let east = Estates.east
  private let west = Estates.west
  private let south = Estates.south

  /// A story with the primary's commits, so that regions are seen and the source writes.
  private func story(
    _ services: [String] = ["orders-db"], third: Bool = false, minutes: Range<Int> = 0..<60
  ) -> Story {
    var story = Story(topology: Estates.shop(services: services, third: third))
    if services.contains("orders-db") {
      story.add("orders-db", .writes, from: east, minutes) { _ in 800 }
    }
    return story
  }

  // RPO now

  @Test
  func `RPO now is lag plus age, in seconds beside the native number`() throws {
    var story = story()
    story.add("orders-db", .lag, from: east, to: west, 0..<15) { _ in 410 }
    let link = try #require(story.played(to: 15).link("orders-db", east, west))
    #expect(link.state == .ok)
    #expect(link.nativeValue == 410)
    #expect(link.nativeUnit == "Milliseconds")
    #expect(link.lagSeconds == 0.41)
    #expect(link.ageSeconds == 60)
    #expect(link.rpoNowSeconds == 60.41)
    #expect(link.rpoSeconds == 5)
    #expect(link.warnSeconds == 1)
    #expect(link.reasons == [])
  }

  @Test
  func `the minute between two samples breaks no five-second objective`() {
    var story = story()
    story.add("orders-db", .lag, from: east, to: west, 0..<60) { _ in 900 }
    #expect(story.played(to: 60).words(.link) == [])
  }

  @Test
  func `lag above the objective breaks it at once, and mends at once`() {
    var story = story()
    story.add("orders-db", .lag, from: east, to: west, 0..<30) { $0 == 20 ? 6000 : 410 }
    #expect(
      story.played(to: 30).lines(.link) == [
        "21.0 orders-db us-east-1>eu-west-1 OK>BREACHED",
        "22.0 orders-db us-east-1>eu-west-1 BREACHED>OK",
      ])
  }

  @Test
  func `two lost samples break the objective when lag plus age exceeds it, one does not`() throws {
    var story = story()
    story.add("orders-db", .lag, from: east, to: west, 0..<20) { _ in 400 }
    let engine = story.played(to: 30)
    // Period 60 s and delay 120 s: the sample of minute 19 is overdue after minute 22.
    #expect(
      engine.lines(.link) == [
        "22.1 orders-db us-east-1>eu-west-1 OK>STALE",
        "23.1 orders-db us-east-1>eu-west-1 STALE>BREACHED",
      ])
    let link = try #require(engine.link("orders-db", east, west))
    #expect(link.rpoNowSeconds == 11 * 60 + 0.4)
    #expect(
      link.reasons.last == "eu-west-1 is seen, but AuroraGlobalDBRPOLag is missing there"
        || link.reasons.count == 2)
  }

  @Test
  func `an overdue sample within the objective is stale`() {
    var story = story(["images", "web"])
    story.add("web", .requests, from: west, 0..<60) { _ in 1000 }
    story.add("images", .lag, from: east, to: west, 0..<20) { _ in 30 }
    let engine = story.played(to: 30)
    #expect(engine.lines(.link) == ["24.1 images us-east-1>eu-west-1 OK>STALE"])
    #expect(engine.link("images", east, west)?.rpoNowSeconds == 690.0)
  }

  @Test
  func `two of three samples above the bound warn, one does not`() {
    var story = story()
    story.add("orders-db", .lag, from: east, to: west, 0..<40) {
      $0 == 10 || (20..<23).contains($0) ? 2000 : 400
    }
    #expect(
      story.played(to: 40).lines(.link) == [
        "22.0 orders-db us-east-1>eu-west-1 OK>WARN",
        "26.0 orders-db us-east-1>eu-west-1 WARN>OK",
      ])
  }

  @Test
  func `a feed that is habitually three minutes late is not overdue`() {
    var story = story()
    story.add("orders-db", .lag, from: east, to: west, 0..<60, arrival: 4) { _ in 400 }
    #expect(story.played(to: 60).words(.link) == [])
  }

  // Publishing regions

  @Test
  func `Aurora's lag counts where the secondary publishes it`() {
    var story = story(third: true)
    story.add("orders-db", .lag, from: east, to: west, 0..<10) { _ in 400 }
    story.add("orders-db", .lag, from: east, to: south, 0..<10) { _ in 900 }
    let engine = story.played(to: 10)
    #expect(engine.link("orders-db", east, west)?.lagSeconds == 0.4)
    #expect(engine.link("orders-db", east, south)?.lagSeconds == 0.9)
    #expect(engine.moment().links.count == 2)
  }

  @Test
  func `lag published by the primary, against the manual, is taken and said`() throws {
    var story = story()
    let metric = MetricID(
      region: east, namespace: "AWS/RDS", name: "AuroraGlobalDBRPOLag",
      dimensions: [Dimension(name: "DBClusterIdentifier", value: "orders-us-east-1")],
      unit: "Milliseconds")
    story.add(metric, 0..<10) { _ in 300 }
    let link = try #require(story.played(to: 10).link("orders-db", east, west))
    #expect(link.lagSeconds == 0.3)
    #expect(
      link.reasons == [
        "the lag is read from the source region, where it is published against the manual"
      ])
  }

  @Test
  func `DynamoDB's lag counts where the source publishes it, for each direction`() {
    var story = story(["sessions"])
    story.add("sessions", .lag, from: east, to: west, 0..<10) { _ in 700 }
    story.add("sessions", .lag, from: west, to: east, 0..<10) { _ in 1500 }
    let engine = story.played(to: 10)
    #expect(engine.link("sessions", east, west)?.lagSeconds == 0.7)
    #expect(engine.link("sessions", west, east)?.lagSeconds == 1.5)
    let series = engine.link("sessions", east, west)?.series
    #expect(series.map { engine.store.metric($0).region } == east)
  }

  @Test
  func `S3's latency counts where the destination publishes it`() {
    var story = story(["images"])
    story.add("images", .lag, from: east, to: west, 0..<10) { _ in 20 }
    let engine = story.played(to: 10)
    let series = engine.link("images", east, west)?.series
    #expect(series.map { engine.store.metric($0).region } == west)
    #expect(engine.link("images", east, west)?.lagSeconds == 20)
  }

  @Test
  func `a series in the wrong region or with a foreign dimension answers for nothing`() {
    var story = story(["images"])
    let dimensions = [
      Dimension(name: "SourceBucket", value: "images-us-east-1"),
      Dimension(name: "DestinationBucket", value: "images-eu-west-1"),
    ]
    for metric in [
      MetricID(
        region: east, namespace: "AWS/S3", name: "ReplicationLatency", dimensions: dimensions),
      MetricID(
        region: west, namespace: "AWS/S3", name: "ReplicationLatency",
        dimensions: dimensions + [Dimension(name: "Other", value: "x")]),
      MetricID(
        region: west, namespace: "AWS/S3", name: "ReplicationLatency",
        dimensions: [Dimension(name: "BucketName", value: "images-eu-west-1")]),
    ] { story.add(metric, 0..<15) { _ in 20 } }
    let link = story.played(to: 15).link("images", east, west)
    #expect(link?.state == .stale)
    #expect(link?.lagSeconds == nil)
    #expect(link?.rpoNowSeconds == nil)
    #expect(
      link?.reasons == [
        "no ReplicationLatency has been seen from eu-west-1: not enabled, or its dimensions do not "
          + "match"
      ])
  }

  // Sentinels

  @Test
  func `minus one of a replica is broken, and its lag unknown`() {
    var story = story(["ledger"])
    story.add("ledger", .lag, from: east, to: west, 0..<15) { $0 < 10 ? 2 : -1 }
    let engine = story.played(to: 15)
    #expect(engine.lines(.link) == ["11.0 ledger us-east-1>eu-west-1 OK>BROKEN"])
    let link = engine.link("ledger", east, west)
    #expect(link?.nativeValue == -1)
    #expect(link?.lagSeconds == nil)
    #expect(link?.rpoNowSeconds == nil)
  }

  @Test
  func `zero of DynamoDB is a standstill only while the source writes`() {
    for isWriting in [true, false] {
      var story = story(["sessions"])
      story.add("sessions", .writes, from: east, 0..<20) { isWriting || $0 < 5 ? 6000 : 0 }
      story.add("sessions", .lag, from: east, to: west, 0..<20) { $0 < 10 ? 700 : 0 }
      let expected = isWriting ? ["12.0 sessions us-east-1>eu-west-1 OK>BROKEN"] : []
      #expect(story.played(to: 20).lines(.link) == expected)
    }
  }

  @Test
  func `failed operations of S3 break the link after five minutes, in the source region`() {
    var story = story(["images"])
    story.add("images", .lag, from: east, to: west, 0..<20) { _ in 20 }
    story.add("images", .failures, from: east, to: west, 0..<20) { $0 < 10 ? 0 : 2 }
    #expect(
      story.played(to: 20).lines(.link) == ["15.0 images us-east-1>eu-west-1 OK>BROKEN"])
  }

  @Test
  func `zero proves nothing where the source's writes are not seen`() throws {
    var story = story(["sessions"])
    story.add("sessions", .lag, from: east, to: west, 0..<20) { $0 < 10 ? 700 : 0 }
    let link = try #require(story.played(to: 20).link("sessions", east, west))
    #expect(link.state == .ok)
    #expect(link.nativeValue == 0)
    #expect(link.lagSeconds == nil)
    #expect(link.rpoNowSeconds == nil)
    #expect(
      link.reasons == ["ReplicationLatency is 0, which may mean that replication has stalled"])
  }

  @Test
  func `an idle PostgreSQL primary makes lag grow to five minutes, and nothing is missing`() throws
  {
    var story = story(["ledger"])
    story.add("ledger", .writes, from: east, 0..<40) { $0 < 10 ? 90 : 0.4 }
    // Since the last transaction of minute 10, with a new log segment every five minutes.
    story.add("ledger", .lag, from: east, to: west, 0..<40) {
      $0 < 10 ? 0 : Double(($0 - 10) % 5 * 60)
    }
    let engine = story.played(to: 40)
    #expect(engine.words(.link) == [])
    let link = try #require(engine.moment(at: Story.minute(15)).links.first)
    #expect(link.lagSeconds == 240)
    #expect(
      link.reasons == [
        "the source writes nothing, so nothing is missing, although ReplicaLag shows 4 min"
      ])
  }

  @Test
  func `the same lag is a broken objective where the source wrote just before, or still writes`() {
    for lastWrite in [14, 40] {
      var story = story(["ledger"])
      story.add("ledger", .writes, from: east, 0..<40) { $0 < lastWrite ? 90 : 0.4 }
      story.add("ledger", .lag, from: east, to: west, 0..<16) {
        $0 < 10 ? 0 : Double(($0 - 9) * 60)
      }
      #expect(
        story.played(to: 16).words(.link).contains("ledger us-east-1>eu-west-1 OK>BREACHED"),
        "last write in minute \(lastWrite)")
    }
  }

  // Planned moves

  @Test
  func `the drain rule is ten times the recent maximum, counted down from the last write`() throws {
    var story = story(["sessions"])
    story.add("sessions", .lag, from: east, to: west, 0..<40) { $0 == 20 ? 6000 : 700 }
    story.add("sessions", .writes, from: east, 0..<40) { $0 < 30 ? 6000 : 0 }
    let engine = story.played(to: 31)
    let before = engine.moment(at: Story.minute(29)).links.first { $0.from == east }
    let writing = try #require(before?.drain)
    #expect(writing.waitSeconds == 60)
    #expect(writing.pausedSince == nil)
    #expect(writing.remainingSeconds == 60)
    let paused = try #require(engine.link("sessions", east, west)?.drain)
    #expect(paused.pausedSince == Story.minute(30))
    #expect(paused.remainingSeconds == 0)
  }

  @Test
  func `no wait is promised where replication has stopped or is not seen`() {
    for silent in [true, false] {
      var story = story(["sessions"])
      story.add("sessions", .writes, from: east, 0..<60) { _ in 6000 }
      story.add("sessions", .lag, from: east, to: west, 0..<60) {
        $0 < 20 ? 700 : silent ? nil : 0
      }
      let engine = story.played(to: 40)
      #expect(engine.moment(at: Story.minute(19)).links.first { $0.from == east }?.drain != nil)
      #expect(engine.link("sessions", east, west)?.drain == nil)
    }
  }

  // Epochs

  @Test
  func `a link's line goes on over a switchover, in segments`() throws {
    let fate = Fate(eastDown: 60..<90, promoted: 66, returned: 100)
    let engine = Story.shop(fate, minutes: 0..<150).played(to: 150)
    let link = try #require(engine.link("orders-db", west, east))
    #expect(link.segments.map(\.epoch) == [1, 2])
    #expect(link.segments.map(\.from) == [east, west])
    #expect(link.segments.map(\.to) == [west, east])
    #expect(link.segments[0].start == nil)
    #expect(link.segments[0].end == link.segments[1].start)
    #expect(link.segments[1].end == nil)
    let regions = link.segments.compactMap { $0.series.map { engine.store.metric($0).region } }
    #expect(regions == [west, east])
    let before = try #require(engine.moment(at: Story.minute(30)).links.first)
    #expect(before.segments.count == 1)
  }

  @Test
  func `a third region's line goes on from its old source to its new one`() throws {
    var story = Story(topology: Estates.shop(services: ["orders-db"], third: true))
    story.add("orders-db", .writes, from: east, 0..<120) { $0 < 60 ? 800 : 0 }
    story.add("orders-db", .writes, from: west, 0..<120) { $0 < 62 ? 0 : 800 }
    story.add("orders-db", .lag, from: east, to: west, 0..<60) { _ in 400 }
    story.add("orders-db", .lag, from: east, to: south, 0..<60) { _ in 900 }
    story.add("orders-db", .lag, from: west, to: south, 63..<120) { _ in 500 }
    story.event("RDS-EVENT-0181", at: 59, subject: "orders-us-east-1", message: "to eu-west-1")
    story.event("RDS-EVENT-0184", at: 62, subject: "orders-eu-west-1")
    let engine = story.played(to: 120)
    let link = try #require(engine.link("orders-db", west, south))
    #expect(
      link.segments.map { "\($0.from)>\($0.to)" } == ["\(east)>\(south)", "\(west)>\(south)"])
  }

  // Forecasts

  @Test
  func `a link that is behind and comes closer tells when, one that falls back says diverging`() {
    var story = story(["ledger"])
    story.add("ledger", .writes, from: east, 0..<60) { _ in 90 }
    story.add("ledger", .lag, from: east, to: west, 0..<60) {
      $0 < 30 ? Double($0 * 60) : Double(1800 - ($0 - 30) * 30)
    }
    let engine = story.played(to: 60)
    let growing = engine.moment(at: Story.minute(25)).links.first?.catchUp
    #expect(growing?.isDiverging == true)
    #expect(growing?.slope == 1)
    let falling = engine.link("ledger", east, west)?.catchUp
    #expect(falling?.isDiverging == false)
    // 930 s at half a second a second, down to 30 s.
    #expect(falling?.earliestSeconds == 1800)
    // Where the newest sample is overdue, the trend is that of another time.
    #expect(story.played(to: 80).link("ledger", east, west)?.catchUp == nil)
  }

  // Absence

  @Test
  func `lag that turns into no data is worse: broken, when its region is seen and writes go on`() {
    var story = story(minutes: 0..<90)
    story.add("orders-db", .lag, from: east, to: west, 0..<20) { 400 + Double($0) * 100 }
    story.add(Self.other(west), 0..<90) { _ in 1 }
    let engine = story.played(to: 60)
    #expect(
      engine.words(.link) == [
        "orders-db us-east-1>eu-west-1 OK>WARN", "orders-db us-east-1>eu-west-1 WARN>STALE",
        "orders-db us-east-1>eu-west-1 STALE>BREACHED",
        "orders-db us-east-1>eu-west-1 BREACHED>BROKEN",
      ])
    #expect(engine.region(west)?.health == .healthy)
  }

  @Test
  func `lag missing with everything else of its region says nothing about replication`() {
    var story = story(minutes: 0..<90)
    story.add("orders-db", .lag, from: east, to: west, 0..<20) { _ in 400 }
    story.add(Self.other(west), 0..<20) { _ in 1 }
    let engine = story.played(to: 60)
    #expect(
      engine.words(.link) == [
        "orders-db us-east-1>eu-west-1 OK>STALE", "orders-db us-east-1>eu-west-1 STALE>BREACHED",
      ])
    #expect(engine.region(west)?.health == .blind)
  }

  @Test
  func `a late backfill mends the link and does not move time`() {
    var story = story()
    story.add("orders-db", .lag, from: east, to: west, 0..<20) { _ in 400 }
    story.add("orders-db", .lag, from: east, to: west, 20..<40, arrival: 25) { _ in 400 }
    let engine = story.played(to: 70)
    #expect(
      engine.words(.link) == [
        "orders-db us-east-1>eu-west-1 OK>STALE", "orders-db us-east-1>eu-west-1 STALE>BREACHED",
      ])
  }

  /// Some metric of a region that plays no role: a witness that the region is seen.
  static func other(_ region: String) -> MetricID {
    MetricID(region: region, namespace: "AWS/EC2", name: "CPUUtilization")
  }
}
