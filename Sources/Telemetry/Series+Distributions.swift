/// The values of samples, kept beside the buckets for what a statistic set does not tell: percentiles.
///
/// A bucket needs none whose minimum and maximum are equal, whose values are not known, or that has a
/// negative value, as CloudWatch gives no percentiles then.
extension Series {
  /// Whether the values of this series are to be kept from now on: a second, other value is in a bucket
  /// whose samples were all alike, so that the statistics do not tell the values any more.
  func needsDistributions(
    _ statistics: StatisticSet, with present: StatisticSet?
  ) -> Bool {
    guard let present, present.minimum == present.maximum else { return false }
    return statistics.minimum == statistics.maximum && statistics.minimum != present.minimum
  }

  /// Notes the values of samples, before their statistics are stored in the bucket.
  mutating func keep(
    _ values: ValueCounts?, of statistics: StatisticSet, inBucket bucket: Int64, replacing: Bool
  ) {
    if replacing { forget(bucket) }
    var whole = statistics
    let present = replacing ? nil : self.statistics(inBucket: bucket)
    if let present { whole.merge(present) }
    guard whole.minimum < whole.maximum, whole.minimum >= 0 else { return forget(bucket) }
    let former = distributions[bucket]?.weight ?? 0
    let known = present.map { ValueDistribution($0) } ?? ValueDistribution()
    let (weight, isOfUse) = Self.add(
      values, of: statistics, to: &distributions[bucket, default: known])
    pairCount += weight - former
    if !isOfUse { forget(bucket) }
  }

  /// Adds to a distribution in its place, so that its list is not copied.
  private static func add(
    _ values: ValueCounts?, of statistics: StatisticSet, to distribution: inout ValueDistribution
  ) -> (weight: Int, isOfUse: Bool) {
    if let values { distribution.add(values) } else { distribution.add(statistics) }
    return (distribution.weight, distribution.tellsAnything)
  }

  private mutating func forget(_ bucket: Int64) {
    if let former = distributions.removeValue(forKey: bucket) { pairCount -= former.weight }
  }

  /// The start of the oldest bucket whose values are kept.
  var oldestValues: Timestamp? {
    distributions.keys.min().map { Timestamp(milliseconds: $0 * resolution) }
  }

  /// Drops the values of buckets before `bucket`.
  mutating func dropDistributions(before bucket: Int64) {
    if distributions.isEmpty { return }
    distributions = distributions.filter { $0.key >= bucket }
    pairCount = distributions.values.reduce(0) { $0 + $1.weight }
  }

  func distribution(from start: Timestamp, to end: Timestamp) -> ValueDistribution? {
    let first = floorDivide(start.milliseconds, resolution)
    let last = floorDivide(end.milliseconds, resolution)
    if last - first == 1 { return distribution(inBucket: first) }
    let parts = datapoints(
      from: Timestamp(milliseconds: first * resolution),
      to: Timestamp(milliseconds: last * resolution)
    ).compactMap { distribution(inBucket: floorDivide($0.time.milliseconds, resolution)) }
    return parts.count > 1 ? ValueDistribution(merging: parts) : parts.first
  }

  private func distribution(inBucket bucket: Int64) -> ValueDistribution? {
    if let kept = distributions[bucket] { return kept }
    return statistics(inBucket: bucket).map { ValueDistribution($0) }
  }
}

extension ValueDistribution {
  /// What it takes in memory, in pairs: its list and its place in a table take some 128 bytes.
  fileprivate var weight: Int { pairs.count + 8 }
}
