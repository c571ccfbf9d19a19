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
  func severalGzipMembersAreOneInput() throws {
    let bytes =
      GzipWriter.compress(Array(line(at: 60).utf8)) + GzipWriter.compress(Array(line(at: 120).utf8))
    let timeline = try load(scratch.write(bytes, to: "a.json.gz"))
    #expect(timeline.samples.count == 2)
    #expect(timeline.rejects.count == 0)
  }

  @Test
  func aTruncatedGzipFileKeepsWhatCanBeReadAndSaysSo() throws {
    let text = (0..<2000).map { line(at: Int64($0) * 60, value: Double($0) / 7) }.joined()
    let bytes = GzipWriter.compress(Array(text.utf8))
    let timeline = try load(scratch.write(bytes.prefix(bytes.count / 2), to: "a.gz"))
    #expect(timeline.samples.count > 100)
    #expect(timeline.rejects.samples.contains { $0.reason.contains("gzip data end") })
  }

  @Test
  func compressingTwiceGivesTheSameBytes() {
    let bytes = Array(String(repeating: "meridian ", count: 1000).utf8)
    #expect(GzipWriter.compress(bytes) == GzipWriter.compress(bytes))
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

  @Test(arguments: ["tcp://127.0.0.1:1", "http://x/y", "cloudwatch://eu-west-1"])
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
