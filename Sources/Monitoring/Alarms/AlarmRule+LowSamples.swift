import Telemetry

extension AlarmRule {
  /// Whether a period with so many samples is left out.
  func ignores(sampleCount: Double) -> Bool {
    ignoresLowSamples && statistic.extended?.isLowSampleCount(sampleCount) ?? false
  }

  /// Decides where periods have too few samples for their percentile, and the alarm ignores those.
  ///
  /// CloudWatch says that the state is kept while a period has too few; how one such period among
  /// several counts it does not say. Here it stands on neither side: the others settle the state if
  /// they are enough, and else it is kept.
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html
  func decideAroundLowSamples(_ tally: SlotTally) -> AlarmDecision {
    let fillers = max(0, evaluationPeriods - tally.real)
    var breaching = tally.breaching
    var good = tally.real - tally.breaching - tally.lowSamples
    switch treatMissingData {
    case .breaching: breaching += fillers
    case .notBreaching: good += fillers
    case .ignore, .missing: break
    }
    if breaching >= datapointsToAlarm { return AlarmDecision(state: .alarm, rule: .lowSamples) }
    let isSettled = good > evaluationPeriods - datapointsToAlarm
    return AlarmDecision(state: isSettled ? .ok : nil, rule: .lowSamples)
  }
}
