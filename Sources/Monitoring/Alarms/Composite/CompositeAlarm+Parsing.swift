import Documents
import Telemetry

extension CompositeAlarm {
  /// CloudWatch's limits of a suppressor's name.
  private static let suppressorLengths = 1...1600

  /// Reads the keys of PutCompositeAlarm that a metric alarm does not have.
  init(_ node: Node) throws(Fault) {
    guard let field = node["AlarmRule"] else {
      throw Fault(
        place: node.place.under("AlarmRule"), value: nil,
        expected: "the key AlarmRule: AlarmRule must not contain leading or trailing whitespace "
          + "or be null")
    }
    do throws(AlarmExpressionError) {
      try self.init(rule: try field.text())
    } catch {
      throw field.fault("accepted: \(error.message)")
    }
    place = field.place
    guard node["ActionsSuppressor"] != nil else { return }
    suppressor = AlarmReference(
      try node.limited("ActionsSuppressor", Self.suppressorLengths, absent: "required"))
    waitPeriodSeconds = try Self.period(node, "ActionsSuppressorWaitPeriod")
    extensionPeriodSeconds = try Self.period(node, "ActionsSuppressorExtensionPeriod")
  }

  /// Whole seconds; both periods are required with a suppressor.
  private static func period(_ node: Node, _ key: String) throws(Fault) -> Int {
    guard let field = node[key] else {
      throw Fault(
        place: node.place.under(key), value: nil,
        expected: "the key \(key), which ActionsSuppressor requires")
    }
    let seconds = try field.integer()
    if seconds < 0 { throw field.fault("a whole number of seconds") }
    return seconds
  }
}

extension Node {
  /// A text, without CloudWatch's rules being told apart from a missing one.
  fileprivate func text() throws(AlarmExpressionError) -> String {
    guard case .string(let text) = value else {
      throw AlarmExpressionError(
        message: "AlarmRule must not contain leading or trailing whitespace or be null")
    }
    return text
  }
}

extension AlarmDefinition {
  /// Reads a composite alarm.
  init(composite node: Node) throws(Fault) {
    _ = try node.mapping()
    self.init(name: try Self.name(node), composite: try CompositeAlarm(node))
    try readActions(node)
    try place(node)
    try Self.refuse(
      actions: ["arn:aws:autoscaling:", "arn:aws:automate:", "arn:aws:swf:"],
      "an action of composite alarms, which cannot act on Auto Scaling or EC2", in: node)
  }

  /// The keys of PutCompositeAlarm and DescribeAlarms, and our `Region`.
  static let knownCompositeKeys: Set<String> = [
    "AlarmName", "AlarmArn", "AlarmDescription", "AlarmConfigurationUpdatedTimestamp",
    "ActionsEnabled", "OKActions", "AlarmActions", "InsufficientDataActions", "AlarmRule",
    "StateValue", "StateReason", "StateReasonData", "StateUpdatedTimestamp",
    "StateTransitionedTimestamp", "ActionsSuppressedBy", "ActionsSuppressedReason",
    "ActionsSuppressor", "ActionsSuppressorWaitPeriod", "ActionsSuppressorExtensionPeriod", "Tags",
    "Region",
  ]
}
