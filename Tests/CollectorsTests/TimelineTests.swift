import Documents
import Telemetry
import Testing
import WireFormats

@testable import Collectors

@Suite
struct TimelineTests {
  let scratch = Scratch()

  @Test
  func recordsAreOrderedByArrivalThenTimeThenMetric() throws {
    let file = scratch.write(
      line("B", at: 60, arrival: 90_000) + line("A", at: 60, arrival: 90_000)
        + line("C", at: 120, arrival: 80_000) + line("D", at: 30, arrival: 90_000), to: "a.json")
    let timeline = try load(file)
    #expect(
      timeline.listing == """
        80000 120000 C 1.0
        90000 30000 D 1.0
        90000 60000 A 1.0
        90000 60000 B 1.0
        """)
    #expect(timeline.newestTime == Timestamp(seconds: 120))
    #expect(timeline.firstArrival == Timestamp(seconds: 80))
    #expect(timeline.lastArrival == Timestamp(seconds: 90))
  }

  @Test
  func howTheInputIsCutIntoFilesChangesNothing() throws {
    let lines = (0..<60).map { minute in
      line("M\(minute * 7 % 10)", at: Int64(minute / 10 * 60), value: Double(minute))
    }
    let whole = try load(scratch.write(lines.joined(), to: "whole.json"))
    for parts in [2, 3, 60] {
      for (index, text) in lines.enumerated() {
        let name = "cut\(parts)/\(index % parts + 100).json"
        let known = scratch.write("", ifMissing: name)
        scratch.append(text, to: known)
      }
      let cut = try load(scratch.path(of: "cut\(parts)"))
      #expect(cut.listing == whole.listing, "in \(parts) files")
    }
  }

  @Test
  func aRecordWithoutArrivalArrivesAtItsOwnTime() throws {
    let timeline = try load(scratch.write(line(at: 60), to: "a.json"))
    #expect(timeline.samples[0].arrival == Timestamp(seconds: 60))
  }

  @Test
  func batchesHoldEverythingOnceAndCutNoInstantInTwo() throws {
    let text = (0..<20_000).map { line("M\($0 % 7)", at: 60, arrival: Int64($0 / 5000 * 1000)) }
    let timeline = try load(scratch.write(text.joined(), to: "a.json"))
    let batches = Array(timeline.batches)
    #expect(batches.map(\.samples.count) == [10_000, 10_000])
    #expect(batches.allSatisfy { $0.metrics.count == 7 })
  }

  @Test
  func aFirstLineLongerThanAReadIsDetectedAndRead() throws {
    let alarms = (0..<40_000).map { "{\"AlarmName\":\"a\($0)\"}" }.joined(separator: ",")
    let path = scratch.write(
      "{\"name\":\"big\",\"alarms\":[\(alarms)]}\n" + line(at: 60), to: "big")
    let timeline = try load(path)
    #expect(timeline.header?.alarms?.elements?.count == 40_000)
    #expect(timeline.samples.count == 1)
  }

  @Test
  func anEmptyFileHoldsNothing() throws {
    let timeline = try load(scratch.write("", to: "empty"))
    #expect(timeline.lastArrival == nil)
    #expect(timeline.batches.isEmpty)
    #expect(timeline.statuses.map(\.state) == [.ended])
  }

  @Test
  func aMissingFileIsOneSentence() {
    let path = scratch.path(of: "none.json")
    #expect(throws: InputError(.inputOutput, "\(path): No such file or directory")) {
      try load(path)
    }
  }

  @Test
  func anUnknownFormatNamesWhatWasLookedFor() {
    let path = scratch.write("\u{1}\u{2}\u{3}\n", to: "x.bin")
    let error = #expect(throws: InputError.self) { try load(path) }
    #expect(error?.kind == .data)
    #expect(error?.description.contains("metric-stream-json") == true)
  }

  @Test
  func aFileOfNoFormatInAFolderDoesNotLoseTheOthers() throws {
    scratch.write("\u{1}\u{2}\u{3}\n", to: "in/x.bin")
    scratch.write(line(at: 60), to: "in/deep/er/a.json")
    let timeline = try load(scratch.path(of: "in"))
    #expect(timeline.samples.count == 1)
    #expect(timeline.statuses.count == 2)
  }

  @Test
  func aGlobIsReadInTheOrderOfNames() throws {
    scratch.write(line("B", at: 60), to: "2.json")
    scratch.write(line("A", at: 60), to: "1.json")
    let timeline = try load(scratch.path(of: "*.json"))
    #expect(timeline.statuses.map { $0.source.suffix(6) } == ["1.json", "2.json"])
  }

  @Test(arguments: ["https://x/y", "cloudwatch://eu-west-1"])
  func aSourceOfALaterVersionIsRefusedInOneSentence(_ text: String) {
    let error = #expect(throws: InputError.self) { try SourceSpecification(text) }
    #expect(error?.kind == .usage)
    #expect(error?.description.contains("not in this version") == true)
  }

  @Test
  func aFormatMayBeNamedWithTheSource() throws {
    #expect(try SourceSpecification("a?.json?format=recording").format == "recording")
    #expect(throws: InputError.self) { try SourceSpecification("a?format=none") }
  }
}

extension Scratch {
  /// Writes a file unless it is there, and returns its name.
  func write(_ text: String, ifMissing name: String) -> String {
    if FileStatus(path: path(of: name)) == nil { write(text, to: name) }
    return name
  }
}
