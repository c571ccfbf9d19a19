import Telemetry
import Testing

@testable import Monitoring

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What must hold in every world, whatever goes wrong in it.
///
/// `MERIDIAN_SEED=17` looks at one world and prints what happened in it; `MERIDIAN_WORLDS=10000` at more
/// of them.
@Suite
struct SmallWorldTests {
  private static let seeds: [UInt64] = {
    if let one = variable("MERIDIAN_SEED").flatMap(UInt64.init) { return [one] }
    return Array(1...(variable("MERIDIAN_WORLDS").flatMap(UInt64.init) ?? 1000))
  }()

  private static func variable(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }

  /// In parts, which run in parallel.
  private static let parts = 8

  @Test(arguments: 0..<parts)
  func `no world breaks the laws of failover`(part: Int) {
    for seed in Self.seeds where Int(seed % UInt64(Self.parts)) == part {
      let trial = Trial(SmallWorld(seed: seed))
      if Self.seeds.count == 1 { print(trial.account) }
      #expect(trial.violations == [], "MERIDIAN_SEED=\(seed) \(trial.account)")
    }
  }

  @Test
  func `the worlds hold every fault`() {
    let faults = Set((1...1000).map { SmallWorld(seed: $0).fault })
    #expect(faults.count == SmallWorld.Fault.allCases.count)
    #expect(Set((1...1000).map { SmallWorld(seed: $0).count }) == [2, 3, 4, 5])
    #expect(Set((1...1000).map { SmallWorld(seed: $0).model }).count == 4)
  }
}

/// One world, played minute by minute, and the laws it breaks.
private struct Trial {
  let world: SmallWorld
  private(set) var violations: [String] = []
  private var engine: Engine
  private var states: [FailoverState] = []

  var account: String {
    "\(world.fault) \(world.model) regions \(world.count) begins \(world.begins) ends \(world.ends) other "
      + "\(world.other) promoted \(world.promoted.map(String.init) ?? "-") lost \(world.lost)\n"
      + engine.lines(.region, .failover).joined(separator: "\n")
  }

  init(_ world: SmallWorld) {
    self.world = world
    engine = Engine(topology: world.topology, catalog: Estates.catalog)
    engine.ingest(world.story().batch)
    for minute in 1...SmallWorld.minutes {
      let changes = engine.advance(to: Story.minute(Double(minute)))
      for change in changes where change.kind == .failover { judge(change, minute) }
      judge(engine.moment(), minute)
    }
  }

  private mutating func fail(_ minute: Int, _ sentence: String) {
    violations.append("minute \(minute): \(sentence)")
  }

  private mutating func judge(_ change: Transition, _ minute: Int) {
    let reading = engine.moment(at: change.time).failovers[0]
    let supporting = reading.evidence.filter(\.supports)
    let isFrozen = change.from == "BLIND" || change.to == "BLIND"
    let families = Set(supporting.map(\.family))
    let isTwice = Set(supporting.map(\.region)).count >= 2
    if !isFrozen, families.count < 2, !(change.to == "SPLIT_BRAIN" && isTwice) {
      fail(minute, "\(change.from)>\(change.to) by \(families.sorted()) alone")
    }
    if change.to == "FAILED_OVER" { judgeWriter(reading, minute) }
    if change.to == "SPLIT_BRAIN",
      !(0..<minute).contains(where: { world.writers($0).count == 2 })
    {
      fail(minute, "SPLIT_BRAIN, and never did two regions write")
    }
  }

  /// The new writer is seen, and it has really written.
  private mutating func judgeWriter(_ reading: FailoverReading, _ minute: Int) {
    guard let writer = reading.writer, let region = world.codes.firstIndex(of: writer) else {
      return fail(minute, "FAILED_OVER without a writer seen")
    }
    if region == 0 || !(0..<minute).contains(where: { world.writers($0).contains(region) }) {
      fail(minute, "FAILED_OVER to \(writer), which did not take over")
    }
  }

  private mutating func judge(_ moment: Moment, _ minute: Int) {
    let reading = moment.failovers[0]
    states.append(reading.state)
    for standby in reading.ready where standby.verdict == .ready {
      for check in standby.checks where check.verdict != .go {
        fail(minute, "\(standby.region) is READY although \(check.id) is \(check.verdict)")
      }
    }
    // Two complete minutes, the minute's delivery, and a look.
    if world.areTwoWriting(until: minute - 2, for: 4), reading.state != .splitBrain {
      fail(minute, "two regions write, and it is \(reading.state)")
    }
    // Reading all links is what costs: every third minute tells as much.
    for link in minute % 3 == 0 ? moment.links : [] {
      guard let region = world.codes.firstIndex(of: link.to),
        world.codes.firstIndex(of: link.from) == world.primary(minute),
        let loss = world.loss(region, minute), let now = link.rpoNowSeconds
      else { continue }
      if now < loss { fail(minute, "RPO now of \(link.to) is \(now) s, really \(loss) s") }
    }
    judgeCost(reading, minute)
  }

  /// What was really lost: the last write was when the primary went down, the copy at most its lag
  /// behind then.
  private mutating func judgeCost(_ reading: FailoverReading, _ minute: Int) {
    guard let achieved = reading.rpoAchievedSeconds else { return }
    let really: Double
    switch world.fault {
    case .failover, .silentFailover: really = world.lag(world.other, world.begins - 1) ?? 0
    case .failoverWhileBlind: really = 0.4
    default: really = 0
    }
    if achieved < really, !(world.fault == .switchover) {
      fail(minute, "it is said to have cost \(achieved) s, really \(really) s")
    }
  }
}
