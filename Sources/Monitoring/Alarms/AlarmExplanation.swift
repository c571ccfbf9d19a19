import Telemetry

/// Why an alarm is in its state at an instant: the slots it saw and the rule that decided.
package struct AlarmExplanation: Hashable, Sendable {
  package var reading: AlarmReading
  /// The evaluation it explains: the last one at or before the instant asked for.
  package var evaluated: Timestamp
  /// The start of the newest datapoint before the evaluation; nil where there never was one.
  package var newestData: Timestamp?
  /// The whole evaluation range, newest first.
  package var slots: [Slot]
  /// How many slots are fetched, and how many datapoints of them are judged.
  package var evaluationRange: Int
  package var evaluationPeriods: Int
  /// What this evaluation decides; nil keeps the state.
  package var verdict: AlarmState?
  /// The rule that decided, as a sentence without its full stop.
  package var rule: String
  /// The rule's name, such as `realData`, `filled` or `oldBreach`.
  package var ruleName: String
  /// When and how silence changes the state, as a sentence without its full stop.
  package var silence: String
  /// How long after the last datapoint at the latest; nil where silence is never noticed.
  package var silenceSeconds: Double?
  /// What would change the state: breaching datapoints, good ones, none.
  package var outlook: [Outlook]

  /// A slot of the evaluation range.
  package struct Slot: Hashable, Sendable {
    package var start: Timestamp
    package var end: Timestamp
    /// Nil where the slot is empty.
    package var value: Double?
    package var sampleCount: Double?
    /// Of a band alarm: where the value was expected.
    package var band: AnomalyBand?
    package var side: Side
    package var use: Use

    package enum Side: String, Hashable, Sendable {
      case breaching
      case good
      case missing
      /// Too few samples for the percentile: neither.
      case undecided
    }

    package enum Use: String, Hashable, Sendable {
      /// A real datapoint that was judged.
      case evaluated
      /// A missing datapoint that was judged as the alarm treats missing data.
      case filled
      /// Not needed.
      case ignored
    }
  }
}

extension AlarmBook {
  /// Explains a metric alarm's last evaluation at or before `time`; nil where there is none.
  ///
  /// It sees all the data the store holds now: points that came after the evaluation are in it.
  package func explain(
    _ name: String, region: String?, at time: Timestamp, store: SeriesStore
  ) -> AlarmExplanation? {
    guard let index = indices(named: name).first(where: { files[$0].region == region }),
      definitions[files[index].definition].composite == nil
    else { return nil }
    let rule = watches[index].rule
    let since = (time - options.evaluationOrigin) % rule.cadence.milliseconds
    let evaluated = time - (since < 0 ? since + rule.cadence.milliseconds : since)
    let evidence = evidence(index, at: evaluated, store: store)
    let reading = reading(of: index, at: time)
    return AlarmExplanation(
      reading: reading, evaluated: evaluated,
      newestData: newestData(of: index, before: evaluated, store: store),
      slots: evidence.slots.map { AlarmExplanation.Slot($0, rule: rule, evidence: evidence) },
      evaluationRange: rule.evaluationRange, evaluationPeriods: rule.evaluationPeriods,
      verdict: evidence.decision.state, rule: rule.sentence(for: evidence),
      ruleName: "\(evidence.decision.rule)", silence: rule.silenceSentence,
      silenceSeconds: rule.treatMissingData == .ignore
        ? nil : Double(rule.silenceMilliseconds) / 1000,
      outlook: outlook(index, state: reading.state, after: evaluated, store: store))
  }
}

extension AlarmBook {
  private func newestData(
    of index: Int, before time: Timestamp, store: SeriesStore
  ) -> Timestamp? {
    let isOnMath = definitions[files[index].definition].isOnMath
    let series = isOnMath ? mathData(of: index, store: store).series : [watches[index].series]
    return series.compactMap { series in
      series.flatMap {
        store.newest(of: $0, atOrBefore: time - 1, notBefore: .distantPast)?.time
      }
    }.max()
  }
}

extension AlarmExplanation.Slot {
  fileprivate init(_ slot: AlarmSlot, rule: AlarmRule, evidence: AlarmEvidence) {
    start = slot.start
    end = slot.end
    value = slot.value
    sampleCount = slot.sampleCount
    band = slot.band
    side =
      slot.value == nil
      ? .missing : slot.isLowSample ? .undecided : slot.isBreaching ? .breaching : .good
    let isJudged = evidence.real.contains(slot)
    use = isJudged ? .evaluated : evidence.fillers.contains(slot) ? .filled : .ignored
  }
}

extension AlarmRule {
  fileprivate func sentence(for evidence: AlarmEvidence) -> String {
    let breaching = evidence.real.count { $0.isBreaching }
    let needed = "\(datapointsToAlarm) of \(evaluationPeriods) needed"
    switch evidence.decision.rule {
    case .realData:
      return "\(breaching) of the \(evaluationPeriods) newest real datapoints breach, \(needed); "
        + "how missing data is treated plays no part"
    case .filled:
      return "\(breaching) of \(evidence.real.count) real datapoints breach, "
        + "\(evidence.fillers.count) missing treated as \(treatMissingData.rawValue), \(needed)"
    case .noData:
      return "no datapoint in the evaluation range, missing data is \(treatMissingData.rawValue)"
    case .enoughBreaching: return "\(breaching) real datapoints breach, \(needed)"
    case .goodDatapoint:
      return "a good datapoint is in the range and only \(breaching) breach, \(needed)"
    case .oldBreach:
      return "only breaching or missing datapoints, the oldest breaching one at least "
        + "\(datapointsToAlarm) slots old (premature alarm)"
    case .lowSamples:
      let few = evidence.real.count { $0.isLowSample }
      return "\(few) of \(evidence.real.count) periods have too few samples for the percentile and "
        + "stand on neither side, \(breaching) breach, \(needed)"
    case .tooEarly:
      return "only breaching or missing datapoints, too few and too young to tell"
    }
  }

  /// How long after the last datapoint the whole range is empty, in milliseconds, at the latest.
  ///
  /// A slot of a wall clock window is looked at only when it is over, which is a period later.
  package var silenceMilliseconds: Int64 {
    Int64(evaluationRange + (isSliding ? 0 : 1)) * periodMilliseconds + cadence.milliseconds
      + delayMilliseconds
  }

  fileprivate var silenceSentence: String {
    let after = "\(durationText(silenceMilliseconds)) after the last datapoint"
    switch treatMissingData {
    case .missing: return "silence is noticed \(after): INSUFFICIENT_DATA"
    case .breaching: return "silence is noticed at the latest \(after): ALARM"
    case .notBreaching: return "silence is taken as good, at the latest \(after): OK"
    case .ignore: return "silence is never noticed: missing data is ignored"
    }
  }
}

/// `21m`, `1h30m`, `100s` as `1m40s`.
func durationText(_ milliseconds: Int64) -> String {
  var rest = milliseconds / 1000
  var text = ""
  for (unit, seconds) in [("d", Int64(86_400)), ("h", 3600), ("m", 60), ("s", 1)] {
    if rest >= seconds { text += "\(rest / seconds)\(unit)" }
    rest %= seconds
  }
  return text.isEmpty ? "0s" : text
}
