import Telemetry
import Testing
import WireFormats

@testable import Collectors

@Suite
struct PartsTests {
  let scratch = Scratch()

  @Test(arguments: [2, 3, 7, 100])
  func aFileReadInPartsIsTheSameAsReadWhole(_ parts: Int) throws {
    var lines = (0..<2000).map {
      line("M\($0 % 50)", at: Int64($0 / 50 * 60), value: Double($0))
    }
    for place in [5, 1000, 1500, 1990] { lines[place] = "broken line \(place + 1)\n" }
    let path = scratch.write(lines.joined(), to: "large.json")
    let file = try #require(
      try PlannedFile.files(of: SourceSpecification(path), options: InputOptions()).first)
    let size = try #require(FileStatus(path: path)?.size)
    #expect(FilePart.parts(of: file, minimumSize: size / parts).count == min(parts, 8))
    let whole = Timeline([try FileContent(reading: FilePart(file: file))])
    let timeline = Timeline(try FileContent.readAll([file], minimumPartSize: size / parts))
    #expect(timeline.samples == whole.samples)
    #expect(timeline.metrics == whole.metrics)
    #expect(timeline.rejects == whole.rejects)
    #expect(
      timeline.rejects.samples.map { "broken line \($0.line)" }
        == whole.rejects.samples.map(\.record))
    #expect(timeline.statuses == whole.statuses)
  }
}
