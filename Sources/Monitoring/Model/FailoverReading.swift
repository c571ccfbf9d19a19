import Telemetry

/// One deployment at one instant: who writes, what state the failover is in, and why.
package struct FailoverReading: Hashable, Sendable {
  package var group: String
  package var model: DeploymentModel
  package var state: FailoverState
  package var since: Timestamp?
  package var drill = false
  /// The regions that write now; more than one is a split brain (where the model has one writer).
  package var writers: [String] = []
  /// The region that the deployment follows now, seen to write or not; nil: all are active.
  package var primary: String?
  /// False while it cannot be told who writes.
  package var writersKnown = false
  /// Rises at each observed promotion.
  package var epoch = 1
  /// What moved the machine into its state.
  package var evidence: [Evidence] = []
  package var rpoSeconds: Double?
  package var rtoSeconds: Double?
  /// The worst RPO-now of the deployment's links into the best standby; nil: unknown.
  package var rpoNowSeconds: Double?
  /// What the last failover cost: data (bound) and time; nil: none was seen, or it is not over.
  package var rpoAchievedSeconds: Double?
  package var rtoAchievedSeconds: Double?
  /// When the running incident began: the RTO clock; nil in a steady state.
  package var incidentStart: Timestamp?
  /// Where the time of the running, or the last, incident went.
  package var clock = RecoveryClock()
  /// Whether the old writer was stopped; nil while nothing moves.
  package var fencing: Fencing?
  /// What the plan and the commands want, beside what is seen.
  package var expectedState = FailoverState.steady
  /// The region that should write; nil: all do, or it is not told.
  package var expectedWriter: String?
  /// Since when the deployment differs from what is expected of it; nil: it does not.
  package var differsSince: Timestamp?
  /// Since when nobody writes; nil while somebody does, or it is not known.
  package var writeOutageStart: Timestamp?
  /// By region.
  package var ready: [ReadinessReading] = []

  package init(group: String, model: DeploymentModel, state: FailoverState) {
    self.group = group
    self.model = model
    self.state = state
  }

  /// The standbys, the best first.
  package var standbys: [ReadinessReading] {
    ready.sorted { ($0.rank ?? .max, $0.region) < ($1.rank ?? .max, $1.region) }
  }

  /// The one writer, nil when there is none or more than one.
  package var writer: String? { writers.count == 1 ? writers.first : nil }
}
