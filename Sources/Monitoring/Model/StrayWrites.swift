import Telemetry

/// How long a primary that was replaced wrote on, or wrote again: nothing of it reached the new one.
struct StrayWrites: Hashable, Sendable {
  private var ended = 0.0
  private var begun: Timestamp?
  private var running = 0.0
  /// Whether it was ever seen not to write since the move.
  private var hasRested = false
  var seconds: Double { ended + running }

  /// Takes in whether the old primary writes, given its last write before the move and the end of its
  /// newest minute.
  mutating func note(_ writing: WriterWatch.Writing?, after lost: Timestamp, seenUntil: Timestamp) {
    switch writing {
    case .writes(let since):
      // While it was not seen, it may have written all the time.
      let begun = self.begun ?? (hasRested ? max(since, lost) : lost)
      self.begun = begun
      running = max(running, seenUntil.seconds(since: begun))
    case .idle(let stopped):
      // Points of its last minutes may be lost.
      if let begun { ended += max(running, stopped.seconds(since: begun)) }
      begun = nil
      running = 0
      hasRested = true
    // Not seen for a while: what was counted stays, and it may go on.
    case .never, .unknown, nil: break
    }
  }
}
