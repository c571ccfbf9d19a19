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
  let treatMissingData: AlarmDefinition.TreatMissingData
  let statistic: Statistic
  let cadence: AlarmCadence

  init(_ definition: AlarmDefinition, evaluationRange: Int? = nil) {
    periodMilliseconds = Int64(definition.periodSeconds) * 1000
    evaluationPeriods = definition.evaluationPeriods
    datapointsToAlarm = definition.datapointsToAlarm ?? definition.evaluationPeriods
    let range = evaluationRange ?? Self.evaluationRange(of: definition)
    self.evaluationRange = max(range, definition.evaluationPeriods)
    threshold = definition.threshold
    comparison = definition.comparison
    treatMissingData = definition.treatMissingData
    statistic = definition.statistic
    cadence = AlarmCadence(
      periodSeconds: definition.periodSeconds, evaluationPeriods: definition.evaluationPeriods)
  }

  /// The slots CloudWatch fetches, fitted to public records; AWS gives one number and no formula.
  ///
  /// At least two more than are evaluated, five minutes more for short periods, and one minute more
  /// for high-resolution metrics.
  static func evaluationRange(of definition: AlarmDefinition) -> Int {
    let period = definition.periodSeconds
    let extra = period >= 60 ? max(2, (300 + period - 1) / period) : 60 / period
    return definition.evaluationPeriods + extra
  }

  @inline(__always)
  func breaches(_ value: Double) -> Bool {
    switch comparison {
    case .greaterThanThreshold: value > threshold
    case .greaterThanOrEqualToThreshold: value >= threshold
    case .lessThanThreshold: value < threshold
    case .lessThanOrEqualToThreshold: value <= threshold
    }
  }

  /// The start of a slot; age 1 is the newest.
  func slotStart(age: Int, windowEnd: Timestamp) -> Timestamp {
    windowEnd - Int64(age) * periodMilliseconds
  }
}

extension AlarmDefinition {
  /// How many slots an evaluation fetches: more than it evaluates, so that late data still count.
  package var evaluationRange: Int { AlarmRule.evaluationRange(of: self) }
}
