import ArgumentParser
import Collectors
import ConfigurationFiles
import Documents
import Monitoring
import Telemetry

/// `meridian query`: answers a GetMetricData request from local data.
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Answers a GetMetricData request from local data.",
    discussion: """
      QUERIES is what `aws cloudwatch get-metric-data --metric-data-queries` takes: a file, or JSON \
      itself. Metrics, metric math and SEARCH are computed from the sources; the answer is printed as \
      GetMetricData gives it, newest first. Periods are aligned to the epoch. Without --start and \
      --end: the range of the data. Where several regions have a metric, --region or a key Region in \
      the query says which.

      EXAMPLES:
        meridian query queries.json recording.jsonl.gz --region eu-west-1
        meridian query '[{"Id": "e1", "Expression": "SUM(SEARCH(\\'{AWS/RDS,DBInstanceIdentifier} \
      ReplicaLag\\', \\'Maximum\\', 60))"}]' recording.jsonl.gz --start -1h
      """)

  @OptionGroup
  var common: CommonOptions
  @OptionGroup
  var input: InputFlags

  @Argument(help: "A file of metric data queries, or JSON that begins with [ or {.")
  var queries: String

  @Argument(help: ArgumentHelp("Files, folders or globs.", valueName: "source"))
  var sources: [String]

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The first instant of the answer.", valueName: "time"))
  var start: TimeArgument?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The end of the answer, which is not part of it.", valueName: "time"))
  var end: TimeArgument?

  func run() throws {
    let program = try program()
    let times = try range()
    let timeline = try input.load(sources, try common.loadConfiguration())
    var request = MetricDataRequest(program: program, region: input.region)
    for batch in timeline.batches { request.take(batch) }
    var output = StandardOutput()
    try output.write(try answer(request, times.start, times.end).json)
    try output.flush()
  }

  private func answer(
    _ request: MetricDataRequest, _ start: Timestamp?, _ end: Timestamp?
  ) throws(Failure) -> MetricDataAnswer {
    do throws(MetricDataFault) {
      return try request.answer(from: start, to: end)
    } catch {
      throw Failure(.usage, error.description)
    }
  }

  private func range() throws(Failure) -> (start: Timestamp?, end: Timestamp?) {
    let start = start?.resolved(now: WallClock.now)
    let end = end?.resolved(now: WallClock.now)
    if let start, let end, start >= end {
      throw Failure(.usage, "--start \(start) is not before --end \(end)")
    }
    return (start, end)
  }

  /// The queries; a fault in a file is bad data, one on the command line is bad usage.
  private func program() throws(Failure) -> MetricMathProgram {
    let first = queries.first { !$0.isWhitespace }
    if first == "[" || first == "{" {
      return try program(.usage) { () throws(Fault) in
        try Node.json(Array(queries.utf8), file: "QUERIES")
      }
    }
    guard let bytes = FileBytes.read(queries) else {
      throw Failure(.inputOutput, "\(queries) cannot be read")
    }
    return try program(.badData) { () throws(Fault) in try Node.document(bytes, file: queries) }
  }

  private func program(
    _ code: ExitStatus, _ read: () throws(Fault) -> Node
  ) throws(Failure) -> MetricMathProgram {
    do throws(Fault) {
      return try MetricMathProgram.parse(try read())
    } catch {
      throw Failure(code, error.description)
    }
  }
}
