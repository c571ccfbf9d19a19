import Documents
import Telemetry

extension AlarmReason {
  /// CloudWatch's `StateReasonData`: the evidence as JSON, in CloudWatch's order of keys.
  func data(at time: Timestamp) -> String {
    var json = JSONWriter()
    json.object { write(to: &$0, at: time) }
    return json.text
  }

  private func write(to json: inout JSONWriter, at time: Timestamp) {
    json.member("version", "1.0")
    json.member("queryDate", time.awsText)
    if let oldest = evidence.real.last { json.member("startDate", oldest.start.awsText) }
    if let unit = definition.unit { json.member("unit", unit) }
    if definition.metrics.isEmpty { json.member("statistic", definition.statistic.rawValue) }
    json.member("period", definition.periodSeconds)
    let real = evidence.real.reversed()
    json.array("recentDatapoints", real) { $0.raw(($1.value ?? .nan).javaText) }
    if definition.band == nil {
      json.member("threshold", raw: rule.threshold.javaText)
    } else {
      writeThresholds(to: &json)
    }
    json.array("evaluatedDatapoints", settling, write)
  }

  /// The bounds of the band beside the recent datapoints: only the side in use.
  private func writeThresholds(to json: inout JSONWriter) {
    let real = evidence.real.reversed()
    if rule.comparison.comparesLower {
      json.array("recentLowerThresholds", real) { $0.raw(($1.band?.lower ?? .nan).javaText) }
    }
    if rule.comparison.comparesUpper {
      json.array("recentUpperThresholds", real) { $0.raw(($1.band?.upper ?? .nan).javaText) }
    }
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

  private func write(_ json: inout JSONWriter, _ slot: AlarmSlot) {
    json.object { json in
      json.member("timestamp", slot.start.awsText)
      if definition.band == nil, let count = slot.sampleCount {
        json.member("sampleCount", raw: count.javaText)
      }
      if let value = slot.value { json.member("value", raw: value.javaText) }
    }
  }
}
