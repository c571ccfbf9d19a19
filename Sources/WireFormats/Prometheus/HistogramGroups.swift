import Telemetry

/// Puts classic histograms and summaries together from their `_bucket`, `_sum` and `_count` series.
///
/// The parts of one histogram come as series of their own, one after another; `close` makes samples of
/// what is open once no further part can follow.
struct HistogramGroups: Sendable {
  private var groups: [Group] = []
  private var places: [MetricID: Int] = [:]
  /// The groups with parts that were not yet made into a sample, in the order of their first parts.
  private var open: [Int] = []
  /// The family of the open groups; parts of another family close them.
  private var family = ""

  /// Which part of a histogram a series is.
  enum Part: Hashable, Sendable {
    case sum, count
    /// All values up to a bound.
    case bucket(Double)
  }

  private struct Group {
    var slot: BatchSlot
    var family: String
    /// Whether the counts only grow, so that a sample is what they grew by.
    var isCumulative: Bool
    var current = Look()
    var last: Look?
  }

  /// The parts at one time.
  struct Look {
    var time: Timestamp?
    var arrival: Timestamp?
    var sum: Double?
    var count: Double?
    var buckets: [(bound: Double, count: Double)] = []
  }

  /// The number of a histogram's group.
  mutating func group(_ metric: MetricID, family: String, isCumulative: Bool) -> Int {
    if let place = places[metric] { return place }
    places[metric] = groups.count
    groups.append(
      Group(slot: BatchSlot(metric), family: family, isCumulative: isCumulative))
    return groups.count - 1
  }

  mutating func take(
    _ part: Part, of group: Int, value: Double, time: Timestamp, arrival: Timestamp, piece: Int,
    into batch: inout Batch
  ) {
    if groups[group].family != family {
      close(piece: piece, into: &batch)
      family = groups[group].family
    }
    if let openTime = groups[group].current.time {
      if openTime != time { close(group, piece: piece, into: &batch) }
    } else if !open.contains(group) {
      open.append(group)
    }
    groups[group].current.time = time
    groups[group].current.arrival = arrival
    switch part {
    case .sum: groups[group].current.sum = value
    case .count: groups[group].current.count = value
    case .bucket(let bound): groups[group].current.buckets.append((bound, value))
    }
  }

  var isOpen: Bool { !open.isEmpty }

  /// Makes samples of all open groups.
  mutating func close(piece: Int, into batch: inout Batch) {
    for group in open { close(group, piece: piece, into: &batch) }
    open.removeAll(keepingCapacity: true)
    family = ""
  }

  private mutating func close(_ number: Int, piece: Int, into batch: inout Batch) {
    let look = groups[number].current
    groups[number].current = Look()
    guard let time = look.time, let arrival = look.arrival else { return }
    let last = groups[number].last
    if groups[number].isCumulative {
      if let last, let lastTime = last.time, lastTime >= time { return }
      groups[number].last = look
      guard last != nil else { return }
    }
    guard let histogram = look.histogram(since: groups[number].isCumulative ? last : nil) else {
      return
    }
    let metric = groups[number].slot.index(in: &batch, piece: piece)
    batch.append(histogram, metric: metric, time: time, arrival: arrival)
  }
}

extension HistogramGroups.Look {
  /// What has come since an earlier look; nil where nothing has.
  fileprivate func histogram(since last: Self?) -> Histogram? {
    let total = count ?? buckets.last { $0.bound == .infinity }?.count
    guard let total, !total.isNaN else { return nil }
    let lastTotal = last.flatMap { $0.count ?? $0.buckets.last { $0.bound == .infinity }?.count }
    let isReset = lastTotal.map { total < $0 } ?? true
    let base = isReset ? nil : last
    let increase = total - (isReset ? 0 : lastTotal ?? 0)
    guard increase > 0 else { return nil }
    let sum = sum.map { $0 - (base?.sum ?? 0) }
    let cells = increments(since: base)
    let values = Buckets(bounds: cells.bounds, counts: cells.counts)
      .values(minimum: nil, maximum: nil)
    return Histogram(count: increase, sum: sum, values: values)
  }

  /// The buckets as counts of their own, less those of an earlier look with the same bounds.
  private func increments(since last: Self?) -> (bounds: [Double], counts: [Double]) {
    let now = buckets.sorted { $0.bound < $1.bound }
    let before = last?.buckets.sorted { $0.bound < $1.bound } ?? []
    let isComparable = last == nil || now.map(\.bound) == before.map(\.bound)
    guard isComparable, !now.isEmpty else { return ([], []) }
    var counts: [Double] = []
    var below = 0.0
    for index in now.indices {
      let upTo = now[index].count - (before.isEmpty ? 0 : before[index].count)
      counts.append(max(0, upTo - below))
      below = max(below, upTo)
    }
    var bounds = now.map(\.bound)
    if bounds.last == .infinity { bounds.removeLast() } else { counts.append(0) }
    return (bounds, counts)
  }
}
