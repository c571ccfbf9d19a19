import Telemetry

/// What losing a region at an instant would do: traffic, headroom, data, recovery time, and what breaks
/// first.
///
/// A calculation on what is seen at the instant; nothing is simulated over time. What is not known is
/// nil, and a number that rests on an assumption says so.
package struct WhatIf: Hashable, Sendable {
  package var region: String
  package var at: Timestamp
  /// What is left of the estate, in the order of the topology.
  package var regions: [Arrival]
  /// By service, then region.
  package var headroom: [Headroom]
  /// By store.
  package var stores: [StoreLoss]
  /// By deployment.
  package var deployments: [DeploymentLoss]
  /// What breaks, the soonest and worst first.
  package var breaks: [Breakage]

  /// A region that goes on, and the requests that come to it.
  package struct Arrival: Hashable, Sendable {
    package var region: String
    package var health: RegionHealth
    /// Round trip from the lost region: what its users pay on top; nil: one of the two is unknown.
    package var roundTripMilliseconds: Double?
    package var requestsPerSecond: Double?
    /// As they would be after the loss.
    package var requestsPerSecondAfter: Double?
    package var share: Double?
    package var shareAfter: Double?
  }

  /// What one service can carry in one region, against what it would have to.
  package struct Headroom: Hashable, Sendable {
    package var service: String
    package var region: String
    package var requestsPerSecondAfter: Double
    /// Nil: nothing tells.
    package var capacityPerSecond: Double?
    package var basis: CapacityBasis?

    /// The part of the capacity that would be used; above 1 it does not fit.
    package var use: Double? {
      guard let capacityPerSecond, capacityPerSecond > 0 else { return nil }
      return requestsPerSecondAfter / capacityPerSecond
    }
  }

  /// Where a capacity comes from, the surest first.
  package enum CapacityBasis: String, Hashable, Sendable, CaseIterable {
    /// The configuration says so.
    case configured
    /// Hosts in service here, at the highest rate a host was seen to serve in 24 hours.
    case hosts
    /// The busiest minute of this region in 24 hours: it can do so much at least.
    case busiestMinute = "busiest-minute"
  }

  /// What a store loses.
  package struct StoreLoss: Hashable, Sendable {
    package var service: String
    package var kind: String
    package var effect: Effect
    /// The copy that would be used; nil: there is none.
    package var target: String?
    package var lagSeconds: Double?
    package var ageSeconds: Double?
    /// What would be lost, or late, at most; nil: unknown.
    package var seconds: Double?
    package var objectiveSeconds: Double?
    /// Whether the objective is broken already: by the lag, or by a sample that is overdue.
    ///
    /// A minute between two samples breaks none.
    package var breaksObjective: Bool?
    /// Messages or objects that stay behind, where they are counted.
    package var stranded: Double?

    package enum Effect: String, Hashable, Sendable, CaseIterable {
      /// The newest writes are gone.
      case lost
      /// The newest writes come when the region does.
      case late
      /// Nothing is lost, but a copy less is left.
      case unprotected
    }
  }

  /// What a deployment would have to do, and how long it would take.
  package struct DeploymentLoss: Hashable, Sendable {
    package var group: String
    package var model: DeploymentModel
    /// Whether the region is its primary, or one of its active regions.
    package var effect: Effect
    /// The standby that would take over: the best by rank.
    package var target: String?
    package var readiness: ReadinessReading.Verdict?
    /// The checks of the target that are not GO.
    package var blockers: [String]
    package var steps: [RecoveryStep]
    package var objectiveSeconds: Double?

    package enum Effect: String, Hashable, Sendable, CaseIterable {
      case failover
      case evacuation
      /// It loses a standby and goes on.
      case unprotected
      case none
    }

    /// The recovery time; nil while a step's is not known.
    package var rtoSeconds: Double? {
      let known = steps.compactMap(\.seconds)
      return known.count == steps.count && !steps.isEmpty ? known.reduce(0, +) : nil
    }
  }

  /// One step of a recovery and its time.
  package struct RecoveryStep: Hashable, Sendable {
    package var phase: RecoveryPhase
    package var name: String
    package var seconds: Double?
    package var basis: Basis
    /// The region whose control plane it needs; nil: none.
    package var controlPlane: String?
    /// Whether that is the region that is lost.
    package var isBlocked: Bool

    package enum Basis: String, Hashable, Sendable, CaseIterable {
      case plan
      /// The last failover, or drill, took so long.
      case measured
      /// Ours, where nothing is known.
      case assumed
    }
  }

  /// Something that breaks.
  package struct Breakage: Hashable, Sendable {
    /// Seconds after the loss; nil: for good, until somebody acts.
    package var afterSeconds: Double?
    package var severity: Severity
    package var text: String

    package enum Severity: Int, Hashable, Sendable, CaseIterable, Comparable {
      case warning = 1
      case critical = 2

      package static func < (left: Severity, right: Severity) -> Bool {
        left.rawValue < right.rawValue
      }
    }
  }
}

extension Moment {
  /// What losing a region at this instant would do; nil: the topology has no such region.
  package func whatIf(losing region: String) -> WhatIf? {
    guard let index = topology.index(region) else { return nil }
    return WhatIfCalculation(moment: self, lost: index).result
  }
}
