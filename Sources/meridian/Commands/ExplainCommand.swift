import ArgumentParser
import Collectors
import ConfigurationFiles
import Documents
import Monitoring
import Telemetry

/// `meridian explain ALARM`: why an alarm is in its state, and what would change it.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Why an alarm is in its state, and what would change it.",
    discussion: """
      Shows the periods the alarm looked at, which held data and which did not, on which side of \
      the threshold each is, the rule that decided, when silence would be noticed, and what would \
      have to arrive for another state. An alarm that lives in several regions is explained in each, \
      or in the one that --region names.

        meridian explain orders-lag recording.jsonl.gz --at 2026-01-01T00:15:00Z
        meridian explain orders-lag --region eu-west-1 --format json metrics/
        meridian explain cpu-high cpu.csv --alarms alarms.json
      """)

  @OptionGroup
  var common: CommonOptions
  @OptionGroup
  var input: InputFlags

  @Argument(help: ArgumentHelp("The name of the alarm.", valueName: "alarm"))
  var alarm: String

  @Argument(help: ArgumentHelp("Files, folders, globs or -.", valueName: "source"))
  var sources: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The instant to explain; default: a minute after the newest sample.", valueName: "time"))
  var at: TimeArgument?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Alarm definitions; default: the recording's, or the configuration's.", valueName: "file"))
  var alarms: [String] = []

  @Option(help: "What to print: text or json.")
  var format = Format.text

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  func run() throws {
    let configuration = try common.loadConfiguration()
    let timeline = try input.load(
      sources.isEmpty ? configuration?.file.sources ?? [] : sources, configuration)
    let assembly = try EngineAssembly(
      configuration: configuration, timeline: timeline, alarmFiles: alarms)
    assembly.tellAlarmFaults(common.logLevel)
    var engine = assembly.makeEngine()
    for batch in timeline.batches { engine.ingest(batch) }
    let time = instant(timeline)
    _ = engine.advance(to: time)
    let explanations = try explanations(engine, at: time)
    var output = StandardOutput()
    switch format {
    case .text:
      let reports = explanations.map { explanation in
        explanation.report.map { sanitised($0) + "\n" }.joined()
      }
      try output.write(reports.joined(separator: "\n"))
    case .json:
      var writer = JSONWriter()
      writer.array(explanations) { $1.write(to: &$0) }
      try output.write(writer.text + "\n")
    }
    try output.flush()
  }

  private func instant(_ timeline: Timeline) -> Timestamp {
    if let at { return at.resolved(now: WallClock.now) }
    return timeline.newestTime.map { $0 + 60_000 } ?? WallClock.now()
  }

  private func explanations(
    _ engine: Engine, at time: Timestamp
  ) throws(Failure) -> [Explanation] {
    let readings = engine.alarms.readings(at: time)
    let named = readings.filter { $0.name == alarm }
    guard !named.isEmpty else {
      let names = Set(readings.map(\.name)).sorted().prefix(10).joined(separator: ", ")
      throw Failure(
        .usage,
        "there is no alarm '\(alarm)'" + (names.isEmpty ? ", nor any other" : "; there is \(names)")
      )
    }
    let wanted = named.filter { input.region == nil || $0.region == input.region }
    guard !wanted.isEmpty else {
      let regions = named.compactMap(\.region).joined(separator: ", ")
      throw Failure(
        .usage, "the alarm '\(alarm)' is not in \(input.region ?? ""); it is in \(regions)")
    }
    return wanted.compactMap { reading in
      if let composite = engine.alarms.explainComposite(
        reading.name, region: reading.region, at: time)
      {
        return .composite(composite)
      }
      let metric = engine.alarms.explain(
        reading.name, region: reading.region, at: time, store: engine.store)
      return metric.map { .metric($0) }
    }
  }
}

/// Of one alarm, whatever its kind.
private enum Explanation {
  case metric(AlarmExplanation)
  case composite(CompositeExplanation)

  var report: [String] {
    switch self {
    case .metric(let explanation): explanation.report
    case .composite(let explanation): explanation.report
    }
  }

  func write(to writer: inout JSONWriter) {
    switch self {
    case .metric(let explanation): explanation.write(to: &writer)
    case .composite(let explanation): explanation.write(to: &writer)
    }
  }
}
