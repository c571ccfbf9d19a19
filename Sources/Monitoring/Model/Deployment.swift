import Telemetry

/// A group of services that fails over together, with its objectives and its written plan.
package struct Deployment: Hashable, Sendable {
  package var name: String
  package var model: DeploymentModel
  package var rpoSeconds: Double?
  package var rtoSeconds: Double?
  package var services: [String]
  /// How users find a region; nil: as the model suggests.
  package var routing: TrafficRouting?
  /// How long resolvers keep an answer; nil: not told.
  package var timeToLiveSeconds: Double?
  /// The steps of a failover, in order.
  package var plan: [PlanStep] = []
  /// Drills and restores that are known of, and how often there should be some.
  package var practice = Practice()
  /// Spans of time that are drills.
  package var drills: [DrillWindow] = []
  /// Readiness checks that alarms answer: the check's id and the alarm's name, in which `{region}`
  /// stands for the standby.
  package var alarmChecks: [Dimension] = []
  /// Two regions that are nearer than this share their fate.
  package var minimumDistanceKilometres = Deployment.usualDistanceKilometres
  /// After a finished failover, only a primary that is DOWN begins another within this time.
  package var lockOutSeconds = Deployment.usualLockOutSeconds

  /// A storm or a power grid spans so much; the pairs that AWS itself offers are farther apart.
  static let usualDistanceKilometres = 200.0
  /// As orchestrator's RecoveryPeriodBlockSeconds.
  static let usualLockOutSeconds = 3600.0

  package init(
    name: String, model: DeploymentModel, rpoSeconds: Double? = nil, rtoSeconds: Double? = nil,
    services: [String] = []
  ) {
    self.name = name
    self.model = model
    self.rpoSeconds = rpoSeconds
    self.rtoSeconds = rtoSeconds
    self.services = services
  }
}

/// The disaster-recovery strategies of AWS's white paper and of Resilience Hub.
package enum DeploymentModel: String, Hashable, Sendable, CaseIterable {
  case activeActive = "active-active"
  case activePassive = "active-passive"
  case hotStandby = "hot-standby"
  case warmStandby = "warm-standby"
  case pilotLight = "pilot-light"
  case backupAndRestore = "backup-and-restore"

  /// Whether the standby runs at less than full size, so that a failover has to start something.
  var scalesFirst: Bool {
    self == .warmStandby || self == .pilotLight || self == .backupAndRestore
  }
}

extension DeploymentModel {
  /// Whether the standby has no compute until it is needed.
  var restsEmpty: Bool { self == .pilotLight || self == .backupAndRestore }
}

/// How users are sent to a region.
package enum TrafficRouting: String, Hashable, Sendable, CaseIterable {
  /// To the region that answers soonest (Route 53 latency records, Global Accelerator).
  case latency
  /// By the regions' shares.
  case weighted
  /// All to the primary, and to the first standby when it fails its health check.
  case failover
}

/// When a deployment was last practised, as the configuration tells it.
package struct Practice: Hashable, Sendable {
  package var lastDrill: Timestamp?
  package var lastRestore: Timestamp?
  package var drillEverySeconds = 90 * 86_400.0
  package var restoreEverySeconds = 30 * 86_400.0
  /// Whether the configuration speaks of it at all.
  package var isConfigured = false

  package init() {}
}

/// A span that is marked as a drill; nil: open to that side.
package struct DrillWindow: Hashable, Sendable {
  package var from: Timestamp?
  package var to: Timestamp?

  package init(from: Timestamp? = nil, to: Timestamp? = nil) {
    self.from = from
    self.to = to
  }

  func contains(_ time: Timestamp) -> Bool {
    (from.map { $0 <= time } ?? true) && (to.map { time < $0 } ?? true)
  }
}
