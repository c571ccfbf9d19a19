import Collectors
import Endpoints
import Monitoring
import Telemetry

import struct Dashboard.SourceStatus

/// A source as the dashboard shows it; the collectors have a fuller status of the same name.
typealias ShownSource = SourceStatus

extension ShownSource {
  /// What the dashboard shows of a file, a socket or a page.
  init(
    _ status: Collectors.SourceStatus, _ tally: SourceTally = SourceTally(), lastArrival: Timestamp?
  ) {
    self.init(IngestCounts(status, tally, lastArrival: lastArrival), Self.problem(of: status))
  }

  /// What the dashboard shows of an endpoint.
  init(_ intake: Intake, _ tally: SourceTally) {
    let counts = IngestCounts(intake, tally)
    self.init(
      counts,
      counts.dropped == 0 ? nil : "overloaded: \(counts.dropped) records were refused")
  }

  private init(_ counts: IngestCounts, _ problem: String?) {
    self.init(
      name: counts.source, lastArrival: counts.lastArrival, received: counts.received,
      stored: counts.stored, rejected: counts.rejected, dropped: counts.dropped, late: counts.late,
      problem: problem)
  }

  private static func lossSentence(_ status: Collectors.SourceStatus) -> String {
    let note = status.note.map { "; \($0)" } ?? ""
    return "\(status.dropped) dropped for want of room\(note)"
  }

  private static func problem(of status: Collectors.SourceStatus) -> String? {
    switch status.state {
    case .reading, .ended: status.dropped > 0 ? lossSentence(status) : status.note
    case .missing: "is not there"
    case .failed(let reason): reason
    }
  }
}
