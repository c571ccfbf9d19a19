/// The values of many samples with their counts: what percentiles and trimmed statistics need.
///
/// Exact up to a bound, then a sketch: values are rounded to the middle of logarithmic buckets, so
/// that a value is off by at most `relativeError`. Distributions can be merged. CloudWatch computes none
/// of these statistics where a value is negative, or where a statistic set hides the values.
package struct ValueDistribution: Hashable, Sendable {
  /// Ascending, each value once.
  package private(set) var pairs: [ValueCounts.Pair] = []
  /// How many bits of a value's fraction are kept: 52 is all of them.
  package private(set) var precisionBits = 52
  /// Whether all values are known and none is negative.
  package private(set) var isAvailable = true

  /// Extended statistics that a sender told of all the samples, where there is but its word for them.
  package private(set) var told: [ValueCounts.Told] = []

  /// So many different values are kept exactly: 16 kB, and AWS's own clients send at most 150.
  package static let exactLimit = 1024
  /// The same where distributions are merged for one look at a long period, and then let go.
  static let mergedExactLimit = 65_536
  /// So many buckets of a sketch: at seven bits 32 powers of two, from a nanosecond to four seconds.
  package static let sketchLimit = 4096
  /// The first rounding: 128 buckets for each power of two.
  static let sketchBits = 7

  package init() {}

  /// The samples of a statistic set, known only if they all have one value.
  package init(_ statistics: StatisticSet) { add(statistics) }

  /// How far a value may be off, as a part of it; 0 while exact.
  package var relativeError: Double {
    precisionBits == 52 ? 0 : 1 / Double(1 << (precisionBits + 1))
  }

  /// What several distributions hold together; exact up to `mergedExactLimit`.
  package init(merging parts: [ValueDistribution]) {
    isAvailable = parts.allSatisfy(\.isAvailable)
    precisionBits = parts.map(\.precisionBits).min() ?? 52
    guard isAvailable else { return }
    let all = parts.flatMap(\.pairs)
    pairs = Self.united(precisionBits == 52 ? all : all.map(rounded))
    bound(exactLimit: Self.mergedExactLimit)
  }

  package var count: Double { pairs.reduce(0) { $0 + $1.count } }

  /// Whether any extended statistic can be told.
  package var tellsAnything: Bool { isAvailable || !told.isEmpty }

  /// Adds samples of which only a statistic set is known.
  ///
  /// They are of use if Minimum and Maximum are equal and Sum is Minimum times SampleCount, as the page
  /// "CloudWatch statistics definitions" tells.
  package mutating func add(_ statistics: StatisticSet) {
    told = []
    let sum = statistics.minimum * statistics.count
    let isEven = (statistics.sum - sum).magnitude <= 1e-9 * sum.magnitude
    guard statistics.minimum == statistics.maximum, isEven else { return becomeUnavailable() }
    add([ValueCounts.Pair(value: statistics.minimum, count: statistics.count)])
  }

  package mutating func add(_ values: ValueCounts) {
    let isFirst = isAvailable && pairs.isEmpty && told.isEmpty
    told = isFirst ? values.told : []
    if values.pairs.isEmpty { becomeUnavailable() } else { add(values.pairs) }
  }

  package mutating func merge(_ other: ValueDistribution) {
    told = []
    guard other.isAvailable else { return becomeUnavailable() }
    let bits = min(precisionBits, other.precisionBits)
    if bits < precisionBits { round(toBits: bits) }
    add(other.pairs)
  }

  private mutating func add(_ added: [ValueCounts.Pair]) {
    guard isAvailable else { return }
    if added.contains(where: { $0.value < 0 }) { return becomeUnavailable() }
    if added.count == 1 {
      insert(added[0])
    } else {
      pairs = Self.united(pairs + added.map(rounded))
    }
    bound(exactLimit: Self.exactLimit)
  }

  private mutating func bound(exactLimit: Int) {
    if precisionBits == 52 {
      if pairs.count <= exactLimit { return }
      round(toBits: Self.sketchBits)
    }
    while pairs.count > Self.sketchLimit, precisionBits > 0 { round(toBits: precisionBits - 1) }
  }

  private mutating func insert(_ added: ValueCounts.Pair) {
    let pair = rounded(added)
    var low = 0
    var high = pairs.count
    while low < high {
      let middle = (low + high) / 2
      if pairs[middle].value < pair.value { low = middle + 1 } else { high = middle }
    }
    if low < pairs.count, pairs[low].value == pair.value {
      pairs[low].count += pair.count
    } else {
      pairs.insert(pair, at: low)
    }
  }

  private mutating func becomeUnavailable() {
    isAvailable = false
    pairs = []
  }

  private mutating func round(toBits bits: Int) {
    precisionBits = bits
    pairs = Self.united(pairs.map(rounded))
  }

  /// Moves a value to the middle of its bucket: all values with the same leading bits share one.
  private func rounded(_ pair: ValueCounts.Pair) -> ValueCounts.Pair {
    if precisionBits == 52 || pair.value == 0 { return pair }
    let dropped = UInt64(52 - precisionBits)
    let first = (pair.value.bitPattern >> dropped) << dropped
    let middle = Double(bitPattern: first | 1 << (dropped - 1))
    return ValueCounts.Pair(value: middle, count: pair.count)
  }

  /// Sorts and adds up the counts of equal values.
  private static func united(_ pairs: [ValueCounts.Pair]) -> [ValueCounts.Pair] {
    var result: [ValueCounts.Pair] = []
    result.reserveCapacity(pairs.count)
    for pair in pairs.sorted(by: { $0.value < $1.value }) {
      if let last = result.last, last.value == pair.value {
        result[result.count - 1].count += pair.count
      } else {
        result.append(pair)
      }
    }
    return result
  }
}
