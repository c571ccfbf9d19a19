import Collectors
import Monitoring
import Telemetry

/// What came by one way, and what became of it: the same numbers on screen, in the log and for Prometheus.
package struct IngestCounts: Hashable, Sendable {
  package var source: String
  /// Records that were handed to the engine and taken.
  package var stored = 0
  /// Records that could not be read, and samples of new series beyond the limit.
  package var rejected = 0
  /// Records that were lost, or refused, for want of room.
  package var dropped = 0
  /// Stored samples that came when their series held newer ones.
  package var late = 0
  package var lastArrival: Timestamp?

  /// Records that came, whatever became of them.
  package var received: Int { stored + rejected + dropped }

  /// Of a source of which nothing has come yet.
  package init(source: String) { self.source = source }

  /// Of a file, a socket or a page.
  package init(_ status: SourceStatus, _ tally: SourceTally, lastArrival: Timestamp? = nil) {
    source = status.source
    stored = status.samples + status.events - tally.refused
    rejected = status.rejects + tally.refused
    (dropped, late) = (status.dropped, tally.late)
    self.lastArrival = lastArrival
  }

  /// Of an endpoint.
  package init(_ intake: Intake, _ tally: SourceTally) {
    let counts = intake.counts
    source = intake.name
    stored = counts.samples + counts.events - tally.refused
    rejected = counts.rejects + tally.refused
    (dropped, late, lastArrival) = (counts.refused, tally.late, counts.lastArrival)
  }
}
