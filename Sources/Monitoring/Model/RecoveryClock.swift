import Telemetry

/// Where the time of an incident went: its five marks.
///
/// A mark that was never seen is nil, and so are the parts that need it; nothing is guessed.
package struct RecoveryClock: Hashable, Sendable {
  /// The first breach.
  package var began: Timestamp?
  /// The first alarm: one of CloudWatch's, or the machine's own DETECTING.
  package var detected: Timestamp?
  /// The first action that somebody commanded.
  package var commanded: Timestamp?
  /// The new primary writes.
  package var executed: Timestamp?
  /// Users are served again.
  package var recovered: Timestamp?

  package init() {}

  /// Takes the marks that a move of the machine sets.
  mutating func note(
    _ move: GroupWatch.Move, began: Timestamp?, isNew: Bool, notes: [FailoverNote], _ now: Timestamp
  ) {
    guard move.to != .steady, move.to != .steadySwapped, move.to != .blind else { return }
    if isNew { self = RecoveryClock() }
    self.began = began
    if move.to != .failedOver { detected = detected ?? now }
    if move.to == .failingOver || move.to == .failingBack { look(for: notes, now) }
  }

  /// Looks for the first action that somebody commanded; a call may be told long after it was made.
  mutating func look(for notes: [FailoverNote], _ now: Timestamp) {
    guard commanded == nil, let began else { return }
    let asked = notes.first { note in
      note.event.proves.startsMove && note.time >= began - EstateRules.detectionQuiet
        && note.time <= executed ?? now
    }
    commanded = asked?.time
    if let commanded, let known = detected { detected = min(known, max(commanded, began)) }
  }

  /// An alarm that fired in this incident before the machine saw it.
  mutating func noteAlarm(_ time: Timestamp) {
    guard let began, time >= began, detected.map({ time < $0 }) ?? true else { return }
    detected = time
  }

  /// Seconds that a phase took; nil while it runs, or where a mark is missing.
  package func seconds(of phase: RecoveryPhase) -> Double? {
    let (start, end) =
      switch phase {
      case .detect: (began, detected)
      case .decide: (detected, commanded)
      case .execute: (commanded, executed)
      case .recover: (executed, recovered)
      }
    guard let start, let end else { return nil }
    return max(0, end.seconds(since: start))
  }

  /// The phase that runs now; nil before an incident, and when users are served.
  package var running: RecoveryPhase? {
    if began == nil || recovered != nil { return nil }
    if executed != nil { return .recover }
    if commanded != nil { return .execute }
    return detected != nil ? .decide : .detect
  }
}

/// Whether the old writer was stopped before the new one began.
package enum Fencing: String, Hashable, Sendable, CaseIterable {
  /// The provider says that writes are blocked (RDS-EVENT-0390, RDS-EVENT-0182).
  case seen = "SEEN"
  /// The attempt timed out (RDS-EVENT-0391): what it wrote since may have to be merged.
  case timedOut = "TIMED_OUT"
  case noEvidence = "NO_EVIDENCE"
}

/// What the plan and the commands want a deployment to be.
package struct Expectation: Hashable, Sendable {
  package var state = FailoverState.steady
  /// The region that should write, by its place in the topology; nil: all do, or it is not told.
  var primary: Int?
  /// Since when the deployment differs from it; nil: it does not.
  package var differsSince: Timestamp?

  package init() {}
}
