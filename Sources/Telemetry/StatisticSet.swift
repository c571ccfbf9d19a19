/// The five statistics of some samples: count, sum, minimum and maximum, and so the average.
package struct StatisticSet: Hashable, Sendable {
  package var count: Double
  package var sum: Double
  package var minimum: Double
  package var maximum: Double

  @inlinable
  package init(count: Double, sum: Double, minimum: Double, maximum: Double) {
    self.count = count
    self.sum = sum
    self.minimum = minimum
    self.maximum = maximum
  }

  /// A single sample.
  @inlinable
  package init(_ value: Double) {
    self.init(count: 1, sum: value, minimum: value, maximum: value)
  }

  @inlinable
  package mutating func merge(_ other: StatisticSet) {
    count += other.count
    sum += other.sum
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
  }

  /// One statistic of the samples; NaN for an extended one where the set does not tell the samples.
  package func value(of statistic: Statistic) -> Double {
    switch statistic {
    case .sampleCount: count
    case .average: sum / count
    case .sum: sum
    case .minimum: minimum
    case .maximum: maximum
    case .extended(let statistic): ValueDistribution(self).value(of: statistic) ?? .nan
    }
  }
}
