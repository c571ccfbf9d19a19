/// What samples were made of, beyond their statistics: PutMetricData's `Values` and `Counts` (each value
/// counts so many times), or extended statistics that the sender worked out.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html
package struct ValueCounts: Hashable, Sendable {
  /// In the order given; a value may stand there more than once.
  package private(set) var pairs: [Pair] = []

  package struct Pair: Hashable, Sendable {
    package var value: Double
    /// Above zero; need not be whole.
    package var count: Double
  }

  /// Extended statistics as the sender tells them, such as a metric stream's `p99`.
  ///
  /// They hold for these samples alone: put together with others they tell nothing.
  package var told: [Told] = []

  package struct Told: Hashable, Sendable {
    package var statistic: ExtendedStatistic
    package var value: Double

    package init(_ statistic: ExtendedStatistic, _ value: Double) {
      (self.statistic, self.value) = (statistic, value)
    }
  }

  package init() {}

  package var isEmpty: Bool { pairs.isEmpty && told.isEmpty }

  /// Pairs up two lists of equal length; nil where a value cannot be stored or a count is not above zero.
  package init?(values: [Double], counts: [Double]? = nil) {
    let counts = counts ?? Array(repeating: 1, count: values.count)
    guard !values.isEmpty, values.count == counts.count, values.allSatisfy(\.isStorable),
      counts.allSatisfy({ $0 > 0 && $0.isStorable })
    else { return nil }
    pairs = zip(values, counts).map { Pair(value: $0, count: $1) }
  }

  package mutating func append(_ value: Double, count: Double = 1) {
    pairs.append(Pair(value: value, count: count))
  }

  /// The statistic set of the values; nil where there are none.
  package var statistics: StatisticSet? {
    guard let first = pairs.first else { return nil }
    var total = first.statistics
    for pair in pairs.dropFirst() { total.merge(pair.statistics) }
    return total
  }
}

extension ValueCounts.Pair {
  fileprivate var statistics: StatisticSet {
    StatisticSet(count: count, sum: value * count, minimum: value, maximum: value)
  }
}
