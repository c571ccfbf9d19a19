import ArgumentParser
import Collectors
import Monitoring
import Reports
import Telemetry
import WireFormats

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `meridian report`: the story of an incident, from its recording.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the report of an incident from its recording.",
    discussion: """
      Timeline with evidence for and against, RPO and RTO achieved and where the time went, lag and \
      traffic, the alarms that fired and the breaches that none told of, readiness before, and what \
      differed from the plan. The format follows from the file's name: .md, .html (one file, nothing \
      from the network, light and dark), .json.

        meridian report region-failure.jsonl.gz -o report.html
        meridian report recordings/ -o report.md --from 2026-10-20T06:30:00Z --to 2026-10-20T08:00:00Z
        meridian report region-failure.jsonl.gz -o - --format json | jq .deployments
      """)

  @OptionGroup
  var common: CommonOptions
  @OptionGroup
  var input: InputFlags

  @Argument(help: ArgumentHelp("Files, folders or globs.", valueName: "recording"))
  var sources: [String]

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The report to write; - is standard output.", valueName: "file"))
  var output: String

  @Option(help: "markdown, html or json; default: by the file's name, else markdown.")
  var format: Format?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Where the report begins; default: the first record.", valueName: "time"))
  var from: TimeArgument?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Where it ends; default: the last arrival.", valueName: "time"))
  var to: TimeArgument?

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case markdown, html, json

    /// By the ending of a file's name.
    init(of path: String) {
      let name = path.lowercased()
      self =
        name.hasSuffix(".html") || name.hasSuffix(".htm")
        ? .html : name.hasSuffix(".json") ? .json : .markdown
    }
  }

  func validate() throws {
    if output.isEmpty { throw ValidationError("--output needs a file name, or -") }
  }

  func run() throws {
    let report = try makeReport()
    let text =
      switch format ?? Format(of: output) {
      case .markdown: report.markdown
      case .html: report.html
      case .json: report.json + "\n"
      }
    try write(text)
  }

  private func makeReport() throws -> IncidentReport {
    let configuration = try common.loadConfiguration()
    let timeline = try input.load(sources, configuration)
    let assembly = try EngineAssembly(configuration: configuration, timeline: timeline)
    let name = timeline.header?.name ?? ""
    return try Self.report(
      on: timeline, assembly: assembly, name: name.isEmpty ? sources[0] : name,
      from: from?.resolved(now: WallClock.now), to: to?.resolved(now: WallClock.now))
  }

  /// Lives through a recording and reads what happened.
  static func report(
    on timeline: Timeline, assembly: EngineAssembly, name: String, from: Timestamp? = nil,
    to: Timestamp? = nil
  ) throws(Failure) -> IncidentReport {
    guard let first = timeline.firstArrival, let last = timeline.lastArrival else {
      throw Failure(.badData, "there is nothing to report: no record could be read")
    }
    let end = to ?? last
    let start = from ?? min(first, end)
    guard start <= end else {
      throw Failure(.usage, "--from \(start) is after the end of the report, \(end)")
    }
    var engine = assembly.makeEngine()
    for batch in timeline.batches { engine.ingest(batch) }
    _ = engine.advance(to: end)
    return IncidentReport(engine: engine, name: name, from: start, to: end)
  }

  private func write(_ text: String) throws(Failure) {
    if output == "-" {
      var standard = StandardOutput()
      try standard.write(text)
      return try standard.flush()
    }
    guard let file = unsafe fopen(output, "wb") else { throw failure() }
    let bytes = Array(text.utf8)
    let written = unsafe fwrite(bytes, 1, bytes.count, file)
    let isClosed = unsafe fclose(file) == 0
    guard written == bytes.count, isClosed else { throw failure() }
  }

  private func failure() -> Failure {
    Failure(.inputOutput, "\(output) cannot be written: \(systemMessage(errno))")
  }
}
