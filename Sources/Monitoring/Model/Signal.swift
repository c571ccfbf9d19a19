import Telemetry

/// One metric of a service in one role: a link's lag, a region's requests.
///
/// Series are bound to it once, when they have their first data. `refresh` looks at the store only
/// when something has arrived, so a judgement without news costs a comparison.
struct Signal: Sendable {
  let service: Int
  let metric: ServiceMetric
  let role: MetricRole
  /// Regions by their place in the topology; equal for a metric of one region.
  let source: Int
  let target: Int
  /// The publishing region, by its place in the list of sights.
  let place: Int
  let expectations: [ServiceMetric.Expectation]
  /// Whether it is the second place, which answers only where the first never has.
  let isFallback: Bool
  /// Several series may answer (rules, operations, target groups), in order of appearance.
  private(set) var series: [SeriesID] = []
  /// The newest points, oldest first.
  private(set) var points: [Point] = []
  /// The normal level: an hour's memory.
  private(set) var baseline = Baseline()
  /// Of what is asked for: how much of it must be there.
  private(set) var demand = Demand()
  private(set) var newest: Timestamp?
  /// The first sample after the last time it had been overdue.
  private(set) var began: Timestamp?

  private var detail = 0
  private var seenTime = Timestamp.distantPast
  private var seenArrival = Timestamp.distantPast
  private var recheck: Timestamp?
  private var habit = Habit()
  private var step = Step()
  private var visibility = Visibility()

  struct Point: Hashable, Sendable {
    var time: Timestamp
    var value: Double
  }

  init(
    service: Int, metric: ServiceMetric, source: Int, target: Int, place: Int,
    expectations: [ServiceMetric.Expectation], isFallback: Bool = false
  ) {
    self.service = service
    self.metric = metric
    role = metric.role
    self.source = source
    self.target = target
    self.place = place
    self.expectations = expectations
    self.isFallback = isFallback
  }

  /// Adds a series that answers for the signal, given how many of its dimensions are optional.
  ///
  /// Where CloudWatch publishes a whole and its parts (a balancer and its target groups), the one with
  /// the fewest dimensions counts: to add both would count everything twice.
  mutating func bind(_ series: SeriesID, detail: Int = 0) {
    if role.combination == .sum || role == .latency, detail != self.detail {
      guard self.series.isEmpty || detail < self.detail else { return }
      self.series = []
      self.detail = detail
    }
    if !self.series.contains(series) { self.series.append(series) }
  }

  /// Milliseconds between two samples: the catalog's period, or what the feed itself keeps to.
  ///
  /// A feed may be coarser than the service publishes: basic monitoring, a collector that asks for
  /// sums of five minutes.
  var periodMilliseconds: Int64 {
    let isFeed = step.isRegular || !metric.reporting.isSparse
    return isFeed ? max(metric.periodMilliseconds, step.milliseconds) : metric.periodMilliseconds
  }

  /// Milliseconds after which the newest sample is overdue: its period plus the publishing delay.
  ///
  /// A feed that is habitually later than the catalog says is not overdue for being itself.
  var overdueAfter: Int64 {
    periodMilliseconds
      + max(metric.publishingDelayMilliseconds, habit.delay + EstateRules.arrivalSlack)
  }

  func isOverdue(at now: Timestamp) -> Bool {
    guard let newest else { return true }
    return now - newest > overdueAfter
  }

  /// Whether more is missing than a sample or two that were lost on the way: a feed that has ended.
  ///
  /// Of a region that was not seen for a while only what is missing since it is seen again counts.
  func hasEnded(at now: Timestamp, seenSince: Timestamp? = nil) -> Bool {
    newest.map { now - max($0, seenSince ?? $0) > endedAfter } ?? true
  }

  /// Whether a sample that is missing says anything: copies are made now and then, and what is sparse is
  /// silent where there is nothing.
  var tellsByAbsence: Bool { metric.measures != .completions && !metric.reporting.isSparse }

  /// Milliseconds after which the newest sample is the last one of a feed that has ended.
  var endedAfter: Int64 {
    overdueAfter + Int64(EstateRules.pointsJudged) * max(step.milliseconds, EstateRules.minute)
  }

  /// The newest sample that was known at an instant.
  func known(at time: Timestamp) -> Timestamp? { visibility.newest(at: time) }
}

extension Signal {
  /// Takes in what has arrived since the last time; true when anything has changed.
  @discardableResult
  mutating func refresh(store: SeriesStore, now: Timestamp) -> Bool {
    var time = Timestamp.distantPast
    var arrival = Timestamp.distantPast
    for identifier in series {
      guard let freshness = store.freshness(of: identifier) else { continue }
      time = max(time, freshness.time)
      arrival = max(arrival, freshness.arrival)
    }
    let hasNews = time != seenTime || arrival != seenArrival
    guard hasNews || recheck.map({ now >= $0 }) ?? false else { return false }
    if time > seenTime {
      habit.note(arrival - time)
      step.note(time)
    }
    seenTime = time
    seenArrival = arrival
    load(from: store, now: now)
    return true
  }

  private mutating func load(from store: SeriesStore, now: Timestamp) {
    let end = min(seenTime, now) + 1
    let span = Int64(EstateRules.pointsKept) * max(periodMilliseconds, EstateRules.minute)
    var all: [Point] = []
    for identifier in series { all += minutes(of: identifier, from: end - span, to: end, store) }
    if series.count > 1 { all = combined(all) }
    recheck = nil
    if role.isCount, let last = all.last, last.time + EstateRules.minute > now {
      recheck = last.time + EstateRules.minute
      all.removeLast()
    }
    points = Array(all.suffix(EstateRules.pointsKept))
    if let last = points.last?.time, last != newest {
      if newest.map({ last - $0 > overdueAfter }) ?? true {
        began = points.first { $0.time > newest ?? .distantPast }?.time
      }
      newest = last
      visibility.note(last, at: now)
    }
    if role == .requests || role == .writes { baseline.learn(points) }
    if role == .desired { demand.note(points) }
  }

  /// The points of a series, one for each minute at most.
  private func minutes(
    of identifier: SeriesID, from start: Timestamp, to end: Timestamp, _ store: SeriesStore
  ) -> [Point] {
    var minutes: [(time: Timestamp, set: StatisticSet)] = []
    for point in store.datapoints(of: identifier, from: start, to: end) {
      let minute = point.time.floored(toMilliseconds: EstateRules.minute)
      if minutes.last?.time == minute {
        minutes[minutes.count - 1].set.merge(point.statistics)
      } else {
        minutes.append((minute, point.statistics))
      }
    }
    return minutes.map { Point(time: $0.time, value: $0.set.value(of: metric.statistic)) }
  }

  /// Several series of one role as one, minute by minute.
  private func combined(_ points: [Point]) -> [Point] {
    var result: [Point] = []
    var count = 0.0
    for point in points.sorted(by: { $0.time < $1.time }) {
      if let last = result.last, last.time == point.time {
        count += 1
        result[result.count - 1].value = together(last.value, point.value, count)
      } else {
        count = 1
        result.append(point)
      }
    }
    return result
  }

  /// Counts add, of a part the mean counts, of other values the worst.
  private func together(_ known: Double, _ value: Double, _ count: Double) -> Double {
    switch role.combination {
    case .sum: known + value
    case .least: min(known, value)
    case .greatest: max(known, value)
    case .mean: known + (value - known) / count
    }
  }
}

/// How long after its timestamp a series' newest data usually arrives: the least of three times.
struct Habit: Hashable, Sendable {
  private(set) var delay: Int64 = 0
  private var recent: [Int64] = []

  mutating func note(_ delay: Int64) {
    guard delay <= EstateRules.longestHabitualDelay else { return }
    recent.append(delay)
    if recent.count > EstateRules.pointsJudged { recent.removeFirst() }
    self.delay = recent.min() ?? 0
  }
}

/// How far apart a series' samples are: the least of three distances, so that losses do not count.
///
/// What is rarer than an hour is no steady feed.
struct Step: Hashable, Sendable {
  private(set) var milliseconds: Int64 = 0
  /// Nil before there are two points.
  var known: Int64? { recent.isEmpty ? nil : milliseconds }
  /// Whether all distances are whole steps: of chance events they hardly are.
  private(set) var isRegular = false
  private var last: Timestamp?
  private var recent: [Int64] = []

  mutating func note(_ time: Timestamp) {
    defer { last = time }
    guard let last, time - last <= EstateRules.longestStep else { return }
    recent.append(time - last)
    if recent.count > EstateRules.pointsJudged { recent.removeFirst() }
    let least = recent.min() ?? 0
    isRegular =
      recent.count == EstateRules.pointsJudged && least > 0
      && recent.allSatisfy { $0 % least == 0 }
    milliseconds = least
  }
}

/// The normal level of a count, by an average with a memory of an hour, however far apart its points.
struct Baseline: Hashable, Sendable {
  private(set) var value = 0.0
  private var count = 0.0
  private var last = Timestamp.distantPast

  /// Learns from complete minutes that are newer than those known; a low one that is `accepted` is as
  /// normal as any other.
  mutating func learn(_ points: [Signal.Point], accepted: Bool = false) {
    for point in points where point.time > last {
      let gap = min(EstateRules.longestHabitualDelay, point.time - last)
      let minutes = count == 0 ? 1 : max(1, Double(gap) / Double(EstateRules.minute))
      last = point.time
      count += 1
      let isLow = point.value < value / 2 && !accepted
      let slow =
        minutes * (isLow ? EstateRules.baselineWeightWhenLow : EstateRules.baselineWeight)
      let weight = isLow && count > 5 ? slow : max(slow, 1 / count)
      value += (point.value - value) * weight
    }
  }

  /// A value as a part of normal; nil while normal is too small to compare with.
  func fraction(of point: Double) -> Double? {
    value >= EstateRules.smallestBaseline && count >= 3 ? point / value : nil
  }
}
