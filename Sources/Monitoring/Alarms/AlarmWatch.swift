import Telemetry

/// What an evaluation reads and writes of an alarm.
struct AlarmWatch: Sendable {
  let rule: AlarmRule
  /// Nil while no series has appeared.
  var series: SeriesID?
  var state: AlarmState

  /// The state the alarm has to change to; nil when it keeps the one it has.
  func verdict(windowEnd: Timestamp, store: SeriesStore) -> AlarmState? {
    let decided = rule.decide(tally(windowEnd: windowEnd, store: store)).state
    return decided == state ? nil : decided
  }

  /// Counts real datapoints, newest first, until there are as many as evaluation periods.
  func tally(windowEnd: Timestamp, store: SeriesStore) -> SlotTally {
    var tally = SlotTally()
    guard let series else { return tally }
    var end = windowEnd
    for age in 1...rule.evaluationRange {
      let start = end - rule.periodMilliseconds
      defer { end = start }
      guard let statistics = store.statistics(of: series, from: start, to: end) else { continue }
      let value = statistics.value(of: rule.statistic)
      if value.isNaN { continue }
      tally.real += 1
      if rule.breaches(value) {
        tally.breaching += 1
        tally.oldestBreaching = age
      }
      if tally.real == rule.evaluationPeriods { break }
    }
    return tally
  }
}
