import Telemetry

extension AlarmExplanation {
  /// The explanation as lines for a terminal, without colours, at most 100 columns wide or so.
  package var lines: [String] {
    let place = reading.region.map { " in \($0)" } ?? ""
    var lines = ["\(reading.name)\(place) is \(reading.state.rawValue), evaluated \(evaluated)"]
    lines.append("  " + reading.definition.sentence)
    lines += slots.map { "  " + line($0) }
    lines.append("  range    \(evaluationRange) slots for \(evaluationPeriods) evaluation periods")
    lines.append("  verdict  \(verdict?.rawValue ?? "keeps its state"): \(rule)")
    lines.append("  silence  \(silence)")
    lines.append("  stored   \(reading.stateReason)")
    return lines
  }

  private func line(_ slot: Slot) -> String {
    let text = slot.value?.javaText ?? "--"
    let value = String(repeating: " ", count: max(0, 22 - text.count)) + text
    let head = "\(slot.start) to \(slot.end.clockText) \(value)  \(slot.side.rawValue)"
    let remark = remark(slot)
    return remark.isEmpty ? head : head.padded(to: 68) + remark
  }

  private func remark(_ slot: Slot) -> String {
    switch slot.use {
    case .evaluated: "real, \((slot.sampleCount ?? 0).javaText) samples"
    case .filled: "filled: " + reading.definition.treatMissingData.rawValue
    case .ignored: slot.value == nil ? "" : "not needed"
    }
  }
}

extension AlarmDefinition {
  /// The alarm in words: `Average of AWS/RDS ReplicaLag > 60.0 for 3 of 5 periods of 1m`.
  package var sentence: String {
    let needed = datapointsToAlarm ?? evaluationPeriods
    return "\(watchedText) \(comparison.symbol) \(limitText) for "
      + "\(needed) of \(evaluationPeriods) periods of \(durationText(Int64(periodSeconds) * 1000))"
      + ", missing data \(treatMissingData.rawValue)"
  }
}

extension AlarmDefinition {
  /// `Average of AWS/RDS ReplicaLag {DBInstanceIdentifier=orders}`, or the expression.
  var watchedText: String {
    watchedExpression
      ?? MetricStat(
        namespace: namespace, metricName: metricName, dimensions: dimensions, statistic: statistic
      ).text
  }

  private var limitText: String {
    band.map { "the band of width \($0.width.javaText)" } ?? threshold.javaText
  }
}

extension MetricStat {
  /// `Average of AWS/RDS ReplicaLag {DBInstanceIdentifier=orders}`.
  var text: String {
    let pairs = dimensions.map(\.description).joined(separator: ",")
    let name = namespace.isEmpty ? metricName : "\(namespace) \(metricName)"
    return "\(statistic.rawValue) of \(name)" + (pairs.isEmpty ? "" : " {\(pairs)}")
  }
}

extension AlarmDefinition.ComparisonOperator {
  /// `>`, `>=`, `<`, `<=`.
  package var symbol: String {
    switch self {
    case .greaterThanThreshold: ">"
    case .greaterThanOrEqualToThreshold: ">="
    case .lessThanThreshold: "<"
    case .lessThanOrEqualToThreshold: "<="
    case .lessThanLowerOrGreaterThanUpperThreshold: "outside"
    case .lessThanLowerThreshold: "below"
    case .greaterThanUpperThreshold: "above"
    }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
