import Telemetry

extension AlarmBook {
  /// Evaluates the band alarms that are due.
  mutating func evaluateBanded(at now: Timestamp, store: SeriesStore) -> [Transition] {
    var transitions: [Transition] = []
    for index in banded
    where watches[index].rule.cadence.isDue(at: now, origin: options.evaluationOrigin) {
      if let source = source(of: index, store: store) { bands[index]?.advance(source) }
      transitions += judge(index, at: now, store: store)
    }
    return transitions
  }

  /// What a band is learnt from; nil while there is no data.
  private func source(of index: Int, store: SeriesStore) -> AnomalyWatch.Source? {
    let isOnMath = definitions[files[index].definition].isOnMath
    let series =
      isOnMath
      ? mathData(of: index, store: store).series.compactMap { $0 }
      : watches[index].series.map { [$0] } ?? []
    let newest = series.compactMap { store.freshness(of: $0)?.time }.max()
    guard let newest else { return nil }
    let statistic = watches[index].rule.statistic
    let oldest = {
      let firsts = series.compactMap {
        store.datapoints(of: $0, from: .distantPast, to: .distantFuture).first?.time
      }
      return firsts.min() ?? newest
    }
    return AnomalyWatch.Source(newest: newest, oldest: oldest) { start, end in
      if isOnMath { return mathValue(of: index, start: start, end: end, store: store) }
      return store.value(of: statistic, of: series[0], from: start, to: end) ?? .nan
    }
  }

  /// The value of an expression in one slot; as many before it are read as an evaluation does.
  private func mathValue(
    of index: Int, start: Timestamp, end: Timestamp, store: SeriesStore
  ) -> Double {
    let count = Int64(watches[index].rule.evaluationRange)
    let bounds = (0...count).map { end - $0 * (end - start) }
    return mathSlots(of: index, bounds: bounds, store: store)?.first?.value ?? .nan
  }

  private mutating func judge(
    _ index: Int, at now: Timestamp, store: SeriesStore
  ) -> [Transition] {
    let state = evidence(index, at: now, store: store).decision.state
    guard let state, state != watches[index].state else { return [] }
    return [change(index, to: state, at: now, store: store)]
  }
}
