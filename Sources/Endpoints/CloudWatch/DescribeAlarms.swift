import Documents
import Monitoring
import Telemetry
import WireFormats

/// DescribeAlarms: the alarms of the caller's region, by name; metric alarms alone unless it names
/// types.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
func describeAlarms(
  _ context: CloudWatchContext, _ engine: inout Engine
) throws(CloudWatchError) -> Node {
  let size = try context.pageSize("MaxRecords", 1...100, usual: 50)
  let readings = engine.moment().alarms.filter { $0.isIn(context.region) }
  if let name = try context.relative("ChildrenOfAlarmName") {
    return try describe(
      children(of: name, among: readings), context, size, metric: childNode, composite: childNode)
  }
  if let name = try context.relative("ParentsOfAlarmName") {
    return try describe(
      parents(of: name, among: readings), context, size, metric: parentNode, composite: parentNode)
  }
  let filter = try AlarmFilter(context)
  return try describe(
    readings.filter(filter.admits), context, size, metric: metricAlarmNode,
    composite: compositeAlarmNode)
}

private func describe(
  _ found: [AlarmReading], _ context: CloudWatchContext, _ size: Int,
  metric: (AlarmReading) -> Node, composite: (AlarmReading) -> Node
) throws(CloudWatchError) -> Node {
  let (page, token) = try context.page(of: found, size: size) { [$0.name, $0.region ?? ""] }
  var output = OutputStructure()
  output.add("MetricAlarms", page.filter { $0.definition.composite == nil }.map(metric))
  output.add("CompositeAlarms", page.filter { $0.definition.composite != nil }.map(composite))
  output.add("NextToken", token)
  return output.node
}

/// The alarms that a composite alarm's rule names.
private func children(of name: String, among readings: [AlarmReading]) -> [AlarmReading] {
  let rules = readings.filter { $0.name == name }.compactMap(\.definition.composite)
  let names = Set(rules.flatMap { $0.expression.children.map(\.name) })
  return readings.filter { names.contains($0.name) }
}

/// The composite alarms whose rule names an alarm.
private func parents(of name: String, among readings: [AlarmReading]) -> [AlarmReading] {
  readings.filter { reading in
    reading.definition.composite?.expression.children.contains { $0.name == name } ?? false
  }
}

/// All that DescribeAlarms tells of a child.
private func childNode(_ reading: AlarmReading) -> Node {
  var output = OutputStructure()
  output.add("AlarmName", reading.name)
  output.add("AlarmArn", alarmARN(reading))
  output.add("StateValue", reading.state.rawValue)
  output.add("StateUpdatedTimestamp", reading.stateUpdated)
  return output.node
}

/// All that DescribeAlarms tells of a parent.
private func parentNode(_ reading: AlarmReading) -> Node {
  var output = OutputStructure()
  output.add("AlarmName", reading.name)
  output.add("AlarmArn", alarmARN(reading))
  return output.node
}

extension CloudWatchContext {
  /// The alarm whose relatives are asked for, which no other filter goes with.
  fileprivate func relative(_ key: String) throws(CloudWatchError) -> String? {
    guard let name = text(key) else { return nil }
    let others = (parameters.entries ?? []).filter { entry in
      ![key, "MaxRecords", "NextToken"].contains(entry.key) && parameters[entry.key] != nil
    }
    if let other = others.first {
      throw CloudWatchError(
        .validationError, "\(key) cannot be specified together with \(other.key).")
    }
    return name
  }
}

/// What DescribeAlarms is asked to leave out.
private struct AlarmFilter {
  private let types: AlarmTypes
  private let names: [String]
  private let prefix: String?
  private let state: AlarmState?
  private let actionPrefix: String?

  init(_ context: CloudWatchContext) throws(CloudWatchError) {
    types = try AlarmTypes(context)
    names = context.texts("AlarmNames")
    prefix = context.text("AlarmNamePrefix")
    if prefix != nil, !names.isEmpty {
      throw CloudWatchError(
        .invalidParameterCombination,
        "AlarmNamePrefix and AlarmNames cannot be specified at the same time.")
    }
    state = try context.alarmState("StateValue")
    actionPrefix = context.text("ActionPrefix")
  }

  func admits(_ reading: AlarmReading) -> Bool {
    let definition = reading.definition
    guard types.admits(definition), names.isEmpty || names.contains(reading.name),
      reading.name.hasPrefix(prefix ?? ""), state == nil || reading.state == state
    else { return false }
    guard let actionPrefix else { return true }
    let actions =
      definition.okActions + definition.alarmActions + definition.insufficientDataActions
    return actions.contains { $0.hasPrefix(actionPrefix) }
  }
}

/// `AlarmTypes`: metric alarms alone where the caller does not say.
struct AlarmTypes {
  private let words: [String]

  init(_ context: CloudWatchContext) throws(CloudWatchError) {
    words = context.texts("AlarmTypes")
    for word in words where !["MetricAlarm", "CompositeAlarm", "LogAlarm"].contains(word) {
      throw CloudWatchError(
        .invalidParameterValue, "The value \(word) for parameter AlarmTypes is invalid.")
    }
  }

  func admits(_ definition: AlarmDefinition) -> Bool {
    let word = Self.word(for: definition)
    return words.isEmpty ? word == "MetricAlarm" : words.contains(word)
  }

  static func word(for definition: AlarmDefinition) -> String {
    definition.composite == nil ? "MetricAlarm" : "CompositeAlarm"
  }
}

extension AlarmReading {
  /// Whether it is of a region; an alarm that no region has taken is in every one.
  func isIn(_ wanted: String?) -> Bool { wanted == nil || region == nil || region == wanted }
}
