import ArgumentParser
import Collectors
import ConfigurationFiles
import Documents
import Simulation
import Telemetry
import WireFormats

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `meridian simulate`: a scenario's recording, with its ground truth beside it.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "Write a scenario's recording, with ground truth beside it.",
    discussion: """
      A scenario (YAML) tells what an estate is like and what happens to it. The same scenario and \
      seed give the same recording. FILE is compressed where its name ends in .gz; what really \
      happened goes to NAME.truth.json beside it.

        meridian simulate sample-metrics/scenarios/region-failure.yaml -o failure.jsonl.gz
        meridian simulate my-scenario.yaml -o drill.jsonl --seed 7
        meridian replay failure.jsonl.gz
      """)

  @OptionGroup
  var common: CommonOptions

  @Argument(help: ArgumentHelp("The scenario, a YAML file.", valueName: "scenario"))
  var scenario: String

  @Option(name: [.short, .long], help: ArgumentHelp("The recording to write.", valueName: "file"))
  var output: String

  @Option(help: ArgumentHelp("Another seed than the scenario's own.", valueName: "number"))
  var seed: UInt64?

  func validate() throws {
    if output == "-" || output.isEmpty {
      throw ValidationError("--output needs a file name: the ground truth is written beside it")
    }
  }

  func run() throws {
    let scenario = try read()
    let generation = scenario.generate(seed: seed)
    var writer = RecordingWriter()
    writer.write(
      RecordingHeader(
        name: scenario.name, topology: scenario.topology, alarms: scenario.alarmDocument))
    writer.write(generation.batch)
    let lines = writer.take()
    try write(output.hasSuffix(".gz") ? GzipWriter.compress(lines) : lines, to: output)
    try write(Array((generation.truth.json + "\n").utf8), to: truthPath)
    if common.logLevel >= .info {
      StandardError.print(
        "\(output): \(generation.batch.samples.count) datapoints of \(generation.batch.metrics.count) "
          + "metrics and \(generation.batch.events.count) events")
    }
  }

  /// The scenario; a failure that names all its faults where it has any.
  private func read() throws(Failure) -> Scenario {
    guard let bytes = FileBytes.read(scenario) else {
      throw Failure(.inputOutput, "\(scenario): cannot be read")
    }
    let (result, faults) = try parse(String(decoding: bytes, as: UTF8.self))
    guard let result else {
      throw Failure(.badData, faults.map(\.description).joined(separator: "\n"))
    }
    return result
  }

  private func parse(_ text: String) throws(Failure) -> (Scenario?, [Fault]) {
    do throws(Fault) {
      return Scenario.parse(try Node.yaml(text, file: scenario))
    } catch {
      throw Failure(.badData, error.description)
    }
  }

  /// `drill.jsonl.gz` has its truth in `drill.truth.json`.
  var truthPath: String {
    var name = output
    for ending in [".gz", ".jsonl", ".json"] where name.hasSuffix(ending) && name != ending {
      name.removeLast(ending.count)
    }
    return name + ".truth.json"
  }

  private func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    guard let file = unsafe fopen(path, "wb") else { throw failure(path) }
    let written = unsafe fwrite(bytes, 1, bytes.count, file)
    let isClosed = unsafe fclose(file) == 0
    guard written == bytes.count, isClosed else { throw failure(path) }
  }

  private func failure(_ path: String) -> Failure {
    Failure(.inputOutput, "\(path) cannot be written: \(systemMessage(errno))")
  }
}
