import Telemetry
import Testing

@testable import Monitoring

@Suite
struct EngineTests {
  private let lag = MetricID(region: "eu-west-1", namespace: "AWS/RDS", name: "ReplicaLag")

  private func sample(at seconds: Int64, arriving arrival: Int64, _ value: Double) -> Sample {
    Sample(
      metric: 0, time: Timestamp(seconds: seconds), arrival: Timestamp(seconds: arrival),
      statistics: StatisticSet(value))
  }

  private func batch(_ samples: [Sample]) -> Batch {
    var batch = Batch()
    batch.metrics = [lag]
    batch.samples = samples
    return batch
  }

  @Test
  func `a record takes effect when time reaches its arrival`() throws {
    var engine = Engine()
    engine.ingest(batch([sample(at: 0, arriving: 120, 5)]))
    _ = engine.advance(to: Timestamp(seconds: 119))
    let series = try #require(engine.store.identifier(of: lag))
    #expect(engine.store.freshness(of: series) == nil)
    _ = engine.advance(to: Timestamp(seconds: 120))
    #expect(engine.store.freshness(of: series)?.time == Timestamp(seconds: 0))
  }

  @Test
  func `a record that comes late counts as arriving just after now`() throws {
    var engine = Engine()
    _ = engine.advance(to: Timestamp(seconds: 300))
    engine.ingest(batch([sample(at: 0, arriving: 0, 5)]))
    _ = engine.advance(to: Timestamp(seconds: 301))
    let series = try #require(engine.store.identifier(of: lag))
    #expect(engine.store.freshness(of: series)?.time == Timestamp(seconds: 0))
  }

  @Test
  func `a record of a clock that is years wrong costs itself`() {
    let now: Int64 = 1_767_225_600
    let alarm = AlarmDefinition(
      name: "lag", region: "eu-west-1", namespace: "AWS/RDS", metricName: "ReplicaLag",
      threshold: 4)
    let samples = (0..<9).map { sample(at: now + $0 * 60, arriving: now + $0 * 60 + 30, 5) }
    let stray = sample(at: 0, arriving: 0, 1)
    let told = [[stray] + samples, samples].map { samples in
      var engine = Engine(alarms: [alarm])
      engine.ingest(batch(samples))
      return engine.advance(to: Timestamp(seconds: now + 3600))
    }
    #expect(told[0].suffix(told[1].count) == told[1][...])
    #expect(told[1].map(\.to) == ["ALARM", "INSUFFICIENT_DATA"])
    #expect(told[0].prefix(2).map(\.to) == ["OK", "INSUFFICIENT_DATA"])
  }

  @Test
  func `rejects are counted`() {
    var engine = Engine()
    var bad = Batch()
    for line in 1...25 {
      bad.rejects.append(Reject(source: "a.csv", line: line, record: "x", reason: "no number"))
    }
    engine.ingest(bad)
    #expect(engine.rejects.count == 25)
    #expect(engine.rejects.samples.count == RejectLog.sampleLimit)
  }
}
