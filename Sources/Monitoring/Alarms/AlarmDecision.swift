/// What the slots of an evaluation range hold, as far as a decision depends on it.
struct SlotTally: Hashable, Sendable {
  /// Real datapoints counted, newest first, at most `evaluationPeriods`.
  var real = 0
  /// How many of them breach.
  var breaching = 0
  /// The age of the oldest that breaches; the newest slot has age 1; 0 where none does.
  var oldestBreaching = 0
  /// How many have too few samples for their percentile and stand on neither side.
  var lowSamples = 0
}

/// The outcome of one evaluation and the rule it follows from.
struct AlarmDecision: Hashable, Sendable {
  /// Nil keeps the state the alarm has.
  var state: AlarmState?
  var rule: Rule

  /// Which part of CloudWatch's logic decided.
  enum Rule: UInt8, Hashable, Sendable {
    /// As many real datapoints as evaluation periods: missing data play no part.
    case realData
    /// Missing datapoints were filled in as the alarm says (breaching, notBreaching).
    case filled
    /// No datapoint in the whole evaluation range.
    case noData
    /// Enough breaching datapoints, whatever is missing.
    case enoughBreaching
    /// A good datapoint in the range, and too few breaching ones.
    case goodDatapoint
    /// Only breaching or missing datapoints, the oldest breaching one old enough.
    case oldBreach
    /// Only breaching or missing datapoints, too few and too young to tell.
    case tooEarly
    /// Periods with too few samples for their percentile were left out.
    case lowSamples
  }
}

extension AlarmRule {
  /// Decides as the page "Configuring how CloudWatch alarms treat missing data" tells and shows.
  ///
  /// Where the page's prose and its tables differ, the tables win: any good datapoint in the range
  /// rules out a premature alarm.
  @inline(__always)
  func decide(_ tally: SlotTally) -> AlarmDecision {
    if tally.lowSamples > 0 { return decideAroundLowSamples(tally) }
    let isEnough = tally.breaching >= datapointsToAlarm
    if tally.real >= evaluationPeriods {
      return AlarmDecision(state: isEnough ? .alarm : .ok, rule: .realData)
    }
    switch treatMissingData {
    case .breaching:
      let filled = tally.breaching + evaluationPeriods - tally.real
      return AlarmDecision(
        state: filled >= datapointsToAlarm ? .alarm : .ok,
        rule: tally.real == 0 ? .noData : .filled)
    case .notBreaching:
      return AlarmDecision(
        state: isEnough ? .alarm : .ok, rule: tally.real == 0 ? .noData : .filled)
    case .missing: return decideOnGaps(tally, isEnough: isEnough, otherwise: .insufficientData)
    case .ignore: return decideOnGaps(tally, isEnough: isEnough, otherwise: nil)
    }
  }

  private func decideOnGaps(
    _ tally: SlotTally, isEnough: Bool, otherwise: AlarmState?
  ) -> AlarmDecision {
    if tally.real == 0 { return AlarmDecision(state: otherwise, rule: .noData) }
    if isEnough { return AlarmDecision(state: .alarm, rule: .enoughBreaching) }
    if tally.breaching < tally.real { return AlarmDecision(state: .ok, rule: .goodDatapoint) }
    if treatMissingData == .missing, tally.oldestBreaching >= datapointsToAlarm {
      return AlarmDecision(state: .alarm, rule: .oldBreach)
    }
    return AlarmDecision(state: otherwise, rule: .tooEarly)
  }
}
