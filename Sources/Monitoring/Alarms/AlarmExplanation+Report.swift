import Telemetry

extension AlarmExplanation {
  /// The explanation for someone who has not seen CloudWatch's rules, as lines for a terminal.
  package var report: [String] {
    let place = reading.region.map { " in \($0)" } ?? ""
    let since = reading.stateTransitioned.map { ", since \($0)" } ?? ""
    var lines = ["\(reading.name)\(place) is \(reading.state.rawValue)\(since)", ""]
    lines += ["What it watches", "  " + reading.definition.condition]
    lines += reading.definition.mathLines.map { "    " + $0 }
    lines += ["  " + reading.definition.gaps, ""]
    lines += ["What it saw at \(evaluated)", "  " + rangeSentence]
    lines += slotLines.map { "  " + $0 }
    if let silent = silentSentence { lines.append("  " + silent) }
    lines += ["", "What follows"]
    lines.append("  \(verdict?.rawValue ?? "it keeps its state"): \(rule)")
    lines += ["", "What would change it"]
    lines += outlook.map { "  " + sentence($0) }
    lines.append("  \(silence)")
    lines += ["", "CloudWatch's own words for the last change", "  \(reading.stateReason)"]
    return lines
  }

  private var rangeSentence: String {
    let judged = counted(evaluationPeriods, "datapoint")
    return "\(counted(slots.count, "period")) looked at, newest first, so that late data still "
      + "count; \(judged) judged"
  }

  /// Since when nothing has come in, where the whole range is empty.
  private var silentSentence: String? {
    guard slots.allSatisfy({ $0.value == nil }) else { return nil }
    guard let newestData else {
      return "no data at all: nothing with this name, these dimensions and this unit has come in"
    }
    return "the newest data is of \(newestData), \(durationText(evaluated - newestData)) before"
  }

  /// A line for each slot, aligned; with its day where they are not all of one.
  private var slotLines: [String] {
    let day = evaluated.dateText
    let isOfOneDay = slots.allSatisfy { $0.start.dateText == day }
    let values = slots.map { $0.value?.javaText ?? "--" }
    let width = max(12, 2 + (values.map(\.count).max() ?? 0))
    return zip(slots, values).map { slot, value in
      let padding = String(repeating: " ", count: width - value.count)
      let head = isOfOneDay ? "" : slot.start.dateText + " "
      return head + slotLine(slot, value: padding + value)
    }
  }

  private func slotLine(_ slot: Slot, value: String) -> String {
    let isLong = slot.end - slot.start >= 43_200_000
    let last = isLong ? slot.end.dateText + " " : ""
    return "\(slot.start.clockText) to \(last)\(slot.end.clockText)\(value)  \(meaning(slot))"
  }

  private func meaning(_ slot: Slot) -> String {
    let side: String
    switch slot.side {
    case .breaching: side = "breaching"
    case .good: side = "good"
    case .missing: side = "missing"
    case .undecided: side = "too few samples"
    }
    let expected = slot.band.map { " of \($0.text)" } ?? ""
    switch slot.use {
    case .evaluated:
      return side + expected + ", judged: " + samples(slot.sampleCount)
    case .filled:
      return "missing, judged as \(reading.definition.treatMissingData.rawValue)"
    case .ignored: return slot.value == nil ? "missing" : side + ", not needed"
    }
  }

  private func samples(_ count: Double?) -> String {
    guard let count else { return "computed" }
    return count == 1 ? "1 sample" : "\(Int(exactly: count).map(String.init) ?? "\(count)") samples"
  }

  private func sentence(_ outlook: Outlook) -> String {
    let condition: String
    switch outlook.arrivals {
    case .breaching: condition = "if only breaching datapoints arrive"
    case .good: condition = "if only good datapoints arrive"
    case .nothing: condition = "if nothing arrives"
    }
    guard let state = outlook.state, let time = outlook.time else {
      return "\(condition): it stays \(reading.state.rawValue)"
    }
    let after = outlook.datapoints == 0 ? "" : ", after \(counted(outlook.datapoints, "datapoint"))"
    return "\(condition): \(state.rawValue) at \(time)\(after)"
  }
}

extension AlarmDefinition {
  /// `ALARM when 3 of the last 5 one-minute datapoints (Average of …) are > 60.0`.
  var condition: String {
    let needed = datapointsToAlarm ?? evaluationPeriods
    let period = durationText(Int64(periodSeconds) * 1000)
    let limit = band.map { "the band of width \($0.width.javaText)" } ?? threshold.javaText
    let verb = needed == 1 ? "is" : "are"
    return "ALARM when \(needed) of the last \(counted(evaluationPeriods, "period")) of \(period) "
      + "\(verb) \(comparison.words) \(limit): \(watchedText)"
  }

  /// The other queries of a math alarm: `errors = Sum of AWS/ApplicationELB HTTPCode_Target_5XX_Count`.
  fileprivate var mathLines: [String] {
    guard let watchedQuery else { return [] }
    return metrics.indices.filter { $0 != watchedQuery }.map { index in
      "\(metrics[index].id) = \(metrics[index].expression ?? metrics[index].metric?.text ?? "--")"
    }
  }

  /// What a period without data counts as.
  var gaps: String {
    switch treatMissingData {
    case .breaching: "a period without data counts as breaching"
    case .notBreaching: "a period without data counts as good"
    case .ignore: "periods without data are ignored: the state is kept"
    case .missing: "periods without data count for nothing; with no data at all: INSUFFICIENT_DATA"
    }
  }
}

extension AlarmDefinition.ComparisonOperator {
  /// As CloudWatch's reasons have it: `greater than`.
  var words: String {
    switch self {
    case .greaterThanThreshold: "greater than"
    case .greaterThanOrEqualToThreshold: "greater than or equal to"
    case .lessThanThreshold: "less than"
    case .lessThanOrEqualToThreshold: "less than or equal to"
    case .lessThanLowerOrGreaterThanUpperThreshold: "outside"
    case .lessThanLowerThreshold: "below"
    case .greaterThanUpperThreshold: "above"
    }
  }
}

extension AnomalyBand {
  /// `12.5 to 18.25`, rounded for reading.
  var text: String { "\(Self.rounded(lower)) to \(Self.rounded(upper))" }

  /// Four significant digits.
  private static func rounded(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return value.javaText }
    var scale = 1.0
    while value.magnitude * scale < 1000, scale < 1e12 { scale *= 10 }
    return ((value * scale).rounded() / scale).javaText
  }
}
