import Telemetry

extension AlarmBook {
  /// Lets the alarms whose warm-up is over be evaluated.
  ///
  /// It ends with its duration; earlier, unless the alarm forbids it, when data has come in for a
  /// whole evaluation window and the newest period has some.
  mutating func endWarmUps(at now: Timestamp, store: SeriesStore) {
    guard !warming.isEmpty else { return }
    let ended = warming.filter { isWarm($0, at: now, store: store) }
    guard !ended.isEmpty else { return }
    warming.removeAll(where: ended.contains)
    for index in ended {
      files[index].warmUpEnd = now
      evaluate(from: index)
    }
  }

  private func isWarm(_ index: Int, at now: Timestamp, store: SeriesStore) -> Bool {
    guard let warmUp = definitions[files[index].definition].warmUp else { return true }
    if now - (files[index].created ?? created ?? now) >= warmUp.milliseconds { return true }
    guard !warmUp.isFixed, let series = watches[index].series else { return false }
    let rule = watches[index].rule
    let evidence = evidence(index, at: now, store: store)
    guard evidence.slots.first?.value != nil,
      evidence.slots.count >= rule.evaluationPeriods
    else { return false }
    let windowStart = evidence.slots[rule.evaluationPeriods - 1].start
    return store.newest(of: series, atOrBefore: windowStart, notBefore: .distantPast) != nil
  }

  /// Begins the warm-up of an alarm that came with this run.
  mutating func beginWarmUp(_ index: Int, at now: Timestamp) {
    guard definitions[files[index].definition].warmUp != nil else { return }
    exempt(index)
    files[index].created = now
    files[index].warmUpEnd = nil
    let initial = AlarmChange(state: .insufficientData, reason: AlarmReason.initial)
    files[index].history = AlarmHistory(initial)
    watches[index].state = .insufficientData
    warming.append(index)
  }
}
