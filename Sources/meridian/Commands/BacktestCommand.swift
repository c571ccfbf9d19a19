import ArgumentParser
import Collectors
import ConfigurationFiles
import Documents
import Monitoring
import Telemetry

/// `meridian backtest`: what alarms, or variants of them, would have done over a recording.
struct BacktestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "What these alarms, or variants of them, would have done.",
    discussion: """
      Passes recordings through the alarms once, whatever the number of variants, and tells when \
      each would have fired, for how long, how often it flapped, and, against labelled windows (a \
      file like the Numenta Anomaly Benchmark's combined_windows.json), how soon it found them, how \
      many false alarms it gave a day and what it scores by that benchmark.

      Fields for --vary: \(AlarmVariation.Field.allCases.map(\.rawValue).joined(separator: ", ")).

        meridian backtest week.jsonl.gz --alarms alarms.json
        meridian backtest week.jsonl.gz --alarms lag.json --vary DatapointsToAlarm=1..5 \
      --vary Threshold=10,20,30
        meridian backtest cpu.csv --alarms band.json --labels combined_windows.json --format json
        meridian backtest cpu.csv --alarms band.json --points cpu-scores.csv
      """)

  @OptionGroup
  var common: CommonOptions
  @OptionGroup
  var input: InputFlags

  @Argument(help: ArgumentHelp("Recordings: files, folders, globs or -.", valueName: "recording"))
  var recordings: [String]

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Alarm definitions; default: the recording's, or the configuration's.", valueName: "file"))
  var alarms: [String] = []

  @Option(
    help: ArgumentHelp(
      "A field and the values to try: DatapointsToAlarm=1..5; may be repeated.",
      valueName: "field=values"))
  var vary: [String] = []

  @Option(help: ArgumentHelp("Windows in which something was wrong, JSON.", valueName: "file"))
  var labels: String?

  @Option(help: "What to print: table, json or csv.")
  var format = Format.table

  @Option(
    help: ArgumentHelp(
      "Writes each datapoint with band and anomaly score to a CSV file.", valueName: "file"))
  var points: String?

  @Flag(inversion: .prefixedNo, help: "Draw the series and the states over the table.")
  var plot = true

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, csv }

  func run() throws {
    let variations = try parsedVariations()
    let windows = try labels.map(Self.readLabels)
    let configuration = try common.loadConfiguration()
    let timeline = try input.load(recordings, configuration)
    guard let start = timeline.firstArrival, let last = timeline.lastArrival else {
      throw Failure(.badData, "there is nothing to test on: no record could be read")
    }
    let backtest = Backtest(
      alarms: try definitions(timeline, configuration), variations: variations,
      metrics: timeline.metrics,
      names: recordings)
    if common.logLevel >= .warning { backtest.notes.forEach(StandardError.print) }
    guard !backtest.variants.isEmpty else {
      throw Failure(.badData, "there is nothing to test: no alarm is left")
    }
    let result = backtest.run(
      timeline.batches, from: start, to: last + Self.lastMinute, labels: windows)
    try write(BacktestReport(result: result, recordings: recordings))
  }

  /// The last record is still judged.
  private static let lastMinute: Int64 = 60_000

  private func write(_ report: BacktestReport) throws(Failure) {
    if let points { try TextFile.write(report.pointsCSV, to: points) }
    var output = StandardOutput()
    switch format {
    case .table: try output.write(report.text(withPlot: plot))
    case .json: try output.write(report.json)
    case .csv: try output.write(report.csv)
    }
    try output.flush()
  }

  private func parsedVariations() throws(Failure) -> [AlarmVariation] {
    do throws(Fault) {
      var variations: [AlarmVariation] = []
      for text in vary { variations.append(try AlarmVariation(text)) }
      if AlarmVariation.count(variations) == nil {
        throw Fault(
          place: Node.Place(file: "--vary"), value: vary.joined(separator: " "),
          expected: "at most \(AlarmVariation.limit) combinations")
      }
      return variations
    } catch {
      throw Failure(.usage, error.description)
    }
  }

  private static func readLabels(_ path: String) throws(Failure) -> LabelledWindows {
    guard let bytes = FileBytes.read(path) else {
      throw Failure(.inputOutput, "\(path) cannot be read")
    }
    do throws(Fault) {
      return try LabelledWindows(try Node.document(bytes, file: path))
    } catch {
      throw Failure(.badData, error.description)
    }
  }

  /// The alarms named, else those of the recording or of the configuration.
  private func definitions(
    _ timeline: Timeline, _ configuration: LoadedConfiguration?
  ) throws(Failure) -> [AlarmDefinition] {
    let assembly = try EngineAssembly(
      configuration: configuration, header: timeline.header, alarmFiles: alarms)
    assembly.tellAlarmFaults(common.logLevel)
    guard !assembly.alarms.isEmpty else {
      throw Failure(.badData, "no alarm to test: name a file with --alarms")
    }
    return assembly.alarms
  }
}
