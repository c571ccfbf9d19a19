import Telemetry

extension AlarmExplanation {
  /// What would change the state from here on: if only such datapoints arrive, or none.
  package struct Outlook: Hashable, Sendable {
    package var arrivals: Arrivals
    /// The first other state; nil where the state stays as it is.
    package var state: AlarmState?
    /// The evaluation that changes it.
    package var time: Timestamp?
    /// How many datapoints that takes; 0 where none arrive.
    package var datapoints = 0

    package enum Arrivals: String, Hashable, Sendable, CaseIterable {
      case breaching
      case good
      case nothing
    }
  }
}

extension AlarmBook {
  /// What would change the state of an alarm after an evaluation.
  func outlook(
    _ index: Int, state: AlarmState, after evaluated: Timestamp, store: SeriesStore
  ) -> [AlarmExplanation.Outlook] {
    let rule = watches[index].rule
    let slots = evidence(index, at: evaluated, store: store).slots
    return [
      rule.outlook(.breaching, slots: slots, state: state, after: evaluated),
      rule.outlook(.good, slots: slots, state: state, after: evaluated),
      silence(index, state: state, after: evaluated, store: store),
    ]
  }

  /// Evaluates again and again with nothing new, until the state changes or the range is empty.
  private func silence(
    _ index: Int, state: AlarmState, after evaluated: Timestamp, store: SeriesStore
  ) -> AlarmExplanation.Outlook {
    let rule = watches[index].rule
    let cadence = rule.cadence.milliseconds
    let last = evaluated + rule.silenceMilliseconds
    // At most some hundred evaluations: of the long ranges only every so many are tried.
    let tries = (last - evaluated) / cadence
    let step = cadence * max(1, tries / Self.silenceTries)
    let first = evaluated.milliseconds + step
    for time in stride(from: first, through: last.milliseconds, by: Int(step)) {
      let time = Timestamp(milliseconds: time)
      if let next = evidence(index, at: time, store: store).decision.state, next != state {
        return AlarmExplanation.Outlook(arrivals: .nothing, state: next, time: time)
      }
    }
    return AlarmExplanation.Outlook(arrivals: .nothing)
  }

  private static let silenceTries: Int64 = 512
}

extension AlarmRule {
  /// Puts datapoints of one side in front of the slots, period by period, until the state changes.
  fileprivate func outlook(
    _ arrivals: AlarmExplanation.Outlook.Arrivals, slots: [AlarmSlot], state: AlarmState,
    after evaluated: Timestamp
  ) -> AlarmExplanation.Outlook {
    for count in 1...evaluationPeriods {
      var tally = SlotTally()
      for age in 1...evaluationRange where tally.real < evaluationPeriods {
        let isNew = age <= count
        let old = isNew ? nil : slots[age - count - 1]
        if !isNew, old?.value == nil { continue }
        tally.real += 1
        if isNew ? arrivals == .breaching : old?.isBreaching == true {
          tally.breaching += 1
          tally.oldestBreaching = age
        }
      }
      if let next = decide(tally).state, next != state {
        return AlarmExplanation.Outlook(
          arrivals: arrivals, state: next, time: evaluated + Int64(count) * periodMilliseconds,
          datapoints: count)
      }
    }
    return AlarmExplanation.Outlook(arrivals: arrivals)
  }
}
