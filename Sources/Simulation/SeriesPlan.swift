import Telemetry

/// One metric that the recording holds: what names it, what it reports, how it is sampled.
struct SeriesPlan: Hashable, Sendable {
  var service: String
  /// The region that publishes it, which is not always the region it is about.
  var region: String
  var namespace: String
  var name: String
  var dimensions: [Dimension]
  var unit: String
  var signal: Signal
  var form: Form
  /// Sigma of the log-normal noise from minute to minute.
  var noise = 0.0
  /// Sparse metrics publish nothing while they are zero.
  var isSparse = false

  /// What a metric reports about the world.
  enum Signal: Hashable, Sendable {
    case constant(Double)
    /// `base + perRequest × requests per second` in the series' region.
    case load(base: Double, perRequest: Double)
    /// Commits: `perRequest × demand` where the service's writer is, 0 elsewhere.
    case writes(perRequest: Double)
    /// Own requests' writes, and the replicated ones of all regions whose replication flows.
    case replicatedWrites(perRequest: Double)
    /// Lag in units of a second divided by `unitsPerSecond`; published while replication is stopped
    /// or only while it flows.
    case lag(from: String, to: String, unitsPerSecond: Double, whileStopped: Bool)
    /// Lag of a role: only where `from` is the source of writes and `to` is not.
    case roleLag(from: String, to: String, unitsPerSecond: Double)
    /// What waits: lag × requests per second at the source × `perRequest`.
    case pending(from: String, to: String, perRequest: Double)
  }

  /// How the samples of a minute become a statistic set.
  enum Form: Hashable, Sendable {
    /// One sample.
    case single
    /// Each event counts one: the sum is the count.
    case count
    /// So many samples, spread around their average by this part of it.
    case samples(Int, spread: Double)
    /// So many samples of whole numbers.
    case wholeNumbers(Int)
  }

  /// Names the series among all of a scenario.
  var key: String {
    "\(region) \(namespace) \(name) "
      + dimensions.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
  }

  func metric(account: String) -> MetricID {
    MetricID(
      region: region, account: account, namespace: namespace, name: name, dimensions: dimensions,
      unit: unit)
  }
}

extension World {
  /// What a series reports at an instant, before noise; nil: nothing.
  func value(of series: SeriesPlan, at time: Timestamp) -> Double? {
    let normal = undisturbed(series, at: time)
    let offset = offset(of: time)
    return scenario.story.shapes.reduce(normal) { value, shape in
      shape.pattern.matches(series) ? shape.value(at: offset, normal: value) : value
    }
  }

  /// Whether a series reports how far a replication is behind that does not move.
  func isStopped(_ series: SeriesPlan, at time: Timestamp) -> Bool {
    guard let service = scenario.plan.service(series.service) else { return false }
    switch series.signal {
    case .lag(let from, let to, _, _), .roleLag(let from, let to, _):
      if case .stopped = lag(of: service, from: from, to: to, at: time) { return true }
      return false
    default: return false
    }
  }

  private func undisturbed(_ series: SeriesPlan, at time: Timestamp) -> Double? {
    switch series.signal {
    case .constant(let value): value
    case .load(let base, let perRequest):
      base + perRequest * requestsPerSecond(in: series.region, at: time)
    case .writes(let perRequest):
      writer(of: series.service, at: time) == series.region ? demand(at: time) * perRequest : 0
    case .replicatedWrites(let perRequest):
      perRequest * writesArriving(in: series, at: time)
    case .lag(let from, let to, let unitsPerSecond, let whileStopped):
      lag(series, from, to, unitsPerSecond, whileStopped: whileStopped, at: time)
    case .roleLag(let from, let to, let unitsPerSecond):
      source(of: series.service, at: time) == from
        ? lag(series, from, to, unitsPerSecond, whileStopped: true, at: time) : nil
    case .pending(let from, let to, let perRequest):
      lag(
        series, from, to, requestsPerSecond(in: from, at: time) * perRequest, whileStopped: true,
        at: time)
    }
  }

  private func lag(
    _ series: SeriesPlan, _ from: String, _ to: String, _ unitsPerSecond: Double,
    whileStopped: Bool, at time: Timestamp
  ) -> Double? {
    guard let service = scenario.plan.service(series.service) else { return nil }
    let lag = lag(of: service, from: from, to: to, at: time)
    if case .stopped = lag, !whileStopped { return nil }
    return lag.seconds.map { $0 * unitsPerSecond }
  }

  private func writesArriving(in series: SeriesPlan, at time: Timestamp) -> Double {
    guard let service = scenario.plan.service(series.service) else { return 0 }
    return service.regions.reduce(0) { sum, region in
      if region != series.region,
        case .stopped = lag(of: service, from: region, to: series.region, at: time)
      {
        return sum
      }
      return sum + requestsPerSecond(in: region, at: time)
    }
  }
}
