import Telemetry
import Testing

@testable import Collectors

/// Frames that the `zstd` command (1.5.4) wrote.
@Suite
struct ZstandardTests {
  let scratch = Scratch()

  /// A line of a metric stream at 60 s, and one at 120 s.
  private static let frames = [
    "28b52ffd0458150500e20b241f6049d406218b91c8dc26734b2c99e4bb161a0ecce1d4661c430308800bee04"
      + "85e7adf09212f95d29afdb83eeac09b8bbfa86ee77eeb91278702b8aa208b8338baa7355dd1ee7debc6873ae"
      + "2ab72390009326983cd8918103005220f07b26643a17f97664509d088695bff3a2886c6e3f8ee3300cc34008"
      + "a1df154d14af2525bc1d0d7ecf454e16b3519d246d54ee9d050060c6ea383aac41172e44f20d66e649eca9",
    "28b52ffd0458150500f20b241e6049db0640d3e8b6fbdfb92596ec52a4e80d86e648fb54bdd320002c081100"
      + "cd17d28952e378b6dd7e0dc2f72624735b3f843f83d776c883df39e724845738d9525ef66b18fcea64572b2f"
      + "f2bb210952ed41d1c2dd182804180502c7ab4a652967ff8e08b61481687a7c276bd0e5f7a2288a94524208a1"
      + "e3913d58b744a9fc3d0d8e57ce3e387561eb50bb30e53301050060c6ea783eac41172e44f20d6694c80a44",
  ].map(bytes)

  private static func bytes(_ hex: String) -> [UInt8] {
    let digits = Array(hex)
    return stride(from: 0, to: digits.count, by: 2).map {
      UInt8(String(digits[$0...($0 + 1)]), radix: 16)!
    }
  }

  @Test
  func `several frames are one input`() throws {
    let timeline = try load(scratch.write(Self.frames[0] + Self.frames[1], to: "a.jsonl.zst"))
    #expect(timeline.samples.map(\.time) == [Timestamp(seconds: 60), Timestamp(seconds: 120)])
    #expect(timeline.rejects.count == 0)
  }

  @Test(arguments: [1, 7, 64])
  func `how the input is cut changes nothing`(_ size: Int) {
    let decompressor = ZstandardDecompressor()
    var output: [UInt8] = []
    var rest = (Self.frames[0] + Self.frames[1])[...]
    while !rest.isEmpty {
      decompressor.decompress(Array(rest.prefix(size))) { output += $0 }
      rest = rest.dropFirst(size)
    }
    #expect(decompressor.isComplete)
    #expect(output.count { $0 == 10 } == 2)
  }

  @Test
  func `a truncated file says so`() throws {
    let timeline = try load(scratch.write(Self.frames[0].dropLast(6), to: "a.zst"))
    #expect(timeline.rejects.samples.map(\.reason) == ["the zstd data end before their end"])
  }

  @Test
  func `damaged data say so`() throws {
    let timeline = try load(scratch.write(Self.frames[0] + Array("tail of text".utf8), to: "a.zst"))
    #expect(timeline.samples.count == 1)
    #expect(
      timeline.rejects.samples.map(\.reason)
        == ["the zstd data are damaged: Unknown frame descriptor"])
  }

  @Test
  func `a file of one frame after another is followed`() throws {
    let path = scratch.write(Self.frames[0], to: "a.zst")
    let follower = try FileFollower([SourceSpecification(path)])
    var batch = Batch()
    while follower.poll(into: &batch, now: Timestamp(seconds: 200)) {}
    #expect(batch.samples.count == 1)
    scratch.write(Self.frames[0] + Self.frames[1], to: "a.zst")
    while follower.poll(into: &batch, now: Timestamp(seconds: 201)) {}
    #expect(batch.samples.map(\.time) == [Timestamp(seconds: 60), Timestamp(seconds: 120)])
  }
}
