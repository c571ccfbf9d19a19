extension ValueDistribution {
  /// An extended statistic of the samples; nil where CloudWatch has none.
  ///
  /// AWS does not publish how it interpolates. Here a percentile is the smallest value up to which at
  /// least so many percent of the samples lie; at a percent bound the sample on it counts in part.
  package func value(of statistic: ExtendedStatistic) -> Double? {
    if let told = told.first(where: { $0.statistic == statistic }) { return told.value }
    let total = count
    guard isAvailable, total > 0 else { return nil }
    switch statistic.kind {
    case .percentile: return percentile(statistic.upper ?? 100, of: total)
    case .trimmedCount: return trimmed(statistic, of: total).count
    case .trimmedSum: return trimmed(statistic, of: total).sum
    case .trimmedMean:
      let kept = trimmed(statistic, of: total)
      return kept.count > 0 ? kept.sum / kept.count : nil
    case .winsorizedMean: return winsorizedMean(statistic, of: total)
    case .percentileRank: return trimmed(statistic, of: total).count / total * 100
    }
  }

  private func percentile(_ percent: Double, of total: Double) -> Double? {
    let share = PercentShare(percent)
    var cumulative = 0.0
    for pair in pairs {
      cumulative += pair.count
      if share.isReached(by: cumulative, of: total) { return pair.value }
    }
    return pairs.last?.value
  }

  /// Count and sum of the samples between the bounds.
  private func trimmed(
    _ statistic: ExtendedStatistic, of total: Double
  ) -> (count: Double, sum: Double) {
    let kept: [ValueCounts.Pair] =
      statistic.isPercent
      ? between(
        statistic.lower.map { PercentShare($0).rank(in: total) } ?? 0,
        statistic.upper.map { PercentShare($0).rank(in: total) } ?? total)
      : pairs.filter { pair in
        pair.value > statistic.lower ?? -.infinity && pair.value <= statistic.upper ?? .infinity
      }
    return kept.reduce((0, 0)) { ($0.0 + $1.count, $0.1 + $1.value * $1.count) }
  }

  /// The samples between two ranks, which may cut a sample in two.
  private func between(_ low: Double, _ high: Double) -> [ValueCounts.Pair] {
    var cumulative = 0.0
    var kept: [ValueCounts.Pair] = []
    for pair in pairs {
      let first = max(cumulative, low)
      cumulative += pair.count
      let count = min(cumulative, high) - first
      if count > 0 { kept.append(ValueCounts.Pair(value: pair.value, count: count)) }
    }
    return kept
  }

  /// The mean with every sample outside the bounds moved to the bound, a percent bound being that
  /// percentile.
  private func winsorizedMean(_ statistic: ExtendedStatistic, of total: Double) -> Double {
    func bound(_ bound: Double?) -> Double? {
      statistic.isPercent ? bound.flatMap { percentile($0, of: total) } : bound
    }
    let low = bound(statistic.lower) ?? -.infinity
    let high = bound(statistic.upper) ?? .infinity
    return pairs.reduce(0) { $0 + min(max($1.value, low), high) * $1.count } / total
  }
}

extension ExtendedStatistic {
  /// Whether so many samples are too few for this percentile to mean something.
  ///
  /// CloudWatch's rule for `EvaluateLowSampleCountPercentile`: fewer than 10/(1-p) from p50 up, fewer
  /// than 10/p below. Never for other statistics.
  package func isLowSampleCount(_ count: Double) -> Bool {
    guard kind == .percentile, let percent = upper else { return false }
    let share = PercentShare(percent)
    let rare = percent >= 50 ? share.denominator - share.numerator : share.numerator
    return count * rare < 10 * share.denominator
  }
}

/// A percent as a fraction of whole numbers, so that ranks are compared without rounding.
struct PercentShare {
  let numerator: Double
  let denominator: Double

  init(_ percent: Double) {
    let scale = 100 * 1e10
    let whole = (percent * 1e10).rounded()
    var (divisor, rest) = (scale, whole)
    while rest > 0 { (divisor, rest) = (rest, divisor.truncatingRemainder(dividingBy: rest)) }
    numerator = whole / divisor
    denominator = scale / divisor
  }

  func isReached(by cumulative: Double, of total: Double) -> Bool {
    cumulative * denominator >= numerator * total
  }

  /// How many of `total` samples this share is.
  func rank(in total: Double) -> Double { numerator * total / denominator }
}
