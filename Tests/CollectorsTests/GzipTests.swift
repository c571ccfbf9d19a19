import Telemetry
import Testing

@testable import Collectors

@Suite
struct GzipTests {
  let scratch = Scratch()

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
  func whatFollowsAGzipMemberWithoutBeingOneIsTold() throws {
    let bytes = GzipWriter.compress(Array(line(at: 60).utf8))
    let padded = try load(scratch.write(bytes + [0, 0, 0], to: "padded.gz"))
    #expect(padded.samples.count == 1)
    #expect(padded.rejects.count == 0)
    let spoilt = try load(scratch.write(bytes + Array("tail".utf8), to: "spoilt.gz"))
    #expect(spoilt.samples.count == 1)
    #expect(
      spoilt.rejects.samples.map(\.reason) == ["the gzip data are damaged: incorrect header check"])
  }

  @Test
  func aDamagedGzipFileDoesNotLoseTheOthers() throws {
    let text = (0..<999).map { line(at: $0, value: Double($0) / 7) }.joined()
    var bytes = GzipWriter.compress(Array(text.utf8))
    for place in bytes.count / 2..<bytes.count / 2 + 50 { bytes[place] ^= 0xFF }
    scratch.write(bytes, to: "in/a.gz")
    scratch.write(line("Other", at: 60), to: "in/b")
    let timeline = try load(scratch.path(of: "in"))
    #expect(timeline.metrics.map(\.name).contains("Other"))
    #expect(timeline.rejects.count > 0)
    guard case .failed(let reason) = timeline.statuses[0].state else {
      Issue.record("the state is \(timeline.statuses[0].state)")
      return
    }
    #expect(reason.hasPrefix("the gzip data"))
  }
}
