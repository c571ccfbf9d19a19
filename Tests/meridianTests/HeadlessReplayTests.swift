import Collectors
import Monitoring
import Telemetry
import Testing
import WireFormats

@testable import meridian

/// The laws of the headless replay, on made recordings.
@Suite
struct HeadlessReplayTests {
  private static let start = Timestamp(seconds: 1_767_225_600)

  private static let alarms = ["orders", "users"].map { name in
    AlarmDefinition(
      name: name + "-lag", namespace: "AWS/RDS", metricName: "ReplicaLag",
      dimensions: [Dimension(name: "DBInstanceIdentifier", value: name)], statistic: .average,
      periodSeconds: 60, evaluationPeriods: 2, datapointsToAlarm: 1, threshold: 5)
  }

  private static var assembly: EngineAssembly {
    get throws {
      var assembly = try EngineAssembly(configuration: nil, header: nil)
      assembly.alarms = alarms
      return assembly
    }
  }

  /// An hour of two metrics in two regions, with gaps and late samples.
  private static func batch(seed: UInt64) -> Batch {
    var random = Random(state: seed)
    var batch = Batch()
    for region in ["eu-west-1", "us-east-1"] {
      for name in ["orders", "users"] {
        batch.metrics.append(
          MetricID(
            region: region, namespace: "AWS/RDS", name: "ReplicaLag",
            dimensions: [Dimension(name: "DBInstanceIdentifier", value: name)]))
      }
    }
    for minute in 0..<60 {
      for metric in 0..<4 where random.next() % 10 > 1 {
        let time = start + Int64(minute) * 60_000
        let delay = random.next() % 8 == 0 ? Int64(random.next() % 400_000) : 0
        batch.samples.append(
          Sample(
            metric: Int32(metric), time: time, arrival: time + delay,
            statistics: StatisticSet(Double(random.next() % 10))))
      }
    }
    return batch
  }

  private static func lines(
    _ batches: [Batch], from: Timestamp? = nil, to: Timestamp? = nil, allData: Bool = false
  ) throws -> String {
    var text = ""
    let replay = try HeadlessReplay(
      timeline: Timeline(batches), assembly: try assembly, from: from, to: to, allData: allData)
    _ = try replay.run { text += $0 }
    return text
  }

  @Test(
    "however a recording is cut into files, the bytes are the same",
    arguments: 1...8 as ClosedRange<UInt64>)
  func cuts(seed: UInt64) throws {
    let whole = Self.batch(seed: seed)
    let expected = try Self.lines([whole])
    #expect(!expected.isEmpty)
    for pieces in [2, 3, 7] {
      let cut = (0..<pieces).map { piece in
        var batch = whole
        batch.samples = whole.samples.enumerated().filter { $0.offset % pieces == piece }
          .map(\.element)
        return batch
      }
      #expect(try Self.lines(cut) == expected, "seed \(seed), \(pieces) pieces")
      #expect(try Self.lines(cut.reversed()) == expected, "seed \(seed), \(pieces) reversed")
    }
  }

  @Test("--to ends the evaluation, and what it leaves is a beginning of the whole")
  func ends() throws {
    let batch = Self.batch(seed: 3)
    let whole = try Self.lines([batch])
    let half = try Self.lines([batch], to: Self.start + 1_800_000)
    #expect(whole.hasPrefix(half) && half.count < whole.count && !half.isEmpty)
    let rest = try Self.lines([batch], from: Self.start + 1_800_001)
    #expect(half + rest == whole)
  }

  @Test("--all-data gives what a recording without delays gives")
  func allData() throws {
    let delayed = Self.batch(seed: 5)
    var punctual = delayed
    for index in punctual.samples.indices {
      punctual.samples[index].arrival = punctual.samples[index].time
    }
    #expect(try Self.lines([delayed], allData: true) == Self.lines([punctual]))
    #expect(try Self.lines([delayed]) != Self.lines([punctual]))
  }

  @Test("nothing to replay is bad input")
  func empty() {
    #expect(throws: Failure(.badData, "there is nothing to replay: no record could be read")) {
      try Self.lines([])
    }
  }

  /// SplitMix64.
  private struct Random {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }
}
