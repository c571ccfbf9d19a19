import Telemetry

/// The buckets of a histogram: how many values lie in each.
///
/// `bounds` are the upper bounds, which belong to their bucket; one more count than bounds, the last
/// for what lies above all. (OpenTelemetry: "explicit bounds"; Prometheus: `le`.)
struct Buckets: Hashable, Sendable {
  var bounds: [Double]
  var counts: [Double]

  /// Each bucket that is not empty as one value with its count; nothing where one has no such value.
  ///
  /// The value is the bucket's middle; a bucket without a lower bound is its upper bound, or half of
  /// that where it is above 0, and one without an upper bound its lower. `minimum` and `maximum`, where
  /// they are known, stand in for a missing bound.
  func values(minimum: Double?, maximum: Double?) -> [(value: Double, count: Double)] {
    var result: [(value: Double, count: Double)] = []
    for (index, count) in counts.enumerated() where count > 0 {
      let lower = index > 0 ? bounds[index - 1] : minimum ?? bounds.first.map { Swift.min($0, 0) }
      let upper = index < bounds.count ? bounds[index] : maximum ?? bounds.last
      guard var low = lower, var high = upper, low.isStorable, high.isStorable else { return [] }
      if let minimum { low = max(low, minimum) }
      if let maximum { high = min(high, maximum) }
      result.append((max(low, low + (high - low) / 2), count))
    }
    return result
  }
}

/// A histogram of one interval, ready to be a sample.
struct Histogram {
  var count: Double
  /// Nil where it is not told: then it is worked out from the values.
  var sum: Double?
  var minimum: Double?
  var maximum: Double?
  /// Representative values; may be empty.
  var values: [(value: Double, count: Double)] = []
  /// Percentiles that the sender worked out.
  var told: [ValueCounts.Told] = []

  /// Its statistics: count and sum as they are, extremes as told or those of the values; nil where they
  /// cannot be stored.
  var statistics: StatisticSet? {
    guard count > 0, minimum?.isNaN != true, maximum?.isNaN != true, sum != nil || !values.isEmpty
    else { return nil }
    let total = sum ?? values.reduce(0) { $0 + $1.value * $1.count }
    let mean = total / count
    var low = minimum ?? values.first?.value ?? mean
    var high = maximum ?? values.first?.value ?? mean
    if minimum == nil { for pair in values { low = min(low, pair.value) } }
    if maximum == nil { for pair in values { high = max(high, pair.value) } }
    let statistics = StatisticSet(
      count: count, sum: total, minimum: min(low, high), maximum: max(low, high))
    return statistics.isStorable ? statistics : nil
  }
}

extension Batch {
  /// Adds a histogram as one sample, with its values for percentiles; false where its statistics cannot
  /// be stored.
  mutating func append(
    _ histogram: Histogram, metric: Int32, time: Timestamp, arrival: Timestamp,
    merging: Sample.Merging = .adds
  ) -> Bool {
    guard let statistics = histogram.statistics else { return false }
    var counts =
      ValueCounts(
        values: histogram.values.map(\.value), counts: histogram.values.map(\.count))
      ?? ValueCounts()
    counts.told = histogram.told
    samples.append(
      Sample(
        metric: metric, merging: merging, time: time, arrival: arrival, statistics: statistics,
        valueCounts: counts.isEmpty ? nil : place(of: counts)))
    return true
  }

  /// Adds values and returns the index that a sample names them by.
  mutating func place(of values: ValueCounts) -> Int32 {
    valueCounts.append(values)
    return Int32(valueCounts.count - 1)
  }
}
