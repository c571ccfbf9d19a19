import Collectors
import Dashboard
import Foundation
import Monitoring
import Telemetry
import Testing
import WireFormats

@testable import meridian

/// The live driver over a file that grows, with a clock of the test's own.
@Suite
struct TerminalLiveTests {
  private static let start = Timestamp(seconds: 1_767_225_600)

  /// A growing file with its configuration, and a driver on it.
  private struct Watch {
    let program: CheckProgram
    var driver: LiveDriver

    init(
      _ content: String = "", wall: Timestamp,
      treatMissingData: AlarmDefinition.TreatMissingData = .missing
    ) throws {
      program = try CheckProgram(["log.jsonl": content])
      let follower = try FileFollower([SourceSpecification(program.folder + "/log.jsonl")])
      var assembly = try TerminalLiveTests.assembly
      assembly.alarms[0].treatMissingData = treatMissingData
      let made = assembly
      var driver = try LiveDriver(follower: follower, wall: wall) { _ in made }
      _ = driver.tick(wall: wall, elapsedMilliseconds: 0)
      self.driver = driver
    }

    func append(_ lines: some Sequence<Substring>) throws {
      let handle = try FileHandle(
        forWritingTo: URL(fileURLWithPath: program.folder + "/log.jsonl"))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data(lines.map { $0 + "\n" }.joined().utf8))
      try handle.close()
    }
  }

  private static var assembly: EngineAssembly {
    get throws {
      var assembly = try EngineAssembly(configuration: nil, header: nil)
      assembly.alarms = [
        AlarmDefinition(
          name: "orders-lag", namespace: "AWS/RDS", metricName: "ReplicaLag",
          dimensions: [Dimension(name: "DBInstanceIdentifier", value: "orders")],
          periodSeconds: 60, evaluationPeriods: 2, datapointsToAlarm: 1, threshold: 5)
      ]
      return assembly
    }
  }

  private static let values = (0..<40).map { Double($0 * 7 % 11) }

  @Test
  func `watching a file grow and replaying it show the same transitions`() throws {
    let lines = CheckProgram.lag(Self.values, arrivalDelay: 25_000).split(separator: "\n")
    var watch = try Watch(wall: Self.start)
    let end = Self.start + 40 * 60_000
    var written = 0
    for wall in stride(from: Self.start.milliseconds, through: end.milliseconds, by: 7000) {
      let arrived = max(0, (wall - Self.start.milliseconds - 25_000) / 60_000 + 1)
      let count = wall < Self.start.milliseconds + 25_000 ? 0 : min(Int(arrived), lines.count)
      try watch.append(lines[written..<count])
      written = count
      _ = watch.driver.tick(wall: Timestamp(milliseconds: wall), elapsedMilliseconds: 7000)
    }
    var batch = Batch()
    let file = try FileFollower([SourceSpecification(watch.program.folder + "/log.jsonl")])
    while file.poll(into: &batch, now: end) {}
    let replay = try HeadlessReplay(
      timeline: Timeline([batch]), assembly: Self.assembly, to: watch.driver.engine.now)
    var replayed: [String] = []
    _ = try replay.run(write: { (line) throws(Failure) in replayed.append(line) })
    #expect(watch.driver.engine.transitions.map(\.jsonLine) == replayed)
    #expect(replayed.count > 5)
  }

  @Test
  func `the screen tells of each source what was stored, rejected and late`() throws {
    var watch = try Watch(CheckProgram.lag([1, 2, 3]), wall: Self.start + 180_000)
    let late = CheckProgram.lag([9]).split(separator: "\n")
    try watch.append(["no record"] + late)
    let wall = Self.start + 240_000
    _ = watch.driver.tick(wall: wall, elapsedMilliseconds: 60_000)
    let source = try #require(watch.driver.scene(wall: wall).sources.first)
    #expect(source.received == 5 && source.stored == 4 && source.rejected == 1)
    #expect(source.dropped == 0 && source.late == 1)
    #expect(source.lastArrival == wall)
  }

  @Test
  func `what a file holds at the start has arrived at its own time`() throws {
    let wall = Self.start + 40 * 60_000
    let watch = try Watch(CheckProgram.lag(Self.values), wall: wall)
    let transitions = watch.driver.engine.transitions
    #expect(transitions.count > 5)
    #expect(transitions.allSatisfy { $0.time < wall })
    #expect(watch.driver.engine.now == wall)
  }

  @Test
  func `without any data nothing is judged before the start`() throws {
    let watch = try Watch(wall: Self.start, treatMissingData: .breaching)
    #expect(watch.driver.engine.transitions.map(\.time) == [Self.start])
  }

  @Test
  func `a pause freezes the moment while data go on, and a seek moves it`() throws {
    var watch = try Watch(CheckProgram.lag([1, 1, 1]), wall: Self.start + 180_000)
    let pausedAt = watch.driver.engine.now
    _ = watch.driver.perform(.togglePause, wall: Self.start + 180_000)
    try watch.append(CheckProgram.lag(Self.values).split(separator: "\n"))
    _ = watch.driver.tick(wall: Self.start + 240_000, elapsedMilliseconds: 60_000)
    let scene = watch.driver.scene(wall: Self.start + 240_000)
    #expect(scene.moment.time == pausedAt)
    #expect(scene.now == Self.start + 240_000)
    guard case .paused = scene.mode else {
      Issue.record("not paused")
      return
    }
    #expect(scene.sources.map(\.received) == [43])
    _ = watch.driver.perform(.step(-1), wall: Self.start + 240_000)
    #expect(watch.driver.scene(wall: .distantPast).moment.time == Self.start + 120_000)
    _ = watch.driver.perform(.seek(.distantFuture), wall: Self.start + 240_000)
    #expect(watch.driver.scene(wall: .distantPast).moment.time == Self.start + 240_000)
    _ = watch.driver.perform(.backToLive, wall: Self.start + 240_000)
    guard case .live = watch.driver.scene(wall: .distantPast).mode else {
      Issue.record("not live")
      return
    }
  }

  @Test
  func `a clock that is set back does not move time back`() throws {
    var watch = try Watch(wall: Self.start)
    _ = watch.driver.tick(wall: Self.start + 60_000, elapsedMilliseconds: 60_000)
    _ = watch.driver.tick(wall: Self.start + 1000, elapsedMilliseconds: 300)
    #expect(watch.driver.engine.now == Self.start + 60_000)
    _ = watch.driver.tick(wall: Self.start + 61_000, elapsedMilliseconds: 300)
    #expect(watch.driver.engine.now == Self.start + 61_000)
  }

  @Test
  func `between two seconds there is nothing new to see without data`() throws {
    var watch = try Watch(wall: Self.start)
    let news = [200, 400, 999, 1000, 1200].map { milliseconds in
      watch.driver.tick(wall: Self.start + milliseconds, elapsedMilliseconds: 200)
    }
    #expect(news == [false, false, false, true, false])
  }
}
