import Monitoring
import Telemetry

/// What survives a run of `check`: where evaluation stopped, and what was known then.
package struct StoredState: Hashable, Sendable {
  /// The last instant that was evaluated; the next run begins after it.
  package var checkpoint: Timestamp
  /// By name, then region.
  package var alarms: [StoredAlarm]
  /// The word of the last verdict.
  package var verdict: String
  /// All states in one text: equal texts mean that nothing changed.
  package var digest: String

  package init(checkpoint: Timestamp, alarms: [StoredAlarm], verdict: String, digest: String) {
    self.checkpoint = checkpoint
    self.alarms = alarms
    self.verdict = verdict
    self.digest = digest
  }
}

/// The state of one alarm in one region, as CloudWatch would describe it.
package struct StoredAlarm: Hashable, Sendable {
  package var name: String
  /// Nil where no region has the metric.
  package var region: String?
  package var state: AlarmState
  package var previousState: AlarmState?
  package var stateReason: String
  package var stateReasonData: String?
  package var stateUpdated: Timestamp?
  package var stateTransitioned: Timestamp?
  package var actionsSuppressedBy: String?

  package init(_ reading: AlarmReading) {
    name = reading.name
    region = reading.region
    state = reading.state
    previousState = reading.previousState
    stateReason = reading.stateReason
    stateReasonData = reading.stateReasonData
    stateUpdated = reading.stateUpdated
    stateTransitioned = reading.stateTransitioned
    actionsSuppressedBy = reading.actionsSuppressedBy
  }

  package init(name: String, region: String?, state: AlarmState, stateReason: String) {
    self.name = name
    self.region = region
    self.state = state
    self.stateReason = stateReason
  }
}
