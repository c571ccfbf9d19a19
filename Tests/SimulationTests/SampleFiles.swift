import Collectors
import ConfigurationFiles
import Documents
import Telemetry
import Testing
import WireFormats

@testable import Simulation

/// The shipped samples and their scenarios.
enum SampleFiles {
  static let names = [
    "backup-silence", "control-plane", "dial-maintenance", "dns-outage", "gray-partition",
    "isolated-writer", "monitoring-blind", "planned-switchover", "region-failure", "replica-lost",
    "rpo-erosion", "s3-outage", "shop", "split-brain",
    "staircase",
  ]

  /// The folder of the samples, from this file's own place.
  private static let folder =
    #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/sample-metrics/"

  /// What a scenario generates with its own seed.
  static func generation(_ name: String) throws -> Generation { try scenario(name).generate() }

  static func scenario(_ name: String) throws -> Scenario {
    let path = folder + "scenarios/\(name).yaml"
    let text = String(decoding: try #require(FileBytes.read(path)), as: UTF8.self)
    return try scenario(text: text, file: path)
  }

  static func scenario(text: String, file: String = "scenario.yaml") throws -> Scenario {
    let (scenario, faults) = Scenario.parse(try Node.yaml(text, file: file))
    #expect(faults.map(\.description) == [])
    return try #require(scenario)
  }

  static func faults(_ text: String) throws -> [String] {
    Scenario.parse(try Node.yaml(text, file: "scenario.yaml")).1.map(\.description)
  }

  static func recording(_ name: String) throws -> [UInt8] {
    try #require(FileBytes.read(folder + "\(name).jsonl.gz"))
  }

  static func truth(_ name: String) throws -> String {
    String(decoding: try #require(FileBytes.read(folder + "\(name).truth.json")), as: UTF8.self)
  }

  /// The lines that `meridian simulate` writes.
  static func lines(of scenario: Scenario, _ generation: Generation) -> [UInt8] {
    var writer = RecordingWriter()
    writer.write(
      RecordingHeader(
        name: scenario.name, topology: scenario.topology, alarms: scenario.alarmDocument))
    writer.write(generation.batch)
    return writer.take()
  }
}
