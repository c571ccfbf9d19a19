import ArgumentParser
import Collectors
import Telemetry
import WireFormats

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `meridian convert`: from any readable format to one that is written.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Convert between any readable and writable formats.",
    discussion: """
      Reads whatever meridian reads and writes Metric Streams JSON (.jsonl), OpenMetrics (.om), CSV \
      (.csv), GetMetricData JSON (.json) or a recording; .gz at the end compresses. Metric Streams \
      and GetMetricData hold a datapoint a minute.

        meridian convert recording.jsonl.gz -o metrics.csv
        meridian convert statsd.log --input-format statsd -o metrics.jsonl
        meridian convert metrics/ -o - --output-format openmetrics
        meridian convert incident.jsonl.gz --redact -o public.jsonl --output-format recording
      """)

  @OptionGroup
  var common: CommonOptions
  @OptionGroup
  var input: InputFlags

  @Argument(help: ArgumentHelp("Files, folders, globs or -.", valueName: "in"))
  var sources: [String]

  @Option(name: [.short, .long], help: ArgumentHelp("The file to write, or -.", valueName: "out"))
  var output: String

  @Option(help: "The format to write; default: as the name of the file ends.")
  var outputFormat: OutputFormat?

  @Flag(help: "Replace account ids, names and dimension values, the same by the same.")
  var redact = false

  func run() throws {
    guard let format = outputFormat ?? OutputFormat(fileName: output) else {
      let names = OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(
        .usage, "\(output): its ending names no format; give --output-format, one of \(names)")
    }
    let timeline = try input.load(sources, try common.loadConfiguration())
    var batch = timeline.batch
    var header = timeline.header
    if redact {
      var redaction = Redaction()
      batch = redaction.redacted(batch)
      header = nil
    }
    let bytes = format.bytes(of: batch, header: header)
    try write(output.hasSuffix(".gz") ? GzipWriter.compress(bytes) : bytes)
    report(timeline, format)
  }

  private func report(_ timeline: Timeline, _ format: OutputFormat) {
    guard common.logLevel >= .warning else { return }
    if !timeline.events.isEmpty, !format.holdsEvents {
      StandardError.print(
        "\(timeline.events.count) events are left out: \(format.rawValue) has no place for them")
    }
    if redact, timeline.header?.topology != nil || timeline.header?.alarms != nil {
      StandardError.print("--redact leaves out the recording's topology and alarms")
    }
    for reject in timeline.rejects.samples {
      StandardError.print("\(reject.source):\(reject.line): \(reject.reason)")
    }
    let more = timeline.rejects.count - timeline.rejects.samples.count
    if more > 0 { StandardError.print("and \(more) more records could not be read") }
  }

  private func write(_ bytes: [UInt8]) throws(Failure) {
    if output == "-" {
      var standard = StandardOutput()
      try standard.write(String(decoding: bytes, as: UTF8.self))
      return try standard.flush()
    }
    guard let file = unsafe fopen(output, "wb") else { throw failure() }
    let written = unsafe fwrite(bytes, 1, bytes.count, file)
    let isClosed = unsafe fclose(file) == 0
    guard written == bytes.count, isClosed else { throw failure() }
  }

  private func failure() -> Failure {
    Failure(.inputOutput, "\(output) cannot be written: \(systemMessage(errno))")
  }
}

extension OutputFormat: ExpressibleByArgument {}
