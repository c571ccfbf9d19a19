import ArgumentParser
import Collectors
import Telemetry
import WireFormats

/// `meridian replay`: a recording on the dashboard, or its transitions as lines.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Replay recorded logs on the dashboard, with a transport.",
    discussion: """
      With --headless: a JSON object a line for each transition, on standard output; the same bytes \
      for the same recording, however it was cut into files.

        meridian replay region-failure.jsonl.gz
        meridian replay --speed 300 --from 2025-10-20T06:30:00Z region-failure.jsonl.gz
        meridian replay --headless region-failure.jsonl.gz | jq 'select(.type == "failover")'
      """)

  @OptionGroup
  var common: CommonOptions
  @OptionGroup
  var input: InputFlags
  @OptionGroup
  var screen: ScreenFlags

  @Argument(help: ArgumentHelp("Files, folders or globs.", valueName: "file"))
  var sources: [String]

  @Option(help: "Recorded seconds a second: 0.25 to 300, any number, or max.")
  var speed = SpeedArgument(factor: 60)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Where the replay begins; default: the first arrival.", valueName: "time"))
  var from: TimeArgument?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Where it ends; default: the last arrival.", valueName: "time"))
  var to: TimeArgument?

  @Flag(help: "Print transitions instead of showing the dashboard.")
  var headless = false

  @Flag(help: "With --headless: late records count as having arrived at their own time.")
  var allData = false

  @Flag(help: "Begin paused.")
  var paused = false

  func validate() throws {
    if allData && !headless { throw ValidationError("--all-data is for --headless.") }
  }

  func run() throws {
    let configuration = try common.loadConfiguration()
    if headless { return try runHeadless(configuration) }
    let profile = try screen.profile(inputIsTerminal: TerminalStreams().isInputTerminal)
    let shelf = try screen.shelf(configuration: configuration?.file, logLevel: common.logLevel)
    let driver = try makeDriver(configuration)
    let show = DashboardRun(
      profile: profile, shelf: shelf, mouse: !screen.noMouse, input: TerminalInput())
    try show(driver)
  }

  private func runHeadless(_ configuration: LoadedConfiguration?) throws {
    let timeline = try input.load(sources, configuration)
    let assembly = try EngineAssembly(configuration: configuration, timeline: timeline)
    let replay = try HeadlessReplay(
      timeline: timeline, assembly: assembly, from: from?.resolved(now: WallClock.now),
      to: to?.resolved(now: WallClock.now), allData: allData)
    try replay.runOnStandardStreams(logLevel: common.logLevel)
  }

  /// A player over the sources, at their beginning.
  func makeDriver(_ configuration: LoadedConfiguration?) throws(Failure) -> ReplayDriver {
    let timeline = try input.load(sources, configuration)
    let assembly = try EngineAssembly(configuration: configuration, timeline: timeline)
    let span = (from?.resolved(now: WallClock.now), to?.resolved(now: WallClock.now))
    let player = try ReplayPlayer(
      timeline: timeline, assembly: assembly, name: name(of: timeline), from: span.0, to: span.1,
      speed: speed.factor)
    return ReplayDriver(player: player, of: timeline, isPlaying: !paused)
  }

  private func name(of timeline: Timeline) -> String {
    if let name = timeline.header?.name, !name.isEmpty { return name }
    let file = sources.first?.split(separator: "/").last.map(String.init) ?? "recording"
    return sources.count > 1 ? "\(file) and \(sources.count - 1) more" : file
  }
}

/// `60`, `0.25`, `max`.
struct SpeedArgument: ExpressibleByArgument {
  var factor: Double

  init(factor: Double) { self.factor = factor }

  init?(argument: String) {
    if argument == "max" {
      factor = .infinity
    } else if let number = Double(argument), number > 0, number.isFinite {
      factor = number
    } else {
      return nil
    }
  }

  var defaultValueDescription: String { "60" }
}
