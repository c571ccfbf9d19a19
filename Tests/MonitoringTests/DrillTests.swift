import Telemetry
import Testing

@testable import Monitoring

@Suite
struct DrillTests {
  private let west = Estates.west

  /// A switchover at minute 60, with what marks it as a drill.
  private func switchover(rto: Double = 900, mark: (inout Story) -> Void = { _ in }) -> Engine {
    var story = Story.shop(Fate(promoted: 63, returned: 66), minutes: 0..<120)
    var topology = story.topology
    topology.deployments[0].rtoSeconds = rto
    story = Story(topology: topology, batch: story.batch)
    let subject = "orders-eu-west-1"
    story.event("SwitchoverGlobalCluster", at: 59.9, region: west, subject: subject)
    story.event("RDS-EVENT-0181", at: 60, region: west, subject: subject)
    story.event("RDS-EVENT-0182", at: 62, region: Estates.east, subject: "orders-us-east-1")
    story.event("RDS-EVENT-0184", at: 62.5, region: west, subject: subject)
    mark(&story)
    return story.played(to: 120)
  }

  @Test
  func `a drill that keeps its objectives passes`() throws {
    let drills = switchover().moment().drills()
    try #require(drills.count == 1)
    #expect(drills[0].result == .passed)
    #expect(drills[0].reasons == [])
    #expect(drills[0].fromRegion == Estates.east)
    #expect(drills[0].toRegion == west)
    #expect(drills[0].states == [.failingOver, .failedOver, .steadySwapped])
    #expect(drills[0].rpoSeconds == 0)
    #expect(drills[0].fencing == .seen)
    #expect(!drills[0].isMarked)
    let parts = RecoveryPhase.allCases.compactMap { drills[0].clock.seconds(of: $0) }
    #expect(parts.count == 4)
    #expect(parts.reduce(0, +) == drills[0].rtoSeconds)
  }

  @Test
  func `a drill past its objective fails, and says by how much`() throws {
    let drill = try #require(switchover(rto: 60).moment().drills().first)
    #expect(drill.result == .failed)
    #expect(drill.reasons.count == 1)
    #expect(drill.reasons[0].hasSuffix("the objective is 60 s"))
  }

  @Test(arguments: ["note", "experiment", "topology"])
  func `a drill is marked by a note, an experiment or the topology`(by: String) {
    let engine = switchover { story in
      switch by {
      case "note":
        story.add(Event(at: 50, "operator", "Note", message: "drill begins: game day"))
        story.add(Event(at: 61, "operator", "Note", message: "drill ends"))
      case "experiment":
        story.add(
          Event(
            at: 50, "aws.fis", "FIS Experiment State Change",
            attributes: [Dimension(name: "new-state.status", value: "running")]))
        story.add(
          Event(
            at: 61, "aws.fis", "FIS Experiment State Change",
            attributes: [Dimension(name: "new-state.status", value: "completed")]))
      default:
        var topology = story.topology
        topology.deployments[0].drills = [
          DrillWindow(from: Story.minute(50), to: Story.minute(61))
        ]
        story = Story(topology: topology, batch: story.batch)
      }
    }
    #expect(engine.moment().drills(onlyMarked: true).count == 1)
    #expect(!engine.moment(at: Story.minute(49)).failovers[0].drill)
    #expect(engine.moment(at: Story.minute(55)).failovers[0].drill)
    // It goes on until what began in it is over.
    #expect(engine.moment(at: Story.minute(65)).failovers[0].drill)
    #expect(!engine.moment().failovers[0].drill)
    let ready = engine.moment().failovers[0].ready[0].checks.first { $0.id == "drill" }
    #expect(ready?.verdict == .go)
  }

  @Test
  func `a span outside holds no drill`() {
    let moment = switchover().moment()
    #expect(moment.drills(from: Story.minute(80)).isEmpty)
    #expect(moment.drills(to: Story.minute(50)).isEmpty)
    #expect(moment.drills(onlyMarked: true).isEmpty)
  }
}

extension Event {
  fileprivate init(
    at minute: Double, _ source: String, _ name: String, message: String = "",
    attributes: [Dimension] = []
  ) {
    let time = Story.minute(minute)
    self.init(
      time: time, arrival: time, source: source, name: name, message: message,
      attributes: attributes)
  }
}
