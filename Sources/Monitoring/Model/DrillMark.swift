import Telemetry

/// The beginning or the end of a drill, as an event tells it.
enum DrillMark: Hashable, Sendable {
  case begins
  case ends

  /// Reads an event of the Fault Injection Service, or a note of the operator's; nil: neither.
  ///
  /// https://docs.aws.amazon.com/fis/latest/userguide/monitoring-eventbridge.html
  init?(_ event: Event) {
    switch (event.source, event.name) {
    case ("aws.fis", _):
      switch event.attribute("new-state.status") {
      case "running": self = .begins
      case "completed", "stopped", "failed", "cancelled": self = .ends
      default: return nil
      }
    case ("fis.amazonaws.com", "StartExperiment"): self = .begins
    case ("fis.amazonaws.com", "StopExperiment"): self = .ends
    case ("operator", _): self.init(note: event)
    default: return nil
    }
  }

  /// `drill begins`, `Drill ended: …`: a note whose first word is drill and whose second says which.
  private init?(note: Event) {
    let text = note.name.lowercased() == "drill" ? "drill " + note.message : note.message
    let words = text.lowercased().split { !$0.isLetter }
    guard words.count >= 2, words[0] == "drill" else { return nil }
    switch words[1] {
    case "begin", "begins", "began", "start", "starts", "started": self = .begins
    case "end", "ends", "ended", "over", "stop", "stops", "stopped", "finished": self = .ends
    default: return nil
    }
  }
}
