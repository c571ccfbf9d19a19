import Documents
import Telemetry

/// What happens: facts of the world, and shapes laid over single metrics.
struct Story: Hashable, Sendable {
  /// By service: the regions that accept writes; none of them in a write outage.
  var writers: [String: Steps<[String]>] = [:]
  var links: [LinkFact] = []
  /// Planned shares of traffic, joined by straight lines from one to the next.
  var shifts: [Shift] = []
  var shapes: [Shape] = []
  var silences: [Silence] = []
  var events: [EventPlan] = []

  /// Who writes stays as it is at the start; nothing else happens.
  var beforeTheIncident: Story {
    var calm = Story()
    calm.writers = writers.mapValues { Steps(steps: Array($0.steps.prefix(1))) }
    return calm
  }

  struct Shift: Hashable, Sendable {
    var offset: Int64
    var shares: [String: Double]
  }
}

/// What happens to replication from one region to another.
struct LinkFact: Hashable, Sendable {
  var service: String
  /// Nil: from or to any region.
  var from: String?
  var to: String?
  /// From here on nothing is replicated, until `resumes`.
  var stops: Int64?
  var resumes: Int64?
  /// The backlog is worked off by then.
  var caughtUp: Int64?
  /// Seconds of lag, instead of what distance gives.
  var lag: ControlPoints?

  func concerns(service: String, from: String, to: String) -> Bool {
    self.service == service && (self.from ?? from) == from && (self.to ?? to) == to
  }
}

/// Which series something is about; nil matches all.
struct MetricPattern: Hashable, Sendable {
  var metrics: [String]?
  var service: String?
  /// The region the metric is published in.
  var region: String?
  /// The dimension that tells apart what the rest does not: a health check, a canary.
  var dimension: String?

  func matches(_ series: SeriesPlan) -> Bool {
    (metrics.map { $0.contains(series.name) } ?? true)
      && (service ?? series.service) == series.service
      && (region ?? series.region) == series.region
      && (dimension.map { value in series.dimensions.contains { $0.value == value } } ?? true)
  }
}

/// A course laid over a metric: in place of its values, or multiplying them.
struct Shape: Hashable, Sendable {
  var pattern: MetricPattern
  var set: ControlPoints?
  var multiply: ControlPoints?

  func value(at offset: Int64, normal: Double?) -> Double? {
    var value = normal
    if let set { value = set.value(at: offset, normal: value) }
    if let multiply {
      let factor = multiply.value(at: offset, normal: 1)
      value = factor.flatMap { factor in value.map { $0 * factor } }
    }
    return value
  }
}

/// A time in which a region's datapoints do not come, or come only after it.
struct Silence: Hashable, Sendable {
  var pattern: MetricPattern
  var from: Int64
  var to: Int64
  /// Part of the datapoints concerned.
  var share = 1.0
  /// When the held back datapoints arrive (over ten minutes from here); nil: never.
  var backfill: Int64?
}

/// An event at an offset, as the service that reports it would word it.
struct EventPlan: Hashable, Sendable {
  var offset: Int64
  var delayMilliseconds: Int64
  var kind: Kind
  var region: String
  var subject: String
  var message: String
  /// The parameters of an API call.
  var parameters: [Parameter] = []
  var by: String

  enum Kind: Hashable, Sendable {
    /// An RDS event through EventBridge: `RDS-EVENT-0238`.
    case rds(String)
    /// An API call through CloudTrail: its event source and name.
    case call(source: String, name: String)
    /// What another service of AWS reports through EventBridge: its source and detail type.
    case event(source: String, name: String)
    /// A note of the operator's.
    case note
  }

  struct Parameter: Hashable, Sendable {
    var name: String
    var value: String
  }
}
