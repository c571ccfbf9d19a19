import Telemetry

/// Why an alarm changed its state, in CloudWatch's own words (`StateReason`).
struct AlarmReason {
  let definition: AlarmDefinition
  let rule: AlarmRule
  let evidence: AlarmEvidence
  let state: AlarmState

  /// What a new alarm says before its first change.
  static let initial = "Unchecked: Initial alarm creation"
  /// Up to so many datapoints stand in the sentence; of more, the newest so many follow it.
  static let listLimit = 5

  var text: String {
    if state == .insufficientData {
      let unknown = counted(rule.evaluationPeriods, "datapoint", "was unknown", "were unknown")
      return "Insufficient Data: \(unknown)."
    }
    let points = evidence.deciding(state)
    var text = definition.band == nil ? "Threshold Crossed: " : "Thresholds Crossed: "
    // Pieces are added to one string: most of what a change of state costs is spelling it.
    text.reserveCapacity(256)
    if points.isEmpty {
      text += received
    } else {
      text += head(points.count)
      addList(points, to: &text)
    }
    text += missing
    if !points.isEmpty { text += tail }
    text += "."
    return text
  }

  /// The fewest datapoints that settle the state: M for ALARM, N-M+1 for OK.
  var minimum: Int {
    state == .alarm
      ? rule.datapointsToAlarm : rule.evaluationPeriods - rule.datapointsToAlarm + 1
  }

  private func head(_ count: Int) -> String {
    definition.datapointsToAlarm == nil
      ? counted(count, "datapoint")
      : "\(count) out of the last \(rule.evaluationPeriods) datapoints"
  }

  private func addList(_ points: [AlarmSlot], to text: inout String) {
    let isWhole = points.count <= Self.listLimit
    if isWhole { add(points[...], to: &text) }
    text += points.count == 1 ? " was " : " were "
    if definition.band == nil {
      if state == .ok { text += "not " }
      text += comparison
      text += " the threshold ("
      text += rule.threshold.javaText
      text += ")"
    } else {
      text += bandClaim(points.prefix(Self.listLimit))
    }
    if isWhole { return }
    text += ". The most recent datapoints which crossed the threshold:"
    add(points.prefix(Self.listLimit), to: &text)
  }

  /// ` [9.0 (01/01/26 00:01:00), 8.0 (01/01/26 00:00:00)]`.
  private func add(_ points: ArraySlice<AlarmSlot>, to text: inout String) {
    text += " ["
    for (index, slot) in points.enumerated() {
      if index > 0 { text += ", " }
      text += (slot.value ?? .nan).javaText
      text += " ("
      text += slot.start.reasonText
      text += ")"
    }
    text += "]"
  }

  /// `less than the lower thresholds [1.0] or greater than the upper thresholds [9.0]`.
  private func bandClaim(_ points: ArraySlice<AlarmSlot>) -> String {
    let not = state == .ok ? "not " : ""
    let list = { (bound: (AnomalyBand) -> Double) in
      points.map { ($0.band.map(bound) ?? .nan).javaText }.joined(separator: ", ")
    }
    var parts: [String] = []
    if rule.comparison.comparesLower {
      parts.append("\(not)less than the lower thresholds [\(list { $0.lower })]")
    }
    if rule.comparison.comparesUpper {
      parts.append("\(not)greater than the upper thresholds [\(list { $0.upper })]")
    }
    return parts.joined(separator: " or ")
  }

  private var comparison: String {
    switch rule.comparison {
    case .greaterThanThreshold: "greater than"
    case .greaterThanOrEqualToThreshold: "greater than or equal to"
    case .lessThanThreshold: "less than"
    case .lessThanOrEqualToThreshold: "less than or equal to"
    case .lessThanLowerThreshold: "less than the lower thresholds"
    case .greaterThanUpperThreshold: "greater than the upper thresholds"
    case .lessThanLowerOrGreaterThanUpperThreshold: "outside"
    }
  }

  /// Only fillers are on the deciding side.
  private var received: String {
    let periods = counted(rule.evaluationPeriods, "period")
    let count = evidence.real.count
    if count == 0 { return "no datapoints were received for \(periods)" }
    return counted(count, "datapoint", "was", "were") + " received for \(periods)"
  }

  private var missing: String {
    let count = evidence.fillers.count
    let side: String
    switch rule.treatMissingData {
    case .breaching: side = "[Breaching]"
    case .notBreaching: side = "[NonBreaching]"
    case .missing, .ignore: return ""
    }
    if count == 0 { return "" }
    return " and " + counted(count, "missing datapoint", "was", "were") + " treated as \(side)"
  }

  private var tail: String {
    if definition.datapointsToAlarm == nil { return "" }
    let transition = state == .alarm ? "OK -> ALARM" : "ALARM -> OK"
    return " (minimum \(counted(minimum, "datapoint")) for \(transition) transition)"
  }

  /// `1 datapoint was`, `3 datapoints were`.
  private func counted(
    _ count: Int, _ noun: String, _ singular: String = "", _ plural: String = ""
  ) -> String {
    let verb = count == 1 ? singular : plural
    return "\(count) \(noun)\(count == 1 ? "" : "s")" + (verb.isEmpty ? "" : " " + verb)
  }
}
