import Telemetry

/// What an evaluation needs of a definition, as plain numbers.
struct AlarmRule: Hashable, Sendable {
  let periodMilliseconds: Int64
  let evaluationPeriods: Int
  /// `evaluationPeriods` where the definition leaves it out.
  let datapointsToAlarm: Int
  /// How many slots are fetched: more than `evaluationPeriods`, and so it changes states.
  let evaluationRange: Int
  let threshold: Double
  let comparison: AlarmDefinition.ComparisonOperator
  /// The values that do not breach; all of them in a band alarm, which is judged slot by slot.
  let good: ValueBounds
  let treatMissingData: AlarmDefinition.TreatMissingData
  let statistic: Statistic
  /// Whether periods with too few samples for their percentile are left out.
  let ignoresLowSamples: Bool
  let cadence: AlarmCadence
  /// Whether slots slide with time rather than begin with hours and days.
  let isSliding: Bool
  /// How far behind an evaluation looks.
  let delayMilliseconds: Int64

  init(_ definition: AlarmDefinition, evaluationRange: Int? = nil) {
    periodMilliseconds = Int64(definition.periodSeconds) * 1000
    evaluationPeriods = definition.evaluationPeriods
    datapointsToAlarm = definition.datapointsToAlarm ?? definition.evaluationPeriods
    isSliding = definition.wallClock == nil
    let range = evaluationRange ?? Self.evaluationRange(of: definition)
    self.evaluationRange =
      isSliding ? max(range, definition.evaluationPeriods) : definition.evaluationPeriods
    threshold = definition.threshold
    comparison = definition.comparison
    good = definition.comparison.good(definition.threshold)
    treatMissingData = definition.treatMissingData
    statistic = definition.statistic
    ignoresLowSamples = definition.evaluateLowSampleCountPercentile == .ignore
    let periods = definition.evaluationPeriods
    cadence =
      isSliding
      ? AlarmCadence(periodSeconds: definition.periodSeconds, evaluationPeriods: periods)
      : .everyMinute
    delayMilliseconds = definition.evaluationDelayMilliseconds
  }

  /// The end of the newest slot of an evaluation, where slots slide.
  @inline(__always)
  func windowEnd(at now: Timestamp) -> Timestamp { cadence.windowEnd(at: now - delayMilliseconds) }

  /// The slots CloudWatch fetches, fitted to public records; AWS gives one number and no formula.
  ///
  /// At least two more than are evaluated, five minutes more for short periods, and one minute more
  /// for high-resolution metrics. A wall clock window is fetched as it is.
  static func evaluationRange(of definition: AlarmDefinition) -> Int {
    if definition.wallClock != nil { return definition.evaluationPeriods }
    let period = definition.periodSeconds
    let extra = period >= 60 ? max(2, (300 + period - 1) / period) : 60 / period
    return definition.evaluationPeriods + extra
  }

  @inline(__always)
  func breaches(_ value: Double) -> Bool { good.excludes(value) }

  /// The bounds of the slots an evaluation fetches, newest first: one more than there are slots.
  func bounds(at now: Timestamp, wallClock zone: TimeZoneTable?) -> [Timestamp] {
    if let zone {
      let clock = WallClock(zone: zone, periodSeconds: Int(periodMilliseconds / 1000))
      return clock.bounds(before: now - delayMilliseconds, count: evaluationRange)
    }
    let end = windowEnd(at: now)
    return (0...evaluationRange).map { end - Int64($0) * periodMilliseconds }
  }
}

extension AlarmDefinition.ComparisonOperator {
  /// The values on the good side of a threshold; next to it there is no other number.
  fileprivate func good(_ threshold: Double) -> ValueBounds {
    switch self {
    case .greaterThanThreshold: ValueBounds(highest: threshold)
    case .greaterThanOrEqualToThreshold: ValueBounds(highest: threshold.nextDown)
    case .lessThanThreshold: ValueBounds(lowest: threshold)
    case .lessThanOrEqualToThreshold: ValueBounds(lowest: threshold.nextUp)
    case .lessThanLowerOrGreaterThanUpperThreshold, .lessThanLowerThreshold,
      .greaterThanUpperThreshold:
      ValueBounds()
    }
  }
}

extension AlarmDefinition {
  /// How many slots an evaluation fetches: more than it evaluates, so that late data still count.
  package var evaluationRange: Int { AlarmRule.evaluationRange(of: self) }
}
