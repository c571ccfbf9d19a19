import Telemetry

/// What the user wrote about the estate: regions, deployments, services (`meridian.yaml`).
package struct Topology: Hashable, Sendable {
  package var name = ""
  /// In the order of the file: the fixed places on screen.
  package var regions: [RegionDefinition] = []
  package var deployments: [Deployment] = []
  package var services: [ServiceDefinition] = []

  package init() {}
}

/// A region and the role it has when nothing has failed over.
package struct RegionDefinition: Hashable, Sendable {
  package var code: String
  package var role: RegionRole
  /// The planned share of traffic, 0 to 1.
  package var trafficShare: Double?

  package init(code: String, role: RegionRole, trafficShare: Double? = nil) {
    self.code = code
    self.role = role
    self.trafficShare = trafficShare
  }
}

/// What a region does in the plan.
package enum RegionRole: String, Hashable, Sendable, CaseIterable {
  case primary
  case standby
  case active
}

/// One monitored service and the regions it spans.
package struct ServiceDefinition: Hashable, Sendable {
  package var name: String
  /// The catalog file that describes it: `aurora-global-database`.
  package var kind: String
  /// The region that writes or replicates from; nil where all do.
  package var primary: String?
  /// The regions that receive, or all regions of a multi-writer service.
  package var replicas: [String]
  /// Dimension values; `{region}` stands for the region.
  package var dimensions: [Dimension]
  package var rpoSeconds: Double?
  /// Route 53: region to health check.
  package var healthChecks: [Dimension] = []
  /// Synthetics: what is probed, by which canary, from where.
  package var canaries: [CanaryDefinition] = []
  /// The least that must serve in a region, in the unit of the kind's `in-service` metric.
  package var required: [RegionAmount] = []
  /// The requests a second that its door in a region can carry; without it, that is estimated.
  package var capacity: [RegionAmount] = []
  /// Region to engine version: a planned move needs them equal.
  package var versions: [Dimension] = []
  /// Regions that hold the data and no instance to serve it.
  package var headless: [String] = []
  /// The account's limit in a region, in the unit of the kind's `quota` metric.
  package var quota: [RegionAmount] = []
  /// How often a copy is made, in milliseconds; nil: not told.
  package var scheduleMilliseconds: Int64?

  package init(
    name: String, kind: String, primary: String? = nil, replicas: [String] = [],
    dimensions: [Dimension] = [], rpoSeconds: Double? = nil
  ) {
    self.name = name
    self.kind = kind
    self.primary = primary
    self.replicas = replicas
    self.dimensions = dimensions
    self.rpoSeconds = rpoSeconds
  }
}

/// A number that may differ from region to region.
package struct RegionAmount: Hashable, Sendable {
  /// Nil: every region that has no number of its own.
  package var region: String?
  package var value: Double

  package init(region: String? = nil, value: Double) {
    self.region = region
    self.value = value
  }
}

/// A probe of one region that runs in another.
package struct CanaryDefinition: Hashable, Sendable {
  package var name: String
  package var watches: String
  package var runsIn: String

  package init(name: String, watches: String, runsIn: String) {
    self.name = name
    self.watches = watches
    self.runsIn = runsIn
  }
}

extension [RegionAmount] {
  /// The number for a region: its own, else the one for all; nil: none is given.
  package func value(in region: String) -> Double? {
    (first { $0.region == region } ?? first { $0.region == nil })?.value
  }
}
