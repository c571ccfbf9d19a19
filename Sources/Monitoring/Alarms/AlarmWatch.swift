import Telemetry

/// What an evaluation reads and writes of an alarm.
struct AlarmWatch: Sendable {
  let rule: AlarmRule
  /// Nil while no series has appeared.
  var series: SeriesID?
  var state: AlarmState

  /// The state the alarm has to change to; nil when it keeps the one it has.
  ///
  /// `values` has room for a whole evaluation range; what it holds does not matter.
  func verdict(
    windowEnd: Timestamp, store: SeriesStore, values: inout [Double]
  ) -> AlarmState? {
    let decided = rule.decide(tally(windowEnd: windowEnd, store: store, values: &values)).state
    return decided == state ? nil : decided
  }

  /// Counts real datapoints, newest first, until there are as many as evaluation periods.
  private func tally(
    windowEnd: Timestamp, store: SeriesStore, values: inout [Double]
  ) -> SlotTally {
    var tally = SlotTally()
    guard let series else { return tally }
    let window = SlotWindow(
      end: windowEnd, lengthMilliseconds: rule.periodMilliseconds, count: rule.evaluationRange,
      enough: rule.evaluationPeriods, statistic: rule.statistic)
    let count = store.read(window, of: series, into: &values)
    for offset in 0..<count {
      let value = values[offset]
      if value.isNaN { continue }
      tally.real += 1
      if rule.breaches(value) {
        tally.breaching += 1
        tally.oldestBreaching = offset + 1
      }
    }
    return tally
  }
}
