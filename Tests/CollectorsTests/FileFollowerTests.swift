import Telemetry
import Testing
import WireFormats

@testable import Collectors

@Suite
struct FileFollowerTests {
  let scratch = Scratch()

  /// Polls until nothing is waiting and returns the event times, in seconds.
  func times(_ follower: FileFollower, now seconds: Int64 = 1000) -> [Int64] {
    var batch = Batch()
    while follower.poll(into: &batch, now: Timestamp(seconds: seconds)) {}
    return batch.samples.map { $0.time.milliseconds / 1000 }
  }

  func follow(_ name: String) throws -> FileFollower {
    try FileFollower([SourceSpecification(scratch.path(of: name))])
  }

  @Test
  func whatIsAppendedIsReadOnce() throws {
    scratch.write(line(at: 60), to: "log")
    let follower = try follow("log")
    #expect(times(follower) == [60])
    #expect(times(follower) == [])
    scratch.append(line(at: 120), to: "log")
    #expect(times(follower) == [120])
  }

  @Test
  func aRecordWithoutArrivalArrivesNow() throws {
    scratch.write(line(at: 60) + line(at: 61, arrival: 62_000), to: "log")
    var batch = Batch()
    _ = try follow("log").poll(into: &batch, now: Timestamp(seconds: 99))
    #expect(batch.samples.map(\.arrival) == [Timestamp(seconds: 99), Timestamp(seconds: 62)])
  }

  @Test
  func halfALineWaitsForItsEnd() throws {
    let text = line(at: 120)
    scratch.write(line(at: 60) + text.prefix(50), to: "log")
    let follower = try follow("log")
    #expect(times(follower) == [60])
    scratch.append(String(text.dropFirst(50)), to: "log")
    #expect(times(follower) == [120])
    #expect(follower.statuses[0].rejects == 0)
  }

  @Test
  func aRotatedFileIsReadToItsEndAndThenTheNewOne() throws {
    scratch.write(line(at: 60), to: "log")
    let follower = try follow("log")
    #expect(times(follower) == [60])
    scratch.append(line(at: 120), to: "log")
    scratch.move("log", to: "log.1")
    scratch.write(line(at: 180), to: "log")
    #expect(times(follower) == [120, 180])
    #expect(follower.statuses[0].note?.contains("rotated") == true)
    #expect(follower.statuses[0].samples == 3)
  }

  @Test
  func aFileThatIsAwayForAWhileIsSaidToBeMissing() throws {
    scratch.write(line(at: 60), to: "log")
    let follower = try follow("log")
    #expect(times(follower) == [60])
    scratch.move("log", to: "log.1")
    #expect(times(follower) == [])
    #expect(follower.statuses[0].state == .missing)
    scratch.write(line(at: 120), to: "log")
    #expect(times(follower) == [120])
    #expect(follower.statuses[0].state == .reading)
  }

  @Test
  func aTruncatedFileIsReadAgainFromItsStart() throws {
    scratch.write(line(at: 60) + line(at: 120), to: "log")
    let follower = try follow("log")
    #expect(times(follower) == [60, 120])
    scratch.truncate("log")
    scratch.append(line(at: 180), to: "log")
    #expect(times(follower) == [180])
    #expect(follower.statuses[0].note?.contains("truncated") == true)
  }

  @Test
  func aTruncatedFileThatHasOutgrownUsIsNoticedToo() throws {
    scratch.write(line(at: 60), to: "log")
    let follower = try follow("log")
    #expect(times(follower) == [60])
    scratch.truncate("log")
    scratch.append(line(at: 120) + line(at: 180), to: "log")
    #expect(times(follower) == [120, 180])
  }

  @Test
  func aNewFileInAFolderIsFoundWithinSeconds() throws {
    scratch.write(line(at: 60), to: "in/a")
    let follower = try follow("in")
    #expect(times(follower, now: 1000) == [60])
    scratch.write(line(at: 120), to: "in/b")
    #expect(times(follower, now: 1001) == [])
    #expect(times(follower, now: 1006) == [120])
  }
}
