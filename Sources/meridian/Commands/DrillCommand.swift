import ArgumentParser
import Monitoring
import Telemetry

/// `meridian drill`: drills scored against their objectives.
struct DrillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drill", abstract: "Score drills against their objectives; a table over time.",
    discussion: """
      A drill is a failover that the topology (drill: true, or from and to), an experiment of the \
      Fault Injection Service or a note ("drill begins") marks; with --from or --to every failover of \
      that span. A recording without any mark is a drill as a whole. Exit code: 0 all passed, 1 any \
      did not.

        meridian drill drills/*.jsonl.gz
        meridian drill --from 2026-09-15T13:50:00Z --to 2026-09-15T15:00:00Z september.jsonl.gz
        meridian drill --format json drills/*.jsonl.gz | jq '.drills[] | [.began, .result]'
      """)

  @OptionGroup
  var common: CommonOptions
  @OptionGroup
  var input: InputFlags

  @Argument(
    help: ArgumentHelp("Files, folders or globs, each a recording.", valueName: "recording"))
  var recordings: [String]

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Where the drill begins; default: at its mark.", valueName: "time"))
  var from: TimeArgument?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Where it ends.", valueName: "time"))
  var to: TimeArgument?

  @Option(help: "text or json.")
  var format = ReportFormat.text

  func validate() throws {
    if recordings.isEmpty { throw ValidationError("Name a recording.") }
  }

  func run() throws {
    var league = DrillLeague()
    for recording in recordings { league.add(try drills(of: recording), from: recording) }
    var output = StandardOutput()
    try output.write(format == .json ? league.json : league.text)
    try output.flush()
    if !league.allPassed { throw ExitCode(ExitStatus.failed.rawValue) }
  }

  private func drills(of recording: String) throws -> [DrillScore] {
    let now = WallClock.now
    let moment = try HeadlessMoment(
      common: common, input: input, sources: [recording], at: nil
    ).moment
    let (start, end) = (from?.resolved(now: now), to?.resolved(now: now))
    let isWindow = start != nil || end != nil
    let all = moment.drills(from: start ?? .distantPast, to: end ?? .distantFuture)
    let marked = all.filter(\.isMarked)
    return isWindow || marked.isEmpty ? all : marked
  }
}
