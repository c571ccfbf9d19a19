import Telemetry
import Testing
import WireFormats

@testable import Collectors

@Suite
struct PartsTests {
  let scratch = Scratch()

  @Test
  func aLargeFileReadInPartsIsTheSameAsReadWhole() throws {
    var lines = (0..<120_000).map {
      line("M\($0 % 50)", at: Int64($0 / 50 * 60), value: Double($0))
    }
    for place in [5, 70_000, 119_000] { lines[place] = "broken line \(place + 1)\n" }
    let path = scratch.write(lines.joined(), to: "large.json")
    let file = try #require(
      try PlannedFile.files(of: SourceSpecification(path), options: InputOptions()).first)
    let parts = FilePart.parts(of: file)
    #expect(parts.count == 2)
    let whole = Timeline([try FileContent(reading: FilePart(file: file))])
    let timeline = try load(path)
    #expect(timeline.samples == whole.samples)
    #expect(timeline.metrics == whole.metrics)
    #expect(timeline.rejects == whole.rejects)
    #expect(
      timeline.rejects.samples.map { "broken line \($0.line)" }
        == whole.rejects.samples.map(\.record))
    #expect(timeline.statuses == whole.statuses)
  }
}
