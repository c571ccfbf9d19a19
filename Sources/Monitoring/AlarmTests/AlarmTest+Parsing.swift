import Documents
import Telemetry

extension AlarmTest {
  /// Where the tests of a file start unless they say otherwise: 2026-01-01T00:00:00Z.
  static let defaultStart = CivilTime(year: 2026, month: 1, day: 1).timestamp

  init(_ node: Node, alarms: Set<String>) throws(Fault) {
    name = try node.required("name").string()
    try node.refuse(keysOutside: [
      "name", "start", "initialState", "evaluateFrom", "series", "states", "expect",
    ])
    start = try node["start"]?.time() ?? Self.defaultStart
    initialState = try node["initialState"]?.choice(AlarmState.self) ?? .insufficientData
    evaluateFrom = try node["evaluateFrom"]?.offset(from: start)
    batch = Batch()
    pins = []
    expectations = []
    for series in try node["series"]?.list() ?? [] {
      try batch.append(AlarmTestSeries(series, start: start))
    }
    for pin in try node["states"]?.list() ?? [] { pins.append(try AlarmPin(pin, start: start)) }
    pins.sort { $0.time < $1.time }
    for expectation in try node.required("expect").list() {
      expectations.append(try AlarmExpectation(expectation, start: start, alarms: alarms))
    }
    expectations.sort { $0.time < $1.time }
  }
}

extension AlarmPin {
  fileprivate init(_ node: Node, start: Timestamp) throws(Fault) {
    try node.refuse(keysOutside: ["at", "alarm", "state"])
    self.init(
      time: try node.required("at").offset(from: start),
      alarm: AlarmReference(try node.required("alarm").string()),
      state: try node.required("state").choice(AlarmState.self))
  }
}

extension AlarmExpectation {
  fileprivate init(_ node: Node, start: Timestamp, alarms: Set<String>) throws(Fault) {
    try node.refuse(keysOutside: [
      "at", "alarm", "region", "state", "reason", "suppressedBy", "actions",
    ])
    place = node.place
    let at = try node.required("at")
    offset = try at.string()
    time = try at.offset(from: start)
    alarm = try node["alarm"]?.knownAlarm(alarms)
    region = try node["region"]?.string()
    state = try node["state"]?.choice(AlarmState.self)
    reason = try node["reason"]?.string()
    suppressor = try Self.suppressor(node)
    actions = try Self.actions(node, alarms)
    let checksAlarm = state != nil || reason != nil || suppressor != nil
    if alarm == nil, checksAlarm || actions == nil { _ = try node.required("alarm") }
    if alarm != nil, !checksAlarm { _ = try node.required("state") }
  }

  private static func suppressor(_ node: Node) throws(Fault) -> ActionSuppression?? {
    guard let entry = node.entries?.last(where: { $0.key == "suppressedBy" }) else { return nil }
    if entry.value.value == .null { return .some(nil) }
    return .some(try entry.value.choice(ActionSuppression.self))
  }

  private static func actions(
    _ node: Node, _ alarms: Set<String>
  ) throws(Fault) -> [AlarmAction]? {
    guard let list = try node["actions"]?.list() else { return nil }
    var actions: [AlarmAction] = []
    for action in list {
      try action.refuse(keysOutside: ["alarm", "state"])
      actions.append(
        AlarmAction(
          alarm: try action.required("alarm").knownAlarm(alarms),
          state: try action.required("state").choice(AlarmState.self)))
    }
    return actions.sorted()
  }
}

extension Node {
  fileprivate func knownAlarm(_ names: Set<String>) throws(Fault) -> String {
    let name = try string()
    guard names.contains(name) else { throw fault("an alarm defined here or under states") }
    return name
  }
}
