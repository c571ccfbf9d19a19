import Collectors
import ConfigurationFiles
import Monitoring
import Telemetry

/// The estate at one instant of some sources, for commands that look and print.
struct HeadlessMoment {
  let moment: Moment

  /// `at` defaults to a minute after the newest sample, as `check` has it.
  init(
    common: CommonOptions, input: InputFlags, sources: [String], at: Timestamp?
  ) throws {
    let configuration = try common.loadConfiguration()
    let named = sources.isEmpty ? configuration?.file.sources ?? [] : sources
    let timeline = try input.load(named, configuration)
    let assembly = try EngineAssembly(configuration: configuration, timeline: timeline)
    assembly.tellAlarmFaults(common.logLevel)
    let newest = timeline.newestTime ?? timeline.events.map(\.time).max()
    var engine = assembly.makeEngine()
    for batch in timeline.batches { engine.ingest(batch) }
    _ = engine.advance(to: at ?? newest.map { $0 + 60_000 } ?? WallClock.now())
    moment = engine.moment()
  }
}
