import Telemetry

/// As many statistics of a period as were asked for, made into a whole set as far as they allow.
struct PartialStatistics: Hashable, Sendable {
  private var count: Double?
  private var sum: Double?
  private var average: Double?
  private var minimum: Double?
  private var maximum: Double?
  /// A percentile or trimmed mean; stands for the values only where nothing else is known.
  private var other: Double?

  /// Takes a value under CloudWatch's name for its statistic.
  mutating func set(_ value: Double, statistic: String) {
    switch Statistic(rawValue: statistic) {
    case .sampleCount: count = value
    case .sum: sum = value
    case .average: average = value
    case .minimum: minimum = value
    case .maximum: maximum = value
    case .extended, nil: other = value
    }
  }

  mutating func merge(_ newer: PartialStatistics) {
    count = newer.count ?? count
    sum = newer.sum ?? sum
    average = newer.average ?? average
    minimum = newer.minimum ?? minimum
    maximum = newer.maximum ?? maximum
    other = newer.other ?? other
  }

  /// Whether anything is known.
  var isEmpty: Bool { self == PartialStatistics() }

  /// The set that agrees with all that is known; nil when there is no value.
  ///
  /// One value alone is a single sample of that value, whatever its statistic. An average without a
  /// count is one sample with that sum; without extremes the average stands for them.
  ///
  /// Nil too for what cannot be stored, as a count of 0.
  var statistics: StatisticSet? {
    guard let typical else { return nil }
    let count = knownCount ?? 1
    guard count > 0 else { return nil }
    let sum = sum ?? typical * count
    let low = minimum ?? min(sum / count, maximum ?? sum / count)
    let high = max(maximum ?? max(sum / count, low), low)
    let statistics = StatisticSet(count: count, sum: sum, minimum: low, maximum: high)
    return statistics.isStorable ? statistics : nil
  }

  private var knownCount: Double? {
    if let count { return count }
    guard let sum, let average, average != 0, sum / average > 0 else { return nil }
    return max(1, (sum / average).rounded())
  }

  /// The value of a typical sample, from the most telling statistic there is.
  private var typical: Double? {
    if let average { return average }
    if let sum { return sum / (count ?? 1) }
    return maximum ?? minimum ?? other ?? count.map { _ in 0 }
  }
}
