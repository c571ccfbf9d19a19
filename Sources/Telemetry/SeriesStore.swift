/// Everything measured: per series, statistic sets in buckets aligned to the epoch.
///
/// A series is a metric interned to a small integer. Late points land in their place; the bucket of
/// a slot is found by arithmetic, so reading costs the same however long the history is. What is kept
/// is bounded by time and by bytes; the oldest goes first.
package struct SeriesStore: Sendable {
  package private(set) var metrics: [MetricID] = []
  package private(set) var chunkCount = 0
  /// How many values with their counts are kept for percentiles, and what the lists take, in such pairs.
  package private(set) var pairCount = 0
  package var retention: Retention

  private var identifiers: [MetricID: SeriesID] = [:]
  private(set) var series: [Series] = []

  package init(retention: Retention = Retention()) { self.retention = retention }

  /// How much history is kept.
  package struct Retention: Hashable, Sendable {
    /// CloudWatch keeps one-minute data for 15 days.
    package var milliseconds: Int64 = 15 * 86_400_000
    /// What the buckets of all series may take together.
    package var bytes = 1 << 30
    /// How many series there are at most: their names are never forgotten, and take some 500 MB then.
    package var series = 1 << 20

    package init() {}
  }

  /// The number of a metric, given on first sight and never changed.
  package mutating func intern(_ metric: MetricID) -> SeriesID {
    if let known = identifiers[metric] { return known }
    let identifier = SeriesID(index: Int32(metrics.count))
    identifiers[metric] = identifier
    metrics.append(metric)
    series.append(Series())
    return identifier
  }

  /// The number of a metric; nil for a new one where there are as many as may be.
  ///
  /// So a flood of new names is held, and pushes out nothing that is known.
  package mutating func admit(_ metric: MetricID) -> SeriesID? {
    metrics.count < retention.series ? intern(metric) : identifiers[metric]
  }

  package func identifier(of metric: MetricID) -> SeriesID? { identifiers[metric] }

  package func metric(_ identifier: SeriesID) -> MetricID { metrics[Int(identifier.index)] }

  /// Makes a series keep ten-second buckets instead of one-minute ones; only before its first point.
  package mutating func useHighResolution(for identifier: SeriesID) {
    guard series[Int(identifier.index)].isEmpty else { return }
    series[Int(identifier.index)].resolution = Series.highResolution
  }

  /// Makes a series keep the values that percentiles need, from now on.
  package mutating func keepDistributions(for identifier: SeriesID) {
    series[Int(identifier.index)].keepsDistributions = true
  }

  /// Stores some samples of one instant in the bucket that holds it.
  ///
  /// `values` are those behind the statistics, where the statistics do not tell them. From the first
  /// on that comes, or that is a second value in a bucket, the series keeps its values, so that
  /// percentiles of it can be asked for.
  /// - Returns: how they stand to what the series held before.
  @discardableResult
  package mutating func append(
    _ statistics: StatisticSet, values: ValueCounts? = nil, to identifier: SeriesID,
    at time: Timestamp, arrival: Timestamp, merging: Sample.Merging
  ) -> Order {
    let index = Int(identifier.index)
    let order: Order =
      switch series[index].freshness?.time {
      case nil: .first
      case let newest? where time < newest: .late
      default: .next
      }
    if values != nil { keepDistributions(for: identifier) }
    let pairsBefore = series[index].pairCount
    chunkCount += series[index].append(
      statistics, values: values, at: time, arrival: arrival, merging: merging,
      retentionMilliseconds: retention.milliseconds)
    pairCount += series[index].pairCount - pairsBefore
    if pairBytes > retention.bytes / 4 { shedValues() }
    if bytes > retention.bytes { shed() }
    return order
  }

  /// How new samples stand to what a series held before.
  package enum Order: Hashable, Sendable {
    case first
    case next
    /// Newer data was there already.
    case late
  }

  /// What the buckets take, in bytes.
  package var bytes: Int {
    chunkCount * Chunk.nominalBytes + pairBytes
  }

  /// What the values that are kept for percentiles take, in bytes: at most a quarter of all.
  private var pairBytes: Int { pairCount * MemoryLayout<ValueCounts.Pair>.stride }

  /// When the newest data of a series happened, and when its last data arrived.
  package func freshness(of identifier: SeriesID) -> Freshness? {
    series[Int(identifier.index)].freshness
  }

  /// All samples with `start` <= time < `end`, as one set; nil where there is none.
  ///
  /// The bounds are rounded down to the series' resolution (one minute, or ten seconds).
  package func statistics(
    of identifier: SeriesID, from start: Timestamp, to end: Timestamp
  ) -> StatisticSet? {
    series[Int(identifier.index)].statistics(from: start, to: end)
  }

  /// A statistic, plain or extended, of all samples with `start` <= time < `end`; nil where there is
  /// none, or none of this kind.
  package func value(
    of statistic: Statistic, of identifier: SeriesID, from start: Timestamp, to end: Timestamp
  ) -> Double? {
    if let extended = statistic.extended {
      return distribution(of: identifier, from: start, to: end)?.value(of: extended)
    }
    return statistics(of: identifier, from: start, to: end)?.value(of: statistic)
  }

  /// The values of all samples with `start` <= time < `end`; nil where there is none.
  package func distribution(
    of identifier: SeriesID, from start: Timestamp, to end: Timestamp
  ) -> ValueDistribution? {
    series[Int(identifier.index)].distribution(from: start, to: end)
  }

  /// The newest bucket that starts at or before `time`, and not before `earliest`.
  package func newest(
    of identifier: SeriesID, atOrBefore time: Timestamp, notBefore earliest: Timestamp
  ) -> Datapoint? {
    series[Int(identifier.index)].newest(atOrBefore: time, notBefore: earliest)
  }

  /// The buckets from `start` up to but without `end` that hold anything, oldest first.
  package func datapoints(
    of identifier: SeriesID, from start: Timestamp, to end: Timestamp
  ) -> [Datapoint] {
    series[Int(identifier.index)].datapoints(from: start, to: end)
  }

  /// Milliseconds a bucket of this series covers.
  package func resolution(of identifier: SeriesID) -> Int64 {
    series[Int(identifier.index)].resolution
  }

  /// The time of the newest data of any series.
  package var newestTime: Timestamp? { series.compactMap { $0.freshness?.time }.max() }

  /// The time of the newest data of any series at or before an instant.
  package func newestTime(atOrBefore time: Timestamp) -> Timestamp? {
    series.compactMap { series in
      guard let newest = series.freshness?.time, newest > time else {
        return series.freshness?.time
      }
      return series.newest(atOrBefore: time, notBefore: .distantPast)?.time
    }.max()
  }

  /// Drops the values of the oldest sixteenth of the span they cover until they fit again; the
  /// statistics of that time stay.
  private mutating func shedValues() {
    while pairBytes > retention.bytes / 4, let oldest = series.compactMap(\.oldestValues).min(),
      let newest = newestTime
    {
      let horizon = oldest + max((newest - oldest) / 16, Series.standardResolution)
      for index in series.indices {
        series[index].dropDistributions(
          before: floorDivide(horizon.milliseconds, series[index].resolution))
      }
      pairCount = series.reduce(0) { $0 + $1.pairCount }
    }
  }

  /// Drops the oldest sixteenth of the kept span until the buckets fit again.
  private mutating func shed() {
    while bytes > retention.bytes, let oldest = series.compactMap(\.oldestKept).min(),
      let newest = newestTime
    {
      let horizon = oldest + max((newest - oldest) / 16, Chunk.spanMilliseconds)
      for index in series.indices { chunkCount -= series[index].drop(before: horizon) }
      pairCount = series.reduce(0) { $0 + $1.pairCount }
      if horizon >= newest { break }
    }
  }
}

/// A metric's number in a `SeriesStore`.
package struct SeriesID: Hashable, Sendable {
  package let index: Int32

  package init(index: Int32) { self.index = index }
}

/// The samples of one bucket.
package struct Datapoint: Hashable, Sendable {
  /// The start of the bucket.
  package var time: Timestamp
  package var statistics: StatisticSet

  package init(time: Timestamp, statistics: StatisticSet) {
    self.time = time
    self.statistics = statistics
  }
}

/// How new a series is.
package struct Freshness: Hashable, Sendable {
  /// The event time of the newest sample.
  package var time: Timestamp
  /// The last time at which any sample of the series arrived.
  package var arrival: Timestamp
}
