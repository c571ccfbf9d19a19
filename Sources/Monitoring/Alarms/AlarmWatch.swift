import Telemetry

/// What an evaluation reads and writes of an alarm.
struct AlarmWatch: Sendable {
  let rule: AlarmRule
  /// Nil while no series has appeared.
  var series: SeriesID?
  var state: AlarmState

  /// The slots of an evaluation, all but when they end.
  private let window: SlotWindow

  init(rule: AlarmRule, state: AlarmState) {
    self.rule = rule
    self.state = state
    window = SlotWindow(
      end: .distantPast, lengthMilliseconds: rule.periodMilliseconds, count: rule.evaluationRange,
      enough: rule.evaluationPeriods, statistic: rule.statistic)
  }

  /// The state the alarm has to change to; nil when it keeps the one it has.
  @inline(__always)
  func verdict(windowEnd: Timestamp, store: SeriesStore) -> AlarmState? {
    let decided = rule.decide(tally(windowEnd: windowEnd, store: store)).state
    return decided == state ? nil : decided
  }

  /// Counts real datapoints, newest first, until there are as many as evaluation periods.
  @inline(__always)
  private func tally(windowEnd: Timestamp, store: SeriesStore) -> SlotTally {
    guard let series else { return SlotTally() }
    var window = window
    window.end = windowEnd
    let count = store.count(window, of: series, outside: rule.good)
    return SlotTally(
      real: count.filled, breaching: count.outside, oldestBreaching: count.oldestOutside)
  }
}
