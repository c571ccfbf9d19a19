import Endpoints
import Telemetry
import Testing

@testable import meridian

/// What `serve` says of its sources on standard error.
@Suite
struct SourceLogTests {
  private static let quiet = counts("a", stored: 5)
  private static let lossy = counts("b", stored: 5, rejected: 1, dropped: 2, late: 3)

  private static func counts(
    _ name: String, stored: Int, rejected: Int = 0, dropped: Int = 0, late: Int = 0
  ) -> IngestCounts {
    var counts = IngestCounts(source: name)
    (counts.stored, counts.rejected) = (stored, rejected)
    (counts.dropped, counts.late) = (dropped, late)
    return counts
  }

  @Test
  func `by default only sources that lost something are told of`() {
    var log = SourceLog(level: .warning)
    #expect(
      log.sentences([Self.quiet, Self.lossy])
        == ["b: received 8, stored 5, rejected 1, dropped 2, late 3"])
  }

  @Test
  func `with info every source that received something is told of, once`() {
    var log = SourceLog(level: .info)
    #expect(log.sentences([Self.quiet, Self.lossy]).count == 2)
    #expect(log.sentences([Self.quiet, Self.lossy]) == [])
    #expect(
      log.sentences([Self.counts("a", stored: 6), Self.lossy])
        == ["a: received 6, stored 6, rejected 0, dropped 0, late 0"])
  }

  @Test
  func `quiet says nothing`() {
    var log = SourceLog(level: .quiet)
    #expect(log.sentences([Self.lossy]) == [])
  }

  @Test
  func `a report is due each minute`() {
    var log = SourceLog(level: .info)
    let start = Timestamp(seconds: 1_767_225_600)
    let due = [0, 59_999, 60_000, 60_001, 119_999, 120_000].map { log.isDue(at: start + $0) }
    #expect(due == [false, false, true, false, false, true])
  }
}
