import Telemetry
import Testing

@testable import Monitoring

/// The six meanings of absence.
@Suite
struct AbsenceTests {
  private let east = Estates.east
  private let west = Estates.west

  private func shop(_ services: [String]) -> Story {
    Story(topology: Estates.shop(services: services))
  }

  private func meaning(
    _ metric: String, in region: String, of engine: Engine, at minute: Double? = nil
  ) -> AbsenceReading? {
    let moment = minute.map { engine.moment(at: Story.minute($0)) } ?? engine.moment()
    let region = moment.regions.first { $0.region == region }
    return region?.absences.first { $0.metric == metric }
  }

  @Test
  func `what is there is not absent`() {
    var story = shop(["web"])
    story.add("web", .requests, from: east, 0..<30) { _ in 1000 }
    #expect(meaning("RequestCount", in: east, of: story.played(to: 30)) == nil)
  }

  @Test
  func `a sparse metric beside an always-metric of its resource is zero`() {
    var story = shop(["web"])
    story.add("web", .requests, from: east, 0..<30) { _ in 1000 }
    story.add("web", .errors, from: east, 3..<4) { _ in 7 }
    let found = meaning("HTTPCode_Target_5XX_Count", in: east, of: story.played(to: 30))
    #expect(found?.meaning == .zero)
    #expect(found?.lastSeen == Story.minute(3))
    #expect(
      found?.evidence
        == "RequestCount of the same resource is there, so HTTPCode_Target_5XX_Count is zero")
  }

  @Test
  func `a sparse metric without its always-metric is unknown, and that one is broken`() {
    var story = shop(["web"])
    story.add("web", .requests, from: east, 0..<30) { $0 < 15 ? 1000 : nil }
    story.add("web", .errors, from: east, 0..<10) { _ in 7 }
    story.add(LinkTests.other(east), 0..<30) { _ in 1 }
    let engine = story.played(to: 30)
    #expect(meaning("HTTPCode_Target_5XX_Count", in: east, of: engine)?.meaning == .unknown)
    let requests = meaning("RequestCount", in: east, of: engine)
    #expect(requests?.meaning == .broken)
    #expect(requests?.evidence == "us-east-1 is seen, but RequestCount is missing there")
  }

  @Test
  func `everything that ages together is a region that is not seen`() {
    let fate = Fate(eastUnseen: 60..<120)
    let engine = Story.shop(fate, minutes: 0..<120).played(to: 110)
    let region = engine.region(east)
    #expect(region?.freshness == 0)
    #expect(region?.absences.isEmpty == false)
    #expect(region?.absences.allSatisfy { $0.meaning == .regionBlind } == true)
    #expect(engine.moment(at: Story.minute(50)).regions[0].freshness == 1)
  }

  @Test
  func `a metric that ended here and began there says that the role has moved`() {
    let fate = Fate(eastDown: 60..<90, promoted: 66, returned: 100)
    let engine = Story.shop(fate, minutes: 0..<150).played(to: 150)
    let lag = meaning("AuroraGlobalDBRPOLag", in: west, of: engine)
    #expect(lag?.meaning == .roleMoved)
    #expect(lag?.evidence.contains("it began in us-east-1: the primary is eu-west-1") == true)
  }

  @Test
  func `what was never seen is not enabled, once its region has been seen for a while`() {
    var story = shop(["web", "images"])
    story.add("web", .requests, from: west, 0..<30) { _ in 1000 }
    let engine = story.played(to: 30)
    #expect(meaning("ReplicationLatency", in: west, of: engine, at: 5) == nil)
    let lag = meaning("ReplicationLatency", in: west, of: engine)
    #expect(lag?.meaning == .neverEnabled)
    #expect(
      lag?.evidence == "no ReplicationLatency has been seen from eu-west-1: it has to be enabled")
    #expect(engine.link("images", east, west)?.absence?.meaning == .neverEnabled)
  }

  @Test
  func `a copy has no writer of its own, and nothing replicates into the primary`() {
    let engine = Story.shop(minutes: 0..<60).played(to: 60)
    let names = engine.moment().regions.flatMap(\.absences)
      .filter { $0.service == "orders-db" }.map { "\($0.metric) \($0.region)" }
    #expect(names == [])
  }

  @Test
  func `freshness is the part of the always-metrics that is fresh`() {
    var story = shop(["web"])
    story.add("web", .requests, from: east, 0..<30) { _ in 1000 }
    story.add("web", .healthyHosts, from: east, 0..<30) { $0 < 10 ? 12 : nil }
    let engine = story.played(to: 30)
    #expect(engine.moment(at: Story.minute(9)).regions[0].freshness == 1)
    #expect(engine.region(east)?.freshness == 0.5)
    #expect(engine.region(west)?.freshness == nil)
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `an earlier instant is read as it was read then`(seed: UInt64) {
    let fate = Fate(eastUnseen: 80..<100, eastDown: 60..<100, promoted: 66, returned: 120)
    let story = Story.shop(fate, minutes: 0..<180, seed: seed)
    let whole = story.played(to: 180)
    for minute in stride(from: 20.0, to: 180, by: 13) {
      let then = story.played(to: minute).moment().regions.map(\.absences)
      let later = whole.moment(at: Story.minute(minute)).regions.map(\.absences)
      #expect(then.map { $0.map(\.meaning) } == later.map { $0.map(\.meaning) }, "\(minute)")
    }
  }
}
