import Telemetry
import Testing

@testable import Monitoring

/// Late and refused samples, by the way they came in.
@Suite
struct SourceLedgerTests {
  private static let start = Timestamp(seconds: 1_767_225_600)

  /// A batch of one series with samples of these times and arrivals, in minutes after the start.
  private static func batch(
    _ source: String, _ samples: [(time: Int64, arrival: Int64)], name: String = "m"
  ) -> Batch {
    var batch = Batch()
    batch.source = source
    batch.metrics = [MetricID(region: "", namespace: "N", name: name)]
    batch.samples = samples.map {
      Sample(
        metric: 0, time: start + $0.time * 60_000, arrival: start + $0.arrival * 60_000,
        statistics: StatisticSet(1))
    }
    return batch
  }

  @Test
  func `late samples are counted for the source that sent them, whatever the order of arrival`() {
    var engine = Engine()
    // What a sends first arrives after what b sends: the inbox sorts, and the sources go with it.
    engine.ingest(Self.batch("a", [(1, 9), (5, 10), (2, 11)]))
    engine.ingest(Self.batch("b", [(4, 3), (3, 4)]))
    _ = engine.advance(to: Self.start + 20 * 60_000)
    #expect(engine.tally(of: "a").late == 2)
    #expect(engine.tally(of: "b").late == 1)
    #expect(engine.tally(of: "c").late == 0)
    #expect(engine.lateSamples == 3)
  }

  @Test
  func `samples of series beyond the limit are counted for the source that sent them`() {
    var retention = SeriesStore.Retention()
    retention.series = 1
    var engine = Engine(retention: retention)
    engine.ingest(Self.batch("a", [(1, 1)]))
    engine.ingest(Self.batch("b", [(1, 1), (2, 2)], name: "n"))
    _ = engine.advance(to: Self.start + 20 * 60_000)
    #expect(engine.tally(of: "a").refused == 0)
    #expect(engine.tally(of: "b").refused == 2)
  }

  @Test
  func `a batch that names no source is counted for nobody`() {
    var engine = Engine()
    engine.ingest(Self.batch("", [(2, 1), (1, 2)]))
    _ = engine.advance(to: Self.start + 20 * 60_000)
    #expect(engine.lateSamples == 1)
    #expect(engine.tally(of: "").late == 0)
  }

  @Test
  func `sources beyond the limit share one tally, and the first keep theirs`() {
    var ledger = SourceLedger()
    for index in 0..<(SourceLedger.limit + 10) { ledger[ledger.number(of: "s\(index)")].late += 1 }
    #expect(ledger.tally(of: "s0").late == 1)
    #expect(ledger.tally(of: "s\(SourceLedger.limit - 2)").late == 1)
    #expect(ledger.tally(of: "s\(SourceLedger.limit)").late == 0)
  }
}
