import Collectors
import Dashboard
import Monitoring
import Telemetry
import Testing

@testable import meridian

/// The laws of the playhead: how an instant was reached cannot be seen.
@Suite
struct ReplayPlayerTests {
  private static let start = Timestamp(seconds: 1_767_225_600)

  /// Two hours of two alarms' metrics, one sample a minute each; the values rise and fall.
  private static let timeline: Timeline = {
    var batch = Batch()
    for name in ["orders", "users"] {
      batch.metrics.append(
        MetricID(
          region: "eu-west-1", namespace: "AWS/RDS", name: "ReplicaLag",
          dimensions: [Dimension(name: "DBInstanceIdentifier", value: name)]))
    }
    for minute in 0..<120 where !(50..<60).contains(minute) {
      for metric in 0..<2 {
        let value = Double((minute * (7 + metric * 4)) % 23)
        batch.samples.append(
          Sample(
            metric: Int32(metric), time: start + Int64(minute) * 60_000,
            arrival: start + Int64(minute) * 60_000 + Int64(metric) * 1500 + 20_000,
            statistics: StatisticSet(value)))
      }
    }
    batch.events.append(
      Event(
        time: start + 1_800_000, arrival: start + 1_830_000, source: "operator", name: "note",
        message: "deploy 411"))
    return Timeline([batch])
  }()

  static var assembly: EngineAssembly {
    get throws {
      var assembly = try EngineAssembly(configuration: nil, header: nil)
      assembly.alarms = ["orders", "users"].map { name in
        AlarmDefinition(
          name: name + "-lag", namespace: "AWS/RDS", metricName: "ReplicaLag",
          dimensions: [Dimension(name: "DBInstanceIdentifier", value: name)], statistic: .average,
          periodSeconds: 60, evaluationPeriods: 3, datapointsToAlarm: 2, threshold: 11)
      }
      return assembly
    }
  }

  private static func player(
    speed: Double = 1, from: Timestamp? = nil, to: Timestamp? = nil, indexed: Bool = true
  ) throws -> ReplayPlayer {
    var player = try ReplayPlayer(
      timeline: timeline, assembly: try assembly, name: "made", from: from, to: to, speed: speed)
    while indexed, player.extendIndex() {}
    return player
  }

  /// Everything that can be seen of the engine at the playhead.
  private struct Seen: Equatable {
    var time: Timestamp
    var now: Timestamp?
    var transitions: [Transition]
    var events: [Event]
    var alarms: [AlarmReading]
    var points: [[Datapoint]]

    init(_ player: ReplayPlayer) {
      let moment = player.moment
      time = moment.time
      now = moment.engine.now
      transitions = moment.engine.transitions
      events = moment.engine.events
      alarms = moment.alarms
      points = [MetricID](moment.store.metrics).sorted().map { metric in
        guard let series = moment.store.identifier(of: metric) else { return [] }
        return moment.store.datapoints(
          of: series, from: ReplayPlayerTests.start, to: ReplayPlayerTests.start + 86_400_000)
      }
    }
  }

  /// The engine at an instant, reached from the start in one go, without index and checkpoints.
  private static func straight(to time: Timestamp) throws -> Seen {
    var player = try player(indexed: false)
    player.seek(to: time)
    return Seen(player)
  }

  @Test
  func `the recording has something to see`() throws {
    var player = try Self.player()
    player.seek(to: player.end)
    #expect(player.moment.engine.transitions.count > 10)
    #expect(player.moment.engine.events.count == 1)
    #expect(player.start == Self.start + 20_000)
    #expect(player.end == Self.start + 119 * 60_000 + 21_500)
  }

  @Test(arguments: [true, false])
  func `a seek is a replay from the start`(indexed: Bool) throws {
    var player = try Self.player(indexed: indexed)
    for minute in [110, 3, 60, 59, 61, 0, 119, 30, 30, 31] as [Int64] {
      let time = max(Self.start + minute * 60_000 + 21_500, player.start)
      player.seek(to: time)
      #expect(Seen(player) == (try Self.straight(to: time)), "minute \(minute)")
    }
  }

  @Test(arguments: Transport.speeds + [37.5])
  func `speed does not change what happens`(speed: Double) throws {
    let from = Self.start + 100 * 60_000
    var player = try Self.player(speed: speed, from: from, to: from + 240_000)
    player.togglePause()
    var ticks: Int64 = 0
    while player.isPlaying {
      ticks += 1
      _ = player.tick(elapsedMilliseconds: 1 + ticks % 250)
    }
    #expect(player.isAtEnd)
    #expect(Seen(player) == (try Self.straight(to: from + 240_000)))
  }

  @Test
  func `a quarter of the speed is a quarter of the way, to the millisecond`() throws {
    var player = try Self.player(speed: 0.25)
    player.togglePause()
    for _ in 0..<1001 { _ = player.tick(elapsedMilliseconds: 1) }
    #expect(player.playhead - player.start == 250)
  }

  @Test
  func `a pause stops the playhead, and a long stop of the process is no time to catch up with`()
    throws
  {
    var player = try Self.player()
    let moved = player.tick(elapsedMilliseconds: 100)
    #expect(!moved)
    player.togglePause()
    _ = player.tick(elapsedMilliseconds: 3_600_000)
    #expect(player.playhead - player.start == ReplayPlayer.longestTickMilliseconds)
    player.togglePause()
    let movedAgain = player.tick(elapsedMilliseconds: 100)
    #expect(!movedAgain)
  }

  @Test
  func `playback stops at the end, and play begins again at the start`() throws {
    var player = try Self.player(speed: .infinity)
    player.togglePause()
    while player.tick(elapsedMilliseconds: 100) {}
    #expect(player.isAtEnd)
    #expect(!player.isPlaying)
    player.togglePause()
    #expect(player.playhead == player.start)
    #expect(player.isPlaying)
  }

  @Test
  func `a step goes to the next arrival and back`() throws {
    var player = try Self.player()
    let first = player.start
    player.step(by: 1)
    #expect(player.playhead == first + 1500)
    player.step(by: 2)
    #expect(player.playhead == first + 61_500)
    player.step(by: -3)
    #expect(player.playhead == first)
    player.step(by: -1)
    #expect(player.playhead == first)
    player.seek(to: player.end - 1)
    player.step(by: 5)
    #expect(player.playhead == player.end)
  }

  @Test
  func `a seek does not leave the recording`() throws {
    var player = try Self.player()
    player.seek(to: .distantFuture)
    #expect(player.playhead == player.end)
    player.seek(to: .distantPast)
    #expect(player.playhead == player.start)
  }

  @Test
  func `speeds go up and down the list, from a speed between two as well`() throws {
    var player = try Self.player(speed: 60)
    player.changeSpeed(by: 1)
    #expect(player.speed == 300)
    player.changeSpeed(by: 1)
    player.changeSpeed(by: 1)
    #expect(player.speed == .infinity)
    player.changeSpeed(by: -20)
    #expect(player.speed == 0.25)
    for (steps, expected) in [(1, 60.0), (-1, 16)] {
      var between = try Self.player(speed: 37.5)
      between.changeSpeed(by: steps)
      #expect(between.speed == expected)
    }
  }

  @Test
  func `the index marks alarms, their ends and events, whatever the playhead has seen`() throws {
    let player = try Self.player()
    let engine = try Self.straight(to: player.end)
    let markers = player.transport.markers
    #expect(
      markers.count { $0.kind == .alarm }
        == engine.transitions.count { $0.to == "ALARM" && $0.kind == .alarm })
    #expect(markers.filter { $0.kind == .event }.map(\.text) == ["deploy 411"])
    #expect(markers.map(\.time) == markers.map(\.time).sorted())
    #expect(player.playhead == player.start)
  }

  @Test
  func `a pause of ten minutes in data of every minute is a gap`() throws {
    let gaps = try Self.player().transport.gaps
    #expect(gaps == [(Self.start + 49 * 60_000 + 21_500)..<(Self.start + 60 * 60_000 + 20_000)])
  }

  @Test
  func `an empty recording and an empty span are refused with a sentence`() throws {
    let assembly = try EngineAssembly(configuration: nil, header: nil)
    #expect(throws: Failure(.badData, "there is nothing to replay: no record could be read")) {
      try ReplayPlayer(timeline: Timeline(), assembly: assembly, name: "")
    }
    #expect(throws: Failure.self) {
      try Self.player(from: Self.start + 60_000, to: Self.start)
    }
  }
}
