import Documents

/// What PutCompositeAlarm says beyond a metric alarm: the rule, and who holds back the actions.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
package struct CompositeAlarm: Hashable, Sendable {
  /// As it was written.
  package let rule: String
  package let expression: AlarmExpression
  /// The alarm that suppresses the actions while it is in ALARM.
  package var suppressor: AlarmReference?
  /// How long actions wait for the suppressor to go into ALARM.
  package var waitPeriodSeconds = 0
  /// How long actions wait after the suppressor has left ALARM.
  package var extensionPeriodSeconds = 0
  /// Where the rule stands.
  package var place = Node.Place()
  /// Whether the rule has conditions on the estate.
  package let watchesEstate: Bool

  package init(rule: String) throws(AlarmExpressionError) {
    self.rule = rule
    expression = try AlarmExpression.parse(rule)
    watchesEstate = !expression.conditions.isEmpty
  }
}

extension AlarmDefinition {
  package init(name: String, region: String? = nil, composite: CompositeAlarm) {
    self.init(name: name, region: region, namespace: "", metricName: "", threshold: 0)
    self.composite = composite
  }

  /// Whether an alarm of this definition may be the one that a rule names.
  ///
  /// What a definition does not tell (region, account) excludes nothing.
  func isNamed(by reference: AlarmReference) -> Bool {
    guard let wanted = reference.arn else { return name == reference.text }
    return name == wanted.name && (region ?? wanted.region) == wanted.region
      && (account ?? wanted.account) == wanted.account
  }
}
