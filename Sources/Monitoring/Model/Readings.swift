import Telemetry

/// The health words of a region.
package enum RegionHealth: String, Hashable, Sendable, CaseIterable {
  case healthy = "HEALTHY"
  case degraded = "DEGRADED"
  case impaired = "IMPAIRED"
  case down = "DOWN"
  /// Not seen: its data, or its CloudWatch, is silent. Not the same as down.
  case blind = "BLIND"
  case maintenance = "MAINTENANCE"
}

/// One region at one instant.
package struct RegionReading: Hashable, Sendable {
  package var region: String
  package var role: RegionRole
  package var health: RegionHealth
  /// When the health last changed; nil before the first evaluation.
  package var since: Timestamp?
  /// Sentences; empty when healthy.
  package var reasons: [String] = []
  /// Observed share of all requests, 0 to 1; nil: unknown.
  package var trafficShare: Double?
  /// Age of the newest data of the region; nil: never seen.
  package var dataAgeSeconds: Double?
  package var requestsPerSecond: Double?
  package var errorRatio: Double?
  /// The 99th percentile, or the highest latency statistic at hand, in seconds.
  package var latencySeconds: Double?
  /// The part of its always-reported metrics that is fresh, 0 to 1; nil: none was ever seen.
  package var freshness: Double?
  /// What it should publish and does not, and what that means.
  package var absences: [AbsenceReading] = []

  package init(region: String, role: RegionRole, health: RegionHealth) {
    self.region = region
    self.role = role
    self.health = health
  }
}

/// The state words of a replication link.
package enum LinkState: String, Hashable, Sendable, CaseIterable {
  case ok = "OK"
  case warn = "WARN"
  /// The objective is broken.
  case breached = "BREACHED"
  /// The sample is overdue.
  case stale = "STALE"
  /// Replication has stopped.
  case broken = "BROKEN"
}

/// One replication link at one instant: what would be lost if its source were lost now.
package struct LinkReading: Hashable, Sendable {
  package var service: String
  package var kind: String
  package var from: String
  package var to: String
  package var state: LinkState
  package var since: Timestamp?
  package var reasons: [String] = []
  /// Seconds of data at risk as last measured; nil: unknown.
  package var lagSeconds: Double?
  package var nativeValue: Double?
  package var nativeUnit: String?
  /// Now minus the sample's timestamp; nil: never seen.
  package var ageSeconds: Double?
  /// The objective, in seconds.
  package var rpoSeconds: Double?
  /// Lag plus age: what a loss now would cost at most.
  package var rpoNowSeconds: Double?
  /// The lag above which the link warns, in seconds.
  package var warnSeconds: Double?
  /// The series that answers for the link now; nil: none seen.
  package var series: SeriesID?
  /// Multiplies a native value to give seconds.
  package var secondsPerUnit: Double = 1
  /// Whose judgement the warning is.
  package var basis: ServiceMetric.Basis?
  /// What it means that the newest sample is overdue or was never there; nil: it is there.
  package var absence: AbsenceReading?
  /// The link's life over the moves of its primary, oldest first; the last one goes on.
  package var segments: [Segment] = []
  package var backlogs: [Backlog] = []
  /// When it will have caught up; nil: it is not behind.
  package var catchUp: CatchUp?
  /// How long to wait before a planned move; nil where no rule of the kind exists.
  package var drain: Drain?

  package init(service: String, kind: String, from: String, to: String, state: LinkState) {
    self.service = service
    self.kind = kind
    self.from = from
    self.to = to
    self.state = state
  }
}

/// The state words of a deployment's failover.
package enum FailoverState: String, Hashable, Sendable, CaseIterable {
  case steady = "STEADY"
  case steadySwapped = "STEADY_SWAPPED"
  case detecting = "DETECTING"
  case failingOver = "FAILING_OVER"
  case failedOver = "FAILED_OVER"
  case failingBack = "FAILING_BACK"
  case stuck = "STUCK"
  case splitBrain = "SPLIT_BRAIN"
  case blind = "BLIND"
}

/// One observation that speaks for (or against) a failover state.
package struct Evidence: Hashable, Sendable {
  package var time: Timestamp
  /// Independent families: two are needed to move the state machine.
  package var family: String
  /// A sentence.
  package var text: String
  package var region: String?
  /// Whether it speaks for the transition or against it.
  package var supports: Bool

  package init(
    time: Timestamp, family: String, text: String, region: String? = nil, supports: Bool = true
  ) {
    self.time = time
    self.family = family
    self.text = text
    self.region = region
    self.supports = supports
  }
}

/// Whether a standby could take over now.
package struct ReadinessReading: Hashable, Sendable {
  package var region: String
  package var verdict: Verdict
  package var checks: [Check]
  /// Its place among the standbys, from 1: by readiness, then by what a failover to it would lose, then
  /// by how near it is.
  package var rank: Int?

  package init(region: String, verdict: Verdict, checks: [Check]) {
    self.region = region
    self.verdict = verdict
    self.checks = checks
  }

  package enum Verdict: String, Hashable, Sendable, CaseIterable {
    case ready = "READY"
    case notReady = "NOT_READY"
    /// Not ready either.
    case unknown = "UNKNOWN"
  }

  /// One input of the verdict.
  package struct Check: Hashable, Sendable {
    package var id: String
    package var verdict: CheckVerdict
    package var value: String
    package var limit: String
    package var ageSeconds: Double?

    package init(
      id: String, verdict: CheckVerdict, value: String, limit: String, ageSeconds: Double?
    ) {
      self.id = id
      self.verdict = verdict
      self.value = value
      self.limit = limit
      self.ageSeconds = ageSeconds
    }
  }

  package enum CheckVerdict: String, Hashable, Sendable, CaseIterable {
    case go = "GO"
    case noGo = "NO_GO"
    case unknown = "UNKNOWN"
  }
}
