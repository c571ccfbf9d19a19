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
    let real = evidence.real.reversed()
    json.list("recentDatapoints", real) { $0.append(($1.value ?? .nan).javaText) }
    if definition.band == nil {
      json.member("threshold", rule.threshold.javaText)
    } else {
      writeThresholds(to: &json)
    }
    json.list("evaluatedDatapoints", settling, write)
    return json.closed
  }

  /// The bounds of the band beside the recent datapoints: only the side in use.
  private func writeThresholds(to json: inout JSONText) {
    let real = evidence.real.reversed()
    if rule.comparison.comparesLower {
      json.list("recentLowerThresholds", real) { $0.append(($1.band?.lower ?? .nan).javaText) }
    }
    if rule.comparison.comparesUpper {
      json.list("recentUpperThresholds", real) { $0.append(($1.band?.upper ?? .nan).javaText) }
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

  private func write(_ json: inout JSONText, _ slot: AlarmSlot) {
    json.object { json in
      json.member("timestamp", quoted: slot.start.awsText)
      if definition.band == nil, let count = slot.sampleCount {
        json.member("sampleCount", count.javaText)
      }
      if let value = slot.value { json.member("value", value.javaText) }
    }
  }
}

/// A JSON object whose strings need no escapes and whose numbers are spelled already.
///
/// Made of bytes and turned into a string once: this is most of what a change of state costs.
private struct JSONText {
  private var bytes: [UInt8] = [UInt8(ascii: "{")]

  init() { bytes.reserveCapacity(512) }

  /// The object with its end.
  var closed: String {
    var bytes = bytes
    bytes.append(UInt8(ascii: "}"))
    return String(decoding: bytes, as: UTF8.self)
  }

  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func member(_ key: String, _ value: String) {
    begin(key)
    append(value)
  }

  mutating func member(_ key: String, quoted value: String) {
    begin(key)
    append(quoted: value)
  }

  mutating func list<Elements: Sequence>(
    _ key: String, _ elements: Elements, _ write: (inout JSONText, Elements.Element) -> Void
  ) {
    begin(key)
    bytes.append(UInt8(ascii: "["))
    for element in elements {
      separate()
      write(&self, element)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  mutating func object(_ write: (inout JSONText) -> Void) {
    bytes.append(UInt8(ascii: "{"))
    write(&self)
    bytes.append(UInt8(ascii: "}"))
  }

  private mutating func begin(_ key: String) {
    separate()
    append(quoted: key)
    bytes.append(UInt8(ascii: ":"))
  }

  /// A comma, unless nothing stands before it.
  private mutating func separate() {
    let last = bytes[bytes.count - 1]
    if last != UInt8(ascii: "{") && last != UInt8(ascii: "[") { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func append(quoted text: String) {
    bytes.append(UInt8(ascii: "\""))
    append(text)
    bytes.append(UInt8(ascii: "\""))
  }
}
