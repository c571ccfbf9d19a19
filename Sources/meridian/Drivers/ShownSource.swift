import Collectors
import Telemetry

import struct Dashboard.SourceStatus

/// A source as the dashboard shows it; the collectors have a fuller status of the same name.
typealias ShownSource = SourceStatus

extension ShownSource {
  /// What the dashboard shows of a file that is read.
  init(_ status: Collectors.SourceStatus, lastArrival: Timestamp?) {
    self.init(
      name: status.source, lastArrival: lastArrival, received: status.samples + status.events,
      rejected: status.rejects, problem: Self.problem(of: status))
  }

  private static func dropped(_ status: Collectors.SourceStatus) -> String {
    let note = status.note.map { "; \($0)" } ?? ""
    return "\(status.dropped) dropped for want of room\(note)"
  }

  private static func problem(of status: Collectors.SourceStatus) -> String? {
    switch status.state {
    case .reading, .ended: status.dropped > 0 ? dropped(status) : status.note
    case .missing: "is not there"
    case .failed(let reason): reason
    }
  }
}
