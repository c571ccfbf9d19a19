import Collectors
import Monitoring
import Telemetry

/// `GET /metrics`: what meridian has taken in, for Prometheus to scrape; everything else goes on to the
/// endpoint behind it.
package final class MetricsEndpoint: Endpoint {
  private let desk: EngineDesk
  private let intakes: Intakes
  private let endpoint: (any Endpoint)?

  /// Without an endpoint behind it, everything else is not there.
  package init(desk: EngineDesk, intakes: Intakes, before endpoint: (any Endpoint)? = nil) {
    self.desk = desk
    self.intakes = intakes
    self.endpoint = endpoint
  }

  package func reply(to request: EndpointRequest) async -> EndpointReply {
    guard request.path == "/metrics", request.method == "GET" else {
      return await endpoint?.reply(to: request) ?? .text(404, "the metrics are at /metrics")
    }
    let intakes = intakes
    let (sources, state) = await desk.ask { engine, sources in
      let named = sources.map { IngestCounts($0, engine.tally(of: $0.source)) }
      let counts = intakes.all.map { IngestCounts($0, engine.tally(of: $0.name)) }
      return (named + counts, EngineState(engine))
    }
    let text = IngestReport(sources: sources, state: state).text
    return EndpointReply(
      status: 200, headers: [("Content-Type", "text/plain; version=0.0.4; charset=utf-8")],
      body: Array(text.utf8))
  }
}

/// What the engine counts of all sources together.
struct EngineState: Sendable {
  var late: Int
  var refused: Int
  var series: Int
  var seriesLimit: Int
  var bytes: Int
  /// Alarms by state, in the order of the states.
  var alarms: [(state: AlarmState, count: Int)]

  init(_ engine: Engine) {
    (late, refused) = (engine.lateSamples, engine.refusedSamples)
    (series, seriesLimit) = (engine.store.metrics.count, engine.store.retention.series)
    bytes = engine.store.bytes
    let readings = engine.moment().alarms
    alarms = AlarmState.allCases.map { state in
      (state, readings.count { $0.state == state })
    }
  }
}
