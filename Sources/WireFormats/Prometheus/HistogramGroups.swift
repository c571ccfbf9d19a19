import Telemetry

/// Puts classic histograms and summaries together from their `_bucket`, `_sum` and `_count` series.
///
/// The parts of one histogram come as series of their own, one after another; `close` makes samples of
/// what is open once no further part can follow. Remote write may send them in several requests, in any
/// order: then a histogram waits until it is complete or its next look begins.
struct HistogramGroups: Sendable {
  /// What could not be made a sample, a sentence each; whoever reads them empties the list.
  var faults: [String] = []
  private let mayBeCut: Bool
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

  /// - Parameter mayBeCut: Whether the parts of a histogram may come in several requests.
  init(mayBeCut: Bool = false) { self.mayBeCut = mayBeCut }

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
    if !mayBeCut, groups[group].family != family {
      close(piece: piece, into: &batch)
      family = groups[group].family
    }
    if let openTime = groups[group].current.time {
      if openTime != time { close(group, piece: piece, into: &batch) }
    } else {
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

  /// How many histograms are known.
  var count: Int { groups.count }

  /// Makes samples of all open groups that are complete.
  mutating func close(piece: Int, into batch: inout Batch) {
    var rest: [Int] = []
    for group in open {
      if isWhole(groups[group]) {
        close(group, piece: piece, into: &batch)
      } else {
        rest.append(group)
      }
    }
    open = rest
    family = ""
  }

  /// Whether nothing more can come of a group's look: it has as many parts as the one before.
  private func isWhole(_ group: Group) -> Bool {
    guard mayBeCut else { return true }
    let look = group.current
    return look.count != nil && look.sum != nil
      && look.buckets.count >= group.last?.buckets.count ?? 0
  }

  private mutating func close(_ number: Int, piece: Int, into batch: inout Batch) {
    guard let look = takeLook(of: number), let time = look.time, let arrival = look.arrival,
      let total = look.total
    else { return }
    let last = groups[number].last
    if groups[number].isCumulative {
      if let last, let lastTime = last.time, lastTime >= time { return }
      groups[number].last = look
      guard last != nil else { return }
    }
    let base = groups[number].isCumulative ? last : nil
    guard let histogram = look.histogram(of: total, since: base) else { return }
    let metric = groups[number].slot.index(in: &batch, piece: piece)
    if !batch.append(histogram, metric: metric, time: time, arrival: arrival) {
      note("neither its sum nor its buckets tell its values", of: number)
    }
  }

  /// Takes what is open of a group; nil where it tells nothing, or has ended.
  private mutating func takeLook(of number: Int) -> Look? {
    var look = groups[number].current
    groups[number].current = Look()
    guard look.time != nil else { return nil }
    guard let total = look.total else {
      note("a histogram without its count", of: number)
      return nil
    }
    guard total.isStorable else {
      if total.isNaN {
        groups[number].last = nil
      } else {
        note("the count is not \(Double.storableExpectation)", of: number)
      }
      return nil
    }
    if let sum = look.sum, !sum.isStorable {
      note("the sum is not \(Double.storableExpectation)", of: number)
      look.sum = nil
    }
    return look
  }

  private mutating func note(_ fault: String, of number: Int) {
    faults.append("\(groups[number].family): \(fault)")
  }
}

extension HistogramGroups.Look {
  /// How many values there were; nil where no part tells.
  fileprivate var total: Double? { count ?? buckets.last { $0.bound == .infinity }?.count }

  /// What has come since an earlier look; nil where nothing has, or where there is no number.
  fileprivate func histogram(of total: Double, since last: Self?) -> Histogram? {
    let lastTotal = last?.total
    let isReset = lastTotal.map { total < $0 } ?? true
    let base = isReset ? nil : last
    let increase = total - (isReset ? 0 : lastTotal ?? 0)
    guard increase > 0 else { return nil }
    // Without the sum of the look before there is none of what has come since.
    let sum = base == nil ? sum : sum.flatMap { now in base?.sum.map { now - $0 } }
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
