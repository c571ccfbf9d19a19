import ArgumentParser
import Collectors
import ConfigurationFiles
import Monitoring
import Storage
import Telemetry

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `meridian check`: one evaluation for cron, a verdict, an exit code.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Judge everything once: verdict and exit code, for cron.",
    discussion: """
      Exit codes: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN; 64 usage, 65 bad input data, 74 input or \
      output error, 78 configuration. With --state, alarm states are carried from run to run.

        meridian check --config meridian.yaml metrics/
        meridian check recording.jsonl.gz --at 2026-01-01T00:15:00Z --format json
        meridian check --state /var/lib/meridian/state.sqlite /var/spool/metrics
        meridian check --format openmetrics metrics/ > meridian.prom
      """)

  @OptionGroup
  var common: CommonOptions
  @OptionGroup
  var input: InputFlags

  @Argument(help: ArgumentHelp("Files, folders, globs or -.", valueName: "source"))
  var sources: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The instant to judge; default: a minute after the newest sample.", valueName: "time"))
  var at: TimeArgument?

  @Option(
    help: ArgumentHelp(
      "The SQLite file that carries alarm states; default: `state:` of the configuration.",
      valueName: "file"))
  var state: String?

  @Flag(help: "Evaluate without memory of earlier runs.")
  var noState = false

  @Option(help: "What to print.")
  var format = CheckFormat.text

  @Flag(help: "Print the table even when nothing has changed since the last run.")
  var verbose = false

  @Option(help: ArgumentHelp("How long to wait for another run to end.", valueName: "duration"))
  var lockTimeout = DurationArgument(milliseconds: 10_000)

  func validate() throws {
    if state != nil && noState {
      throw ValidationError("--state and --no-state exclude each other.")
    }
  }

  func run() throws {
    do {
      try judge()
    } catch let failure as Failure where format == .nagios {
      var output = StandardOutput()
      try output.write(CheckReport.nagiosLine(unknown: failure.sentence))
      try output.flush()
      throw ExitCode(ExitStatus.unknown.rawValue)
    }
  }

  /// Ends the process as a plugin must when the command line itself was wrong.
  static func tellPlugin(_ code: ExitCode, _ message: String) {
    let arguments = CommandLine.arguments.joined(separator: " ")
    let isPlugin =
      arguments.contains(" check ")
      && (arguments.contains("--format nagios") || arguments.contains("--format=nagios"))
    guard isPlugin, code.rawValue > ExitStatus.unknown.rawValue else { return }
    var output = StandardOutput()
    try? output.write(CheckReport.nagiosLine(unknown: message))
    try? output.flush()
    Meridian.exit(withError: ExitCode(ExitStatus.unknown.rawValue))
  }

  private func judge() throws {
    let configuration = try common.loadConfiguration()
    let sources = sources.isEmpty ? configuration?.file.sources ?? [] : sources
    let timeline = try input.load(sources, configuration)
    let assembly = try EngineAssembly(configuration: configuration, timeline: timeline)
    assembly.tellAlarmFaults(common.logLevel)
    let check = HeadlessCheck(timeline: timeline, assembly: assembly, at: instant(timeline))
    let path = noState ? nil : state ?? configuration?.file.statePath
    let (outcome, isNew) = try path.map { try remembered(check, path: $0) } ?? (check.run(), true)
    try print(outcome.report, isNew: isNew)
    throw ExitCode(outcome.report.verdict.level.exitCode)
  }

  private func instant(_ timeline: Timeline) -> Timestamp {
    if let at { return at.resolved(now: WallClock.now) }
    let newest = timeline.newestTime ?? timeline.events.map(\.time).max()
    return newest.map { $0 + 60_000 } ?? WallClock.now()
  }

  /// Evaluates from the state of earlier runs; without it, and UNKNOWN, where that cannot be used.
  private func remembered(
    _ check: HeadlessCheck, path: String
  ) throws -> (outcome: HeadlessCheck.Outcome, isNew: Bool) {
    do {
      return try evaluate(check, path: path)
    } catch let error as StateStoreError {
      if case .locked = error { throw Failure(.unknown, error.description) }
      StandardError.print(error.description)
      return (check.run(findings: [Verdict.Reason(.unknown, error.description)]), true)
    }
  }

  private func evaluate(
    _ check: HeadlessCheck, path: String
  ) throws -> (outcome: HeadlessCheck.Outcome, isNew: Bool) {
    let store = try StateStore(path: path, lockTimeoutMilliseconds: lockTimeout.milliseconds)
    return try store.update { previous in
      if let previous, at != nil, check.at < previous.checkpoint {
        throw Failure(
          .usage,
          "--at \(check.at) is before \(previous.checkpoint), where \(path) stands; "
            + "look back with --no-state")
      }
      let outcome = check.run(after: previous)
      let isNew = outcome.state.digest != previous?.digest
      return ((outcome, isNew), outcome.state, outcome.transitions)
    }
  }

  /// A table that says nothing new is not mailed by cron.
  private func print(_ report: CheckReport, isNew: Bool) throws(Failure) {
    if format == .text && !isNew && !verbose && isatty(STDOUT_FILENO) == 0 { return }
    var output = StandardOutput()
    try output.write(format.print(report))
    try output.flush()
  }
}
