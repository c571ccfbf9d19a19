import Monitoring
import Telemetry

/// The story of an incident, read from an engine that has lived through it: what happened and why it is
/// believed, what it cost, which alarms spoke, what stood ready, and what differed from the plan.
///
/// A value without a clock: the same recording and window give the same report. Nil is unknown.
package struct IncidentReport: Hashable, Sendable {
  package var name: String
  package var from: Timestamp
  package var to: Timestamp
  /// When the first thing left its normal state; nil: nothing did.
  package var began: Timestamp?
  package var regions: [RegionCourse] = []
  package var deployments: [DeploymentStory] = []
  /// Oldest first.
  package var timeline: [TimelineEntry] = []
  /// What the timeline would hold beyond its limit.
  package var timelineLeftOut = 0
  package var lags: [LagSeries] = []
  package var traffic: [TrafficSeries] = []
  package var alarms: [AlarmStory] = []
  package var silences: [SilentBreach] = []
  /// Sentences.
  package var differences: [String] = []

  /// How one region was, through the window.
  package struct RegionCourse: Hashable, Sendable {
    package var region: String
    package var role: RegionRole
    package var stretches: [Stretch]
  }

  /// A time in which a state held.
  package struct Stretch: Hashable, Sendable {
    package var from: Timestamp
    package var to: Timestamp
    package var state: String

    package var seconds: Double { to.seconds(since: from) }
  }
}

/// What became of one deployment, and what it cost.
package struct DeploymentStory: Hashable, Sendable {
  package var name: String
  package var model: DeploymentModel
  package var stretches: [IncidentReport.Stretch]
  package var isDrill = false
  package var writerBefore: String?
  package var writerAfter: String?
  package var rpo: Cost
  package var rto: Cost
  /// Where the time went, in the order of the phases; nil seconds: a mark was never seen.
  package var phases: [Phase] = []
  package var fencing: Fencing?
  /// What stood ready just before the incident.
  package var readyBefore: [ReadinessReading] = []

  /// An objective and what was achieved, in seconds.
  package struct Cost: Hashable, Sendable {
    package var objectiveSeconds: Double?
    package var achievedSeconds: Double?

    /// Nil where either is not known.
    package var isKept: Bool? {
      guard let objectiveSeconds, let achievedSeconds else { return nil }
      return achievedSeconds <= objectiveSeconds
    }
  }

  package struct Phase: Hashable, Sendable {
    package var phase: RecoveryPhase
    package var seconds: Double?
  }
}

/// One thing that happened.
package struct TimelineEntry: Hashable, Sendable {
  package var time: Timestamp
  package var kind: Kind
  /// `orders: STEADY to DETECTING`.
  package var title: String
  /// Sentences that speak for it.
  package var evidence: [String] = []
  /// Sentences that speak against it.
  package var doubts: [String] = []
  package var weight: Weight

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case failover, region, link, readiness, alarm, event, note
  }

  /// How it is shown.
  package enum Weight: String, Hashable, Sendable, CaseIterable {
    case good, neutral, warning, critical
  }
}

/// A replication link's lag through the window, in seconds; one line through all its roles.
package struct LagSeries: Hashable, Sendable {
  package var service: String
  package var from: String
  package var to: String
  package var objectiveSeconds: Double?
  package var points: [ReportPoint]

  package var title: String { "\(service) \(from) to \(to)" }
}

/// A region's part of all requests, 0 to 1.
package struct TrafficSeries: Hashable, Sendable {
  package var region: String
  package var points: [ReportPoint]
}

package struct ReportPoint: Hashable, Sendable {
  package var time: Timestamp
  /// Nil: unknown, which is drawn as a gap.
  package var value: Double?
}

/// What one alarm did in the window.
package struct AlarmStory: Hashable, Sendable {
  package var name: String
  package var region: String?
  package var severity: AlarmSeverity
  package var fired: Timestamp
  /// Seconds from the beginning of the incident; negative: before it.
  package var afterSeconds: Double?
  package var count: Int
  package var inAlarmSeconds: Double
  package var reason: String
  package var isOver: Bool
}

/// A breach that no alarm told of: which alarms should have.
package struct SilentBreach: Hashable, Sendable {
  package var subject: String
  package var state: String
  package var from: Timestamp
  package var to: Timestamp
  /// Alarms that watch it and stayed quiet; none: nothing watches it.
  package var watching: [String]
}
