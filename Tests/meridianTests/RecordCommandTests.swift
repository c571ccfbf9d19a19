import ConfigurationFiles
import Foundation
import Telemetry
import Testing
import WireFormats

@testable import meridian

/// `meridian record`, and the daemon's folder of recordings.
@Suite
struct RecordCommandTests {
  private static let estate = """
    name: shop
    regions: {us-east-1: {role: primary}, eu-west-1: {role: standby}}

    """

  @Test
  func `a recording replays as what was recorded, with the topology and alarms it was made under`()
    throws
  {
    let program = try CheckProgram([
      "meridian.yaml": Self.estate + CheckProgram.lagAlarm(),
      "lag.jsonl": CheckProgram.lag([1, 1, 9, 9, 1], arrivalDelay: 5000),
    ])
    let arguments = ["record", "--config", "meridian.yaml", "-", "-o", "night.jsonl.gz"]
    let recorded = try program.run(arguments, input: "lag.jsonl")
    #expect(recorded.status == 0 && recorded.output.isEmpty, "\(recorded)")
    #expect(recorded.errors.contains("recorded in night.jsonl.gz: samples 5, events 0"))
    let original = try program.run(
      "replay", "--headless", "--config", "meridian.yaml", "lag.jsonl")
    try FileManager.default.removeItem(atPath: program.folder + "/meridian.yaml")
    let again = try program.run("replay", "--headless", "night.jsonl.gz")
    #expect(again.output.contains(#""from":"OK","to":"ALARM""#))
    #expect(again.output == original.output)
  }

  @Test
  func `a recording that is there already is not written over`() throws {
    let program = try CheckProgram(["lag.jsonl": CheckProgram.lag([1]), "old.jsonl": "old\n"])
    let result = try program.run(["record", "-", "-o", "old.jsonl"], input: "lag.jsonl")
    #expect(result.status == 74)
    #expect(result.errors == "meridian: old.jsonl cannot be written: it is there already\n")
    let kept = try String(contentsOfFile: program.folder + "/old.jsonl", encoding: .utf8)
    #expect(kept == "old\n")
  }

  @Test
  func `without anything to record it says so`() throws {
    let result = try CheckProgram().run("record", "-o", "x.jsonl.gz")
    #expect(result.status == 64 && result.errors.contains("nothing to record"), "\(result)")
  }

  @Test(arguments: ["live.jsonl", "live.jsonl.gz"])
  func `what is flushed can be read while the recording grows`(name: String) throws {
    let program = try CheckProgram()
    let file = try RecordingFile(
      path: program.folder + "/" + name, header: RecordingHeader(name: "live"))
    try file.write(Self.batch(values: [1, 2, 3]))
    try file.flush()
    let growing = try program.run("convert", name, "-o", "-", "--output-format", "csv")
    #expect(growing.status == 0 && growing.output.split(separator: "\n").count == 4, "\(growing)")
    try file.write(Self.batch(values: [4]))
    try file.close()
    let whole = try program.run("convert", name, "-o", "-", "--output-format", "csv")
    #expect(whole.output.split(separator: "\n").count == 5 && whole.errors.isEmpty, "\(whole)")
  }

  @Test
  func `a day begins a file, old ones are removed, and files of others are left alone`() throws {
    let program = try CheckProgram(["recordings/notes.txt": "mine", "recordings/meridian-x.gz": ""])
    let folder = program.folder + "/recordings"
    let setting = RecordSetting(path: folder, keepMilliseconds: 2 * 86_400_000)
    let start = Timestamp(seconds: 1_767_225_600)
    let recorder = try Recorder(
      .folder(setting), header: RecordingHeader(name: "shop"), now: start + 3_600_000)
    for day in 0..<5 {
      recorder.tick(start + Int64(day) * 86_400_000 + 7_200_000)
      recorder.write(Self.batch(values: [1]))
    }
    recorder.close()
    #expect(recorder.takeFailure() == nil)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(
      names == [
        "meridian-20260103T020000Z.jsonl.gz", "meridian-20260104T020000Z.jsonl.gz",
        "meridian-20260105T020000Z.jsonl.gz", "meridian-x.gz", "notes.txt",
      ])
  }

  private static func batch(values: [Double]) -> Batch {
    var batch = Batch()
    batch.metrics = [MetricID(region: "eu-west-1", namespace: "AWS/RDS", name: "ReplicaLag")]
    for (minute, value) in values.enumerated() {
      let time = Timestamp(seconds: 1_767_225_600 + Int64(value) * 60)
      batch.samples.append(
        Sample(
          metric: 0, merging: .replaces, time: time, arrival: time + Int64(minute),
          statistics: StatisticSet(value)))
    }
    return batch
  }
}
