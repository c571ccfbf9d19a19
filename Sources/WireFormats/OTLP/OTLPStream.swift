import Telemetry

/// What must be remembered of a stream of OTLP points.
struct OTLPStream: Sendable {
  private let isFromCloudWatch: Bool
  private var counter = Counter()
  /// The running total of a non-monotonic sum that comes in deltas.
  private var total = 0.0
  private var last: Look?

  /// The last cumulative point.
  struct Look: Sendable {
    var time: Timestamp
    var start: Timestamp?
    var count: Double
    var sum: Double?
    var buckets: Buckets?
    var exponential: ExponentialBuckets?
  }

  init(isFromCloudWatch: Bool) { self.isFromCloudWatch = isFromCloudWatch }

  /// What is stored for a number that can be; nil for the first look at a cumulative counter.
  ///
  /// What comes out may be beyond that; then it is not remembered.
  mutating func value(
    _ number: Double, of metric: OTLPMetric, at time: Timestamp, start: Timestamp?
  ) -> Double? {
    guard metric.kind == .sum else { return number }
    switch (metric.isMonotonic, metric.temporality) {
    case (true, .cumulative): return counter.increase(to: number, at: time, start: start)
    case (false, .delta):
      guard (total + number).isStorable else { return total + number }
      total += number
      return total
    default: return number
    }
  }

  /// What is stored for a histogram or summary; nil where nothing has come since the last look.
  mutating func histogram(
    _ point: OTLPPoint, of metric: OTLPMetric, at time: Timestamp, start: Timestamp?
  ) -> Histogram? {
    let isCumulative =
      metric.kind == .summary ? !isFromCloudWatch : metric.temporality == .cumulative
    guard isCumulative else { return point.histogram }
    let look = Look(
      time: time, start: start, count: point.count, sum: point.sum, buckets: point.buckets,
      exponential: point.exponential)
    guard let last else {
      self.last = look
      return nil
    }
    guard time > last.time else { return nil }
    self.last = look
    if start != last.start || look.count < last.count { return point.histogram }
    return look.increase(since: last)
  }
}

extension OTLPStream.Look {
  /// What has come since; the extremes of a cumulative point are of its whole life and are left out.
  fileprivate func increase(since earlier: Self) -> Histogram? {
    guard count > earlier.count else { return nil }
    var result = Histogram(count: count - earlier.count)
    result.sum = sum.flatMap { now in earlier.sum.map { now - $0 } }
    if var cells = buckets, let before = earlier.buckets, cells.bounds == before.bounds {
      for index in cells.counts.indices { cells.counts[index] -= before.counts[index] }
      result.values = cells.values(minimum: nil, maximum: nil)
    } else if let now = exponential, let before = earlier.exponential {
      result.values = now.increase(since: before).values(minimum: nil, maximum: nil)
    }
    return result
  }
}

extension OTLPPoint {
  /// The point as it stands.
  fileprivate var histogram: Histogram? {
    guard count > 0 else { return nil }
    var result = Histogram(count: count, sum: sum, minimum: minimum, maximum: maximum)
    // NaN is the quantile of no values.
    for pair in quantiles where !pair.value.isNaN {
      if pair.quantile == 0 { result.minimum = pair.value }
      if pair.quantile == 1 { result.maximum = pair.value }
      if pair.quantile > 0, pair.quantile < 1, pair.value.isStorable {
        result.told.append(ValueCounts.Told(.percentile(share: pair.quantile), pair.value))
      }
    }
    if let buckets { result.values = buckets.values(minimum: minimum, maximum: maximum) }
    if let exponential {
      result.values = exponential.values(minimum: minimum, maximum: maximum)
    }
    return result
  }
}
