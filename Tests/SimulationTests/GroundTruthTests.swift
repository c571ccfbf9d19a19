import Telemetry
import Testing

@testable import Simulation

@Suite
struct GroundTruthTests {
  @Test
  func `what was lost is what was written after replication stopped`() throws {
    let truth = try SampleFiles.generation("region-failure").truth
    let recovery = try #require(truth.deployments.first?.recovery)
    // Replication stops at 2m30s with 0.1095 s under way, the last write is at 3m10s.
    let rpo = try #require(recovery.rpo)
    #expect((rpo.seconds - 40.109).magnitude < 0.001)
    #expect(recovery.rto.seconds == 19 * 60)
  }

  @Test
  func `a switchover that waits for its target loses nothing`() throws {
    let truth = try SampleFiles.generation("planned-switchover").truth
    let recovery = try #require(truth.deployments.first?.recovery)
    #expect(recovery.rpo?.seconds == 0)
  }

  @Test
  func `who wrote when follows from the story`() throws {
    let truth = try SampleFiles.generation("planned-switchover").truth
    let writers = truth.deployments[0].writers.map { "\($0.from.clockText) \($0.accepted[0])" }
    #expect(writers == ["13:00:00 us-east-1", "14:02:00 none", "14:02:30 eu-west-1"])
  }

  @Test
  func `until a change settles, the words of before are accepted too`() {
    let minute: (Int64) -> Timestamp = { Timestamp(seconds: $0 * 60) }
    let intervals = [
      GroundTruth.Interval(
        from: minute(0), to: minute(10), accepted: ["HEALTHY"], settlesAfterSeconds: 300),
      GroundTruth.Interval(
        from: minute(10), to: minute(12), accepted: ["DOWN"], settlesAfterSeconds: 300),
      GroundTruth.Interval(
        from: minute(12), to: minute(60), accepted: ["DEGRADED"], settlesAfterSeconds: 300),
    ]
    func words(_ time: Int64) -> [String]? { GroundTruth.accepted(in: intervals, at: minute(time)) }
    #expect(words(4) == nil)
    #expect(words(9) == ["HEALTHY"])
    #expect(words(11) == ["HEALTHY", "DOWN"])
    #expect(words(14) == ["HEALTHY", "DOWN", "DEGRADED"])
    #expect(words(16) == ["DOWN", "DEGRADED"])
    #expect(words(20) == ["DEGRADED"])
    #expect(words(60) == [])
  }
}
