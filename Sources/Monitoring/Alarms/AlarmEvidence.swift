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
  /// Too few samples for the percentile, in an alarm that ignores such: on neither side.
  var isLowSample = false
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
    let slots = (1..<bounds.count).map { age in
      let (start, end) = (bounds[age], bounds[age - 1])
      var slot = AlarmSlot(age: age, start: start, end: end)
      if let series, let statistics = store.statistics(of: series, from: start, to: end) {
        let value =
          rule.statistic.extended == nil
          ? statistics.value(of: rule.statistic)
          : store.value(of: rule.statistic, of: series, from: start, to: end)
        slot.take(value ?? .nan, sampleCount: statistics.count, rule: rule)
      }
      if let bands { slot.judge(by: bands.band(from: start), rule.comparison) }
      return slot
    }
    self.init(rule: rule, slots: slots)
  }

  init(rule: AlarmRule, slots: [AlarmSlot]) {
    self.slots = slots
    real = Array(slots.filter { $0.value != nil }.prefix(rule.evaluationPeriods))
    let missing = slots.filter { $0.value == nil }
    fillers = Array(missing.prefix(rule.evaluationPeriods - real.count))
    decision = rule.decide(SlotTally(real))
  }

  /// The real datapoints on the side that decided for `state`, newest first.
  func deciding(_ state: AlarmState) -> [AlarmSlot] {
    switch state {
    case .alarm: real.filter(\.isBreaching)
    case .ok: real.filter { !$0.isBreaching && !$0.isLowSample }
    case .insufficientData: real
    }
  }
}

extension AlarmSlot {
  /// Puts a value into an empty slot; one that is NaN leaves it empty.
  mutating func take(_ value: Double, sampleCount: Double?, rule: AlarmRule) {
    if value.isNaN { return }
    self.value = value
    self.sampleCount = sampleCount
    isLowSample = sampleCount.map(rule.ignores) ?? false
    isBreaching = !isLowSample && rule.breaches(value)
  }
}

extension AlarmSlot {
  /// Judges a slot of a band alarm; without a band it counts as missing.
  mutating func judge(
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
    lowSamples = real.count(where: \.isLowSample)
    for slot in real where slot.isBreaching {
      breaching += 1
      oldestBreaching = slot.age
    }
  }
}
