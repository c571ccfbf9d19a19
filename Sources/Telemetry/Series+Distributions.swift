/// The values of samples, kept beside the buckets for series whose percentiles somebody asks for.
///
/// A bucket whose minimum and maximum are equal needs none; nor does one whose values are not known.
extension Series {
  /// Notes the values of samples, before their statistics are stored in the bucket.
  mutating func keep(
    _ values: ValueCounts?, of statistics: StatisticSet, inBucket bucket: Int64, replacing: Bool
  ) {
    var whole = statistics
    var distribution = ValueDistribution()
    if !replacing, let present = self.statistics(inBucket: bucket) {
      whole.merge(present)
      distribution = distributions?[bucket] ?? ValueDistribution(present)
    }
    if let values { distribution.add(values) } else { distribution.add(statistics) }
    let isNeeded = distribution.isAvailable && whole.minimum < whole.maximum
    let former = distributions?.updateValue(distribution, forKey: bucket)
    if !isNeeded { distributions?[bucket] = nil }
    pairCount += (isNeeded ? distribution.weight : 0) - (former?.weight ?? 0)
  }

  /// Drops the values of buckets before `bucket`.
  mutating func dropDistributions(before bucket: Int64) {
    guard let kept = distributions?.filter({ $0.key >= bucket }) else { return }
    distributions = kept
    pairCount = kept.values.reduce(0) { $0 + $1.weight }
  }

  func distribution(from start: Timestamp, to end: Timestamp) -> ValueDistribution? {
    let first = floorDivide(start.milliseconds, resolution)
    let last = floorDivide(end.milliseconds, resolution)
    if last - first == 1 { return distribution(inBucket: first) }
    let parts = datapoints(
      from: Timestamp(milliseconds: first * resolution),
      to: Timestamp(milliseconds: last * resolution)
    ).compactMap { distribution(inBucket: floorDivide($0.time.milliseconds, resolution)) }
    return parts.isEmpty ? nil : ValueDistribution(merging: parts)
  }

  private func distribution(inBucket bucket: Int64) -> ValueDistribution? {
    if let kept = distributions?[bucket] { return kept }
    return statistics(inBucket: bucket).map { ValueDistribution($0) }
  }
}

extension ValueDistribution {
  /// What it takes in memory, in pairs: its list and its place in a table take some 128 bytes.
  fileprivate var weight: Int { pairs.count + 8 }
}
