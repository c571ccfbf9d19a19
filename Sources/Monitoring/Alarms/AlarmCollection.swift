import Documents
import Telemetry

/// The alarms and mute rules of some documents, and what was wrong in them.
///
/// Reads `aws cloudwatch describe-alarms` output, a bare list of alarms, or a mapping with the same
/// keys (in `meridian.yaml`, in a test file). A faulty definition costs itself only: it is left out
/// and its fault names place, value and expectation; so does a composite alarm whose rule names an
/// alarm that does not exist. What this version does not evaluate (PromQL) is such a fault too. A key
/// that nobody knows is a fault but does not cost the alarm: CloudWatch adds keys.
package struct AlarmCollection: Sendable {
  package private(set) var alarms: [AlarmDefinition] = []
  package private(set) var muteRules: [AlarmMuteRule] = []
  package private(set) var faults: [Fault] = []

  package static let keys = ["MetricAlarms", "CompositeAlarms", "AlarmMuteRules"]

  /// `introduced` are the names of alarms that exist without a definition, as in tests.
  package init(
    _ nodes: [Node], zones: TimeZones = TimeZones(), introduced: [String] = []
  ) {
    var reader = AlarmReader(zones: zones)
    for node in nodes { reader.read(node) }
    alarms = reader.alarms
    muteRules = reader.muteRules
    faults = reader.faults
    removeOrphans(introduced)
  }

  /// Leaves out composite alarms that name alarms nobody knows, and then those that name these.
  private mutating func removeOrphans(_ introduced: [String]) {
    let stubs = introduced.map { AlarmDefinition(introduced: $0) }
    var isComplete = false
    while !isComplete {
      let known = Dictionary(grouping: alarms + stubs, by: \.name)
      isComplete = true
      alarms.removeAll { alarm in
        guard let fault = alarm.composite?.missingAlarm(in: known, of: alarm.name) else {
          return false
        }
        faults.append(fault)
        isComplete = false
        return true
      }
    }
  }
}

extension AlarmDefinition {
  /// An alarm that is only known by a state somebody gives it, by its name or ARN.
  init(introduced text: String) {
    let reference = AlarmReference(text)
    self.init(
      name: reference.name, region: reference.arn?.region, namespace: "", metricName: "",
      threshold: 0)
    account = reference.arn?.account
    arn = reference.arn == nil ? nil : text
  }
}

extension CompositeAlarm {
  fileprivate func missingAlarm(
    in known: [String: [AlarmDefinition]], of name: String
  ) -> Fault? {
    let isMissing = { (reference: AlarmReference) in
      known[reference.name]?.contains { $0.isNamed(by: reference) } != true
    }
    let missing = expression.children.filter(isMissing).map(\.text)
    if !missing.isEmpty {
      return Fault(
        place: place, value: rule,
        expected: "accepted: Could not save the composite alarm as alarms "
          + "[\(missing.joined(separator: ", "))] in the alarm rule do not exist "
          + "(alarm \(name) is left out)")
    }
    guard let suppressor, isMissing(suppressor) else { return nil }
    return Fault(
      place: place, value: suppressor.text,
      expected: "an alarm that exists, which ActionsSuppressor needs (alarm \(name) is left out)")
  }
}
