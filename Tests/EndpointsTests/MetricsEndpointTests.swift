import Collectors
import Monitoring
import Telemetry
import Testing

@testable import Endpoints

struct MetricsEndpointTests {
  @Test
  func `what came, was stored, rejected, dropped and late can be scraped`() async {
    let mailbox = Mailbox(limitBytes: 1)
    let desk = EngineDesk(mailbox: mailbox)
    let intakes = Intakes()
    let intake = Intake(name: "influx \"127.0.0.1:8086\"", mailbox: mailbox)
    intakes.add(intake)
    let endpoint = MetricsEndpoint(
      desk: desk, intakes: intakes, before: InfluxEndpoint(intake: intake))
    let engine = EngineBox(Engine(retention: Self.threeSeries))
    for body in ["m f=1 1795424400\nm f=1 1795424400\nbad\n", "m f=2 1795424300\n"] {
      _ = await endpoint.reply(to: Self.write(body))
      await engine.take(mailbox)
      await engine.advance(to: EndpointScene.now)
    }
    // The second of two that wait finds no room.
    _ = await endpoint.reply(to: Self.write("m f=3 1795424400\n"))
    _ = await endpoint.reply(to: Self.write("m f=3 1795424400\n"))
    async let reply = endpoint.reply(
      to: EndpointRequest(method: "GET", path: "/metrics", arrival: EndpointScene.now))
    let status = Self.socket
    let turns = Task {
      while !Task.isCancelled {
        await engine.turn(Mailbox(), desk, sources: [status])
        await Task.yield()
      }
    }
    let text = await reply.text
    turns.cancel()
    await turns.value
    let source = #"{source="influx \"127.0.0.1:8086\""}"#
    for line in [
      "meridian_received_records_total\(source) 6", "meridian_stored_records_total\(source) 4",
      "meridian_rejected_records_total\(source) 1", "meridian_late_records_total\(source) 1",
      #"meridian_late_records_total{source="udp://127.0.0.1:8125"} 0"#,
      "meridian_dropped_records_total\(source) 1",
      #"meridian_dropped_records_total{source="udp://127.0.0.1:8125"} 7"#,
      "meridian_late_samples_total 1", "meridian_series 1", "meridian_series_limit 3",
      #"meridian_alarms{state="ALARM"} 0"#,
    ] {
      #expect(text.contains("\n" + line + "\n"), "\(line) is not in \(text)")
    }
  }

  @Test
  func `a flood of new series is held at the limit, counted, and what is known goes on`() {
    var engine = Engine(retention: Self.threeSeries)
    for round in 0..<2 {
      var batch = Batch()
      for index in 0..<10 {
        batch.metrics.append(MetricID(region: "", namespace: "N", name: "m\(index)"))
        let time = EndpointScene.now + Int64(round * 60_000)
        batch.samples.append(
          Sample(metric: Int32(index), time: time, arrival: time, statistics: StatisticSet(1)))
      }
      engine.ingest(batch)
    }
    _ = engine.advance(to: EndpointScene.now + 60_000)
    #expect(engine.store.metrics.map(\.name) == ["m0", "m1", "m2"])
    #expect(engine.refusedSamples == 14 && engine.rejects.count == 14)
    for series in engine.store.metrics.compactMap({ engine.store.identifier(of: $0) }) {
      #expect(engine.store.freshness(of: series)?.time == EndpointScene.now + 60_000)
    }
  }

  private static var threeSeries: SeriesStore.Retention {
    var retention = SeriesStore.Retention()
    retention.series = 3
    return retention
  }

  private static var socket: SourceStatus {
    var status = SourceStatus(source: "udp://127.0.0.1:8125")
    status.dropped = 7
    return status
  }

  private static func write(_ body: String) -> EndpointRequest {
    EndpointRequest(
      path: "/write", query: "precision=s", body: Array(body.utf8), arrival: EndpointScene.now)
  }
}
