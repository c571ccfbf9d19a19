import Monitoring
import Telemetry

/// What survives a run of `check`: where evaluation stopped, and what was known then.
package struct StoredState: Hashable, Sendable {
  /// The last instant that was evaluated; the next run begins after it.
  package var checkpoint: Timestamp
  /// By name, then region.
  package var alarms: [AlarmRecord]
  /// The word of the last verdict.
  package var verdict: String
  /// All states in one text: equal texts mean that nothing changed.
  package var digest: String

  package init(checkpoint: Timestamp, alarms: [AlarmRecord], verdict: String, digest: String) {
    self.checkpoint = checkpoint
    self.alarms = alarms
    self.verdict = verdict
    self.digest = digest
  }
}
