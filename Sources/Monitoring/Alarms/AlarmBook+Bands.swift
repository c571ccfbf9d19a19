import Telemetry

extension AlarmBook {
  /// Evaluates the band alarms that are due.
  mutating func evaluateBanded(at now: Timestamp, store: SeriesStore) -> [Transition] {
    var transitions: [Transition] = []
    for index in banded
    where watches[index].rule.cadence.isDue(at: now, origin: options.evaluationOrigin) {
      guard let series = watches[index].series else {
        transitions += judge(index, at: now, store: store)
        continue
      }
      bands[index]?.advance(series, store: store)
      transitions += judge(index, at: now, store: store)
    }
    return transitions
  }

  private mutating func judge(
    _ index: Int, at now: Timestamp, store: SeriesStore
  ) -> [Transition] {
    let state = evidence(index, at: now, store: store).decision.state
    guard let state, state != watches[index].state else { return [] }
    return [change(index, to: state, at: now, store: store)]
  }
}
