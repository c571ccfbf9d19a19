import Documents
import Monitoring
import Telemetry
import WireFormats

/// DescribeAlarms: the alarms of the caller's region, by name; metric alarms alone unless it names types.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
func describeAlarms(
  _ context: CloudWatchContext, _ engine: inout Engine
) throws(CloudWatchError) -> Node {
  let size = try context.integer("MaxRecords") ?? 50
  guard (1...100).contains(size) else {
    throw CloudWatchError(
      .invalidParameterValue, "The value \(size) for parameter MaxRecords is invalid.")
  }
  if context.text("AlarmNamePrefix") != nil, context.parameters["AlarmNames"] != nil {
    throw CloudWatchError(
      .invalidParameterCombination,
      "AlarmNamePrefix and AlarmNames cannot be specified at the same time.")
  }
  let found = engine.moment().alarms.filter { isDescribed($0, context) }
  let (page, token) = try context.page(of: found, size: size)
  var output = OutputStructure()
  output.add("MetricAlarms", page.map(metricAlarmNode))
  output.add("CompositeAlarms", [Node]())
  output.add("NextToken", token)
  return output.node
}

private func isDescribed(_ reading: AlarmReading, _ context: CloudWatchContext) -> Bool {
  let types = context.texts("AlarmTypes")
  guard types.isEmpty || types.contains("MetricAlarm"), reading.isIn(context.region)
  else { return false }
  let names = context.texts("AlarmNames")
  if !names.isEmpty, !names.contains(reading.name) { return false }
  if let prefix = context.text("AlarmNamePrefix"), !reading.name.hasPrefix(prefix) { return false }
  if let state = context.text("StateValue"), reading.state.rawValue != state { return false }
  guard let prefix = context.text("ActionPrefix") else { return true }
  let definition = reading.definition
  let actions =
    definition.okActions + definition.alarmActions + definition.insufficientDataActions
  return actions.contains { $0.hasPrefix(prefix) }
}

/// DescribeAlarmsForMetric: the alarms that watch exactly one metric.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmsForMetric.html
func describeAlarmsForMetric(
  _ context: CloudWatchContext, _ engine: inout Engine
) throws(CloudWatchError) -> Node {
  let name = try context.requiredText("MetricName")
  let namespace = try context.requiredText("Namespace")
  let dimensions = context.dimensions.map { Dimension(name: $0.name, value: $0.value ?? "") }
  let statistic = context.text("Statistic") ?? context.text("ExtendedStatistic")
  let (period, unit) = (try context.integer("Period"), context.text("Unit"))
  let found = engine.moment().alarms.filter { reading in
    let definition = reading.definition
    return definition.metrics.isEmpty && reading.isIn(context.region)
      && definition.metricName == name && definition.namespace == namespace
      && definition.dimensions == dimensions.sorted()
      && (statistic == nil || definition.statistic.rawValue == statistic)
      && (period == nil || definition.periodSeconds == period)
      && (unit == nil || definition.unit == unit)
  }
  var output = OutputStructure()
  output.add("MetricAlarms", found.map(metricAlarmNode))
  return output.node
}

/// DescribeAlarmHistory: the changes of state, newest first unless the caller says otherwise.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
func describeAlarmHistory(
  _ context: CloudWatchContext, _ engine: inout Engine
) throws(CloudWatchError) -> Node {
  let size = try context.integer("MaxRecords") ?? 100
  let (start, end) = (try context.time("StartDate"), try context.time("EndDate"))
  let wanted = context.text("HistoryItemType").map { $0 == "StateUpdate" } ?? true
  var found = engine.transitions.filter { transition in
    wanted && transition.kind == .alarm
      && (context.text("AlarmName") ?? transition.name) == transition.name
      && (context.region == nil || transition.region == nil
        || transition.region == context.region)
      && transition.time >= start ?? .distantPast && transition.time <= end ?? .distantFuture
  }
  if context.text("ScanBy") != "TimestampAscending" { found.reverse() }
  let (page, token) = try context.page(of: found, size: size)
  var output = OutputStructure()
  output.add("AlarmHistoryItems", page.map(historyNode))
  output.add("NextToken", token)
  return output.node
}

private func historyNode(_ transition: Transition) -> Node {
  var output = OutputStructure()
  output.add("AlarmName", transition.name)
  output.add("AlarmType", "MetricAlarm")
  output.add("Timestamp", transition.time)
  output.add("HistoryItemType", "StateUpdate")
  output.add("HistorySummary", "Alarm updated from \(transition.from) to \(transition.to)")
  output.add("HistoryData", historyData(transition))
  return output.node
}

private func historyData(_ transition: Transition) -> String {
  var writer = JSONWriter()
  writer.object { writer in
    writer.key("version")
    writer.string("1.0")
    writer.key("oldState")
    writer.object { writer in
      writer.key("stateValue")
      writer.string(transition.from)
    }
    writer.key("newState")
    writer.object { writer in
      writer.key("stateValue")
      writer.string(transition.to)
      writer.key("stateReason")
      writer.string(transition.reasons.first)
    }
  }
  return writer.text
}

extension AlarmReading {
  /// Whether it is of a region; an alarm that no region has taken is in every one.
  func isIn(_ wanted: String?) -> Bool { wanted == nil || region == nil || region == wanted }
}
