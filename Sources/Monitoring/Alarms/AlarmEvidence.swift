import Telemetry

/// One slot of an evaluation range.
struct AlarmSlot: Hashable, Sendable {
  /// 1 is the newest.
  var age: Int
  var start: Timestamp
  var end: Timestamp
  /// Nil where the slot holds no sample.
  var sampleCount: Double?
  var value: Double?
  var isBreaching = false
  /// Of a band alarm.
  var band: AnomalyBand?
}

/// The datapoints one evaluation rests on, for its reason and for explanations.
///
/// Built only when a state changes or someone asks.
struct AlarmEvidence: Sendable {
  /// The whole evaluation range, newest first.
  let slots: [AlarmSlot]
  /// The evaluated real datapoints, newest first.
  let real: [AlarmSlot]
  /// The newest missing slots, as many as were filled in, newest first.
  let fillers: [AlarmSlot]
  let decision: AlarmDecision

  /// `bounds` are those of the slots, newest first, as `AlarmRule.bounds` gives them.
  ///
  /// A slot of a band alarm without a band counts as missing: neither good nor bad.
  init(
    rule: AlarmRule, series: SeriesID?, bounds: [Timestamp], store: SeriesStore,
    bands: AnomalyWatch? = nil
  ) {
    slots = (1..<bounds.count).map { age in
      let (start, end) = (bounds[age], bounds[age - 1])
      var slot = AlarmSlot(
        age: age, start: start, end: end,
        statistics: series.flatMap { store.statistics(of: $0, from: start, to: end) }, rule: rule)
      if let bands { slot.judge(by: bands.band(from: start), rule.comparison) }
      return slot
    }
    real = Array(slots.filter { $0.value != nil }.prefix(rule.evaluationPeriods))
    let missing = slots.filter { $0.value == nil }
    fillers = Array(missing.prefix(rule.evaluationPeriods - real.count))
    decision = rule.decide(SlotTally(real))
  }

  /// The real datapoints on the side that decided for `state`, newest first.
  func deciding(_ state: AlarmState) -> [AlarmSlot] {
    switch state {
    case .alarm: real.filter(\.isBreaching)
    case .ok: real.filter { !$0.isBreaching }
    case .insufficientData: real
    }
  }
}

extension AlarmSlot {
  fileprivate init(
    age: Int, start: Timestamp, end: Timestamp, statistics: StatisticSet?, rule: AlarmRule
  ) {
    self.init(age: age, start: start, end: end)
    guard let statistics else { return }
    let value = statistics.value(of: rule.statistic)
    if value.isNaN { return }
    self.value = value
    sampleCount = statistics.count
    isBreaching = rule.breaches(value)
  }
}

extension AlarmSlot {
  fileprivate mutating func judge(
    by band: AnomalyBand?, _ comparison: AlarmDefinition.ComparisonOperator
  ) {
    guard let band, let value else {
      (self.value, sampleCount) = (nil, nil)
      return
    }
    self.band = band
    isBreaching = comparison.breaches(value, band)
  }
}

extension SlotTally {
  fileprivate init(_ real: [AlarmSlot]) {
    self.real = real.count
    for slot in real where slot.isBreaching {
      breaching += 1
      oldestBreaching = slot.age
    }
  }
}
