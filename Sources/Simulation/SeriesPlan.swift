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
  /// The region it is about, where another publishes it.
  var loadRegion: String?
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
    /// Writes of whoever writes, applied here too: `perRequest × demand` while there is a writer.
    case appliedWrites(perRequest: Double)
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

  /// How the samples of a period become a statistic set.
  enum Form: Hashable, Sendable {
    /// One sample.
    case single
    /// Each event counts one: the sum is the count.
    case count
    /// So many samples a minute, spread around their average by this part of it.
    case samples(Int, spread: Double)
    /// So many samples a minute of whole numbers.
    case wholeNumbers(Int)
  }

  /// Names the series among all of a scenario.
  var key: String {
    "\(region) \(namespace) \(name) "
      + dimensions.map(\.description).joined(separator: ",")
  }

  func metric(account: String) -> MetricID {
    MetricID(
      region: region, account: account, namespace: namespace, name: name, dimensions: dimensions,
      unit: unit)
  }
}
