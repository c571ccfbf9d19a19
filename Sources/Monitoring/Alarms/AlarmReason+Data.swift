import Telemetry

extension AlarmReason {
  /// CloudWatch's `StateReasonData`: the evidence as JSON, in CloudWatch's order of keys.
  func data(at time: Timestamp) -> String {
    var json = JSONText()
    json.member("version", quoted: "1.0")
    json.member("queryDate", quoted: time.awsText)
    if let oldest = evidence.real.last { json.member("startDate", quoted: oldest.start.awsText) }
    if let unit = definition.unit { json.member("unit", quoted: unit) }
    if definition.metrics.isEmpty {
      json.member("statistic", quoted: definition.statistic.rawValue)
    }
    json.member("period", String(definition.periodSeconds))
    let recent = evidence.real.reversed().compactMap { $0.value?.javaText }
    json.member("recentDatapoints", "[" + recent.joined(separator: ",") + "]")
    if definition.band == nil {
      json.member("threshold", rule.threshold.javaText)
    } else {
      writeThresholds(to: &json)
    }
    json.member("evaluatedDatapoints", "[" + settling.map(datum).joined(separator: ",") + "]")
    return json.text
  }

  /// The bounds of the band beside the recent datapoints: only the side in use.
  private func writeThresholds(to json: inout JSONText) {
    let list = { (bound: (AnomalyBand) -> Double) in
      "["
        + evidence.real.reversed().map { ($0.band.map(bound) ?? .nan).javaText }
        .joined(separator: ",") + "]"
    }
    if rule.comparison.comparesLower { json.member("recentLowerThresholds", list { $0.lower }) }
    if rule.comparison.comparesUpper { json.member("recentUpperThresholds", list { $0.upper }) }
  }

  /// The datapoints that settled the state, no more than it takes, newest first.
  private var settling: [AlarmSlot] {
    let wanted = state == .insufficientData ? rule.evaluationPeriods : minimum
    let real = evidence.deciding(state).prefix(wanted)
    let fillers = fillersSupport ? evidence.fillers.prefix(wanted - real.count) : []
    return (real + fillers).sorted { $0.age < $1.age }
  }

  /// Whether fillers stood on the deciding side, or on neither.
  private var fillersSupport: Bool {
    switch rule.treatMissingData {
    case .breaching: state == .alarm
    case .notBreaching: state == .ok
    case .missing, .ignore: true
    }
  }

  private func datum(_ slot: AlarmSlot) -> String {
    var json = JSONText()
    json.member("timestamp", quoted: slot.start.awsText)
    if definition.band == nil, let count = slot.sampleCount {
      json.member("sampleCount", count.javaText)
    }
    if let value = slot.value { json.member("value", value.javaText) }
    return json.text
  }
}

/// A JSON object whose strings need no escapes and whose numbers are spelled already.
private struct JSONText {
  private var members = ""

  var text: String { "{\(members)}" }

  mutating func member(_ key: String, _ value: String) {
    members += members.isEmpty ? "" : ","
    members += "\"\(key)\":\(value)"
  }

  mutating func member(_ key: String, quoted value: String) { member(key, "\"\(value)\"") }
}
