import Telemetry

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The buckets of an exponential histogram: bucket i holds values above `base^i` up to `base^(i + 1)`,
/// where `base` is `2^(2^-scale)`.
///
/// Source: OpenTelemetry, "Metrics Data Model", ExponentialHistogram.
struct ExponentialBuckets: Hashable, Sendable {
  var scale = 0
  var zeroCount = 0.0
  var positive: [Int: Double] = [:]
  var negative: [Int: Double] = [:]

  /// The scales that the data model allows.
  static let scales = -10...20
  /// More buckets than any exporter keeps (160); a bound on memory.
  static let bucketLimit = 4096

  /// These buckets with at most so fine a scale: two neighbours become one with each step.
  func lowered(to target: Int) -> ExponentialBuckets {
    guard target < scale else { return self }
    var result = self
    result.scale = target
    let steps = scale - target
    result.positive = [:]
    result.negative = [:]
    for (index, count) in positive { result.positive[index >> steps, default: 0] += count }
    for (index, count) in negative { result.negative[index >> steps, default: 0] += count }
    return result
  }

  /// What has come since an earlier look.
  func increase(since earlier: ExponentialBuckets) -> ExponentialBuckets {
    let common = min(scale, earlier.scale)
    var result = lowered(to: common)
    let earlier = earlier.lowered(to: common)
    result.zeroCount = max(0, zeroCount - earlier.zeroCount)
    for (index, count) in earlier.positive { result.positive[index, default: 0] -= count }
    for (index, count) in earlier.negative { result.negative[index, default: 0] -= count }
    return result
  }

  /// Each bucket that is not empty as one value, its middle on a logarithmic scale, ascending.
  func values(minimum: Double?, maximum: Double?) -> [(value: Double, count: Double)] {
    var result: [(value: Double, count: Double)] = []
    for index in negative.keys.sorted(by: >) {
      result.append((-middle(of: index), negative[index] ?? 0))
    }
    result.append((0, zeroCount))
    for index in positive.keys.sorted() { result.append((middle(of: index), positive[index] ?? 0)) }
    return result.filter { $0.count > 0 && $0.value.isStorable }.map { pair in
      (min(max(pair.value, minimum ?? pair.value), maximum ?? pair.value), pair.count)
    }
  }

  private func middle(of index: Int) -> Double {
    exp2((Double(index) + 0.5) * exp2(Double(-scale)))
  }
}
