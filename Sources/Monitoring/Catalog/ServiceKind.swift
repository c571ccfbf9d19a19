import Documents
import Telemetry

/// What meridian knows about one kind of service: its metrics, where they are published, what their
/// values and their absence mean, and which events speak of a failover.
package struct ServiceKind: Hashable, Sendable {
  /// As `kind` names it in `meridian.yaml`: `aurora-global-database`.
  package var name: String
  /// As people call it: `Aurora Global Database`.
  package var title: String
  package var layout: Layout
  package var metrics: [ServiceMetric]
  package var events: [ServiceEvent]
  /// Further keys of the document that tests and simulations read (`samples`, `alarms`).
  package var document: Node

  package init(
    name: String, title: String, layout: Layout, metrics: [ServiceMetric] = [],
    events: [ServiceEvent] = [], document: Node = Node(.null)
  ) {
    self.name = name
    self.title = title
    self.layout = layout
    self.metrics = metrics
    self.events = events
    self.document = document
  }

  /// How a service of the kind spans regions.
  package enum Layout: String, Hashable, Sendable, CaseIterable {
    /// One region writes, the others follow; the roles can move.
    case primaryAndReplicas = "primary-and-replicas"
    /// Every region writes and replicates to every other.
    case multiWriter = "multi-writer"
    /// One direction, for ever: from a source to its targets.
    case sourceToTargets = "source-to-targets"
    /// One of it in each region, without replication.
    case regional
    /// Checks from outside, one for each region.
    case healthChecks = "health-checks"
    /// Probes of a region that run in another one.
    case canaries
    /// One for the whole world, in front of one region.
    case edge

    /// Whether the service replicates between regions at all.
    package var replicates: Bool {
      self == .primaryAndReplicas || self == .multiWriter || self == .sourceToTargets
    }
    /// Whether exactly one region may write.
    package var hasOneWriter: Bool { self == .primaryAndReplicas }
  }

  /// The first metric that plays a role; nil when the kind has none.
  package func metric(_ role: MetricRole) -> ServiceMetric? { metrics.first { $0.role == role } }
}

/// What an event of the provider proves about a failover.
package struct ServiceEvent: Hashable, Sendable {
  /// `RDS-EVENT-0238`, `FailoverGlobalCluster`.
  package var name: String
  package var proves: Proof
  /// Whether it belongs to a planned move, an unplanned one, or (nil) either.
  package var planned: Bool?
  /// Whether the old writer is stopped: true, tried in vain (false), nothing said (nil).
  package var fenced: Bool?
  /// A sentence.
  package var means: String
  /// Words that its message or attributes must hold, where one name stands for several results.
  package var says: [String]

  package init(
    name: String, proves: Proof, planned: Bool? = nil, fenced: Bool? = nil, means: String,
    says: [String] = []
  ) {
    self.says = says
    self.name = name
    self.proves = proves
    self.planned = planned
    self.fenced = fenced
    self.means = means
  }

  package enum Proof: String, Hashable, Sendable, CaseIterable {
    /// Someone asked for it; nothing has happened yet.
    case commanded
    /// The provider is moving the primary.
    case failingOver = "failing-over"
    /// The new primary has taken over.
    case promoted
    /// The move is over; nothing new is promoted by it.
    case finished
    /// The move was called off.
    case cancelled
    /// The move has failed.
    case stuck
    /// The old primary is being brought back as a copy.
    case resynchronising
    /// The old primary is a copy again.
    case resynchronised
    /// Someone moves traffic.
    case trafficShift = "traffic-shift"
    /// Someone restores a backup: for a failover if the primary is ill and it is done elsewhere.
    case restoring
    /// The provider reports a problem.
    case issue
    /// A complete copy has been made in another region.
    case copied
    /// The provider's evaluation of the recovery plan found nothing to do.
    case planPassed = "plan-passed"
    /// It found something without which the plan would fail.
    case planFailed = "plan-failed"
    /// It is not done, or could not be.
    case planUnknown = "plan-unknown"
  }
}
