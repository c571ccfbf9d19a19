import Telemetry

/// How well a region is seen: the age of the newest data of everything it publishes.
struct Sight: Sendable {
  let region: String
  /// Series of the region: all that are bound to a role, and some others as witnesses.
  private(set) var series: [SeriesID] = []
  /// The newest data of any of them.
  private(set) var newest: Timestamp?
  /// When the first of it was seen.
  private(set) var firstSeen: Timestamp?
  /// Since when it has been seen without a silence.
  private(set) var seenSince: Timestamp?
  private var blindAfter = EstateRules.blindAfter
  private var witnesses = 0
  private var fresh = 0
  private var habit = Habit()
  private var step = Step()
  private var visibility = Visibility()

  init(region: String) { self.region = region }

  /// Adds a series that plays a role; a region of slow metrics is given the time they need.
  mutating func watch(_ series: SeriesID, overdueAfter: Int64) {
    let needed = overdueAfter + 2 * EstateRules.minute
    blindAfter = self.series.count == witnesses ? needed : min(blindAfter, needed)
    blindAfter = max(blindAfter, EstateRules.blindAfter)
    if !self.series.contains(series) { self.series.append(series) }
  }

  mutating func witness(_ series: SeriesID) {
    guard witnesses < EstateRules.witnessLimit else { return }
    witnesses += 1
    self.series.append(series)
  }

  /// Looks first at the series that was newest last time; only when it is old at the others.
  mutating func refresh(store: SeriesStore, now: Timestamp) {
    guard !series.isEmpty else { return }
    if let freshness = store.freshness(of: series[fresh]),
      now - freshness.time <= EstateRules.minute
    {
      take(freshness, now)
      return
    }
    for (index, identifier) in series.enumerated() {
      guard let freshness = store.freshness(of: identifier) else { continue }
      if newest.map({ min(freshness.time, now) > $0 }) ?? true {
        fresh = index
        take(freshness, now)
      }
    }
  }

  private mutating func take(_ freshness: Freshness, _ now: Timestamp) {
    let time = min(freshness.time, now)
    guard newest.map({ time > $0 }) ?? true else { return }
    if isSilent(at: now) { seenSince = now }
    newest = time
    firstSeen = firstSeen ?? now
    visibility.note(time, at: now)
    habit.note(freshness.arrival - freshness.time)
    step.note(time)
  }

  /// Milliseconds after the newest data at which the next was due.
  var nextDueAfter: Int64 { step.known ?? EstateRules.minute }

  /// Whether nothing of the region has been seen for too long.
  ///
  /// The habit and the step of the feed count beyond the minute that every finished minute takes.
  func isSilent(at now: Timestamp) -> Bool {
    newest.map { isTooOld($0, at: now) } ?? true
  }

  private func isTooOld(_ newest: Timestamp, at now: Timestamp) -> Bool {
    now - newest > blindAfter + max(0, habit.delay - EstateRules.minute)
      + max(0, (step.known ?? EstateRules.assumedStep) - EstateRules.minute)
  }

  /// As `isSilent`, by what was known at an instant.
  func wasSilent(at time: Timestamp) -> Bool {
    visibility.newest(at: time).map { isTooOld($0, at: time) } ?? true
  }

  /// The newest data of anything of the region that was known at an instant.
  func known(at time: Timestamp) -> Timestamp? { visibility.newest(at: time) }

  /// The age of the newest data that was known at an instant, in seconds; nil where there was none.
  func dataAge(at time: Timestamp) -> Double? {
    visibility.newest(at: time).map { max(0, time.seconds(since: $0)) }
  }
}
