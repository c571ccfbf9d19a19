import Documents
import Monitoring
import Telemetry
import WireFormats

/// A metric alarm as DescribeAlarms gives it.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html
func metricAlarmNode(_ reading: AlarmReading) -> Node {
  let definition = reading.definition
  var output = OutputStructure()
  addIdentity(of: reading, to: &output)
  addState(of: reading, to: &output)
  if definition.metrics.isEmpty {
    output.add("MetricName", definition.metricName)
    output.add("Namespace", definition.namespace)
    let key = definition.statistic.extended == nil ? "Statistic" : "ExtendedStatistic"
    output.add(key, definition.statistic.rawValue)
    output.add("Dimensions", Node.dimensions(definition.dimensions))
    output.add("Period", Node.integer(definition.periodSeconds))
    output.add("Unit", definition.unit)
  }
  output.add("EvaluationPeriods", Node.integer(definition.evaluationPeriods))
  output.add("DatapointsToAlarm", definition.datapointsToAlarm.map(Node.integer))
  if definition.thresholdMetricID == nil {
    output.add("Threshold", Node.number(definition.threshold))
  }
  output.add("ComparisonOperator", definition.comparison.rawValue)
  output.add("TreatMissingData", definition.treatMissingData.rawValue)
  if definition.metrics.isEmpty, definition.statistic.extended != nil {
    output.add(
      "EvaluateLowSampleCountPercentile", definition.evaluateLowSampleCountPercentile.rawValue)
  }
  if !definition.metrics.isEmpty { output.add("Metrics", definition.metrics.map(queryNode)) }
  output.add("ThresholdMetricId", definition.thresholdMetricID)
  return output.node
}

/// A composite alarm as DescribeAlarms gives it.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_CompositeAlarm.html
func compositeAlarmNode(_ reading: AlarmReading) -> Node {
  var output = OutputStructure()
  addIdentity(of: reading, to: &output)
  addState(of: reading, to: &output)
  guard let composite = reading.definition.composite else { return output.node }
  output.add("AlarmRule", composite.rule)
  output.add("ActionsSuppressedBy", suppressor(of: reading))
  guard let suppressor = composite.suppressor else { return output.node }
  output.add("ActionsSuppressor", suppressor.text)
  output.add("ActionsSuppressorWaitPeriod", Node.integer(composite.waitPeriodSeconds))
  output.add("ActionsSuppressorExtensionPeriod", Node.integer(composite.extensionPeriodSeconds))
  return output.node
}

/// What the service's model has a word for; mute rules it tells otherwise.
private func suppressor(of reading: AlarmReading) -> String? {
  let words = ["WaitPeriod", "ExtensionPeriod", "Alarm"]
  return reading.actionsSuppressedBy.flatMap { words.contains($0) ? $0 : nil }
}

/// What metric and composite alarms have in common but for their state.
func addIdentity(of reading: AlarmReading, to output: inout OutputStructure) {
  let definition = reading.definition
  output.add("AlarmName", definition.name)
  output.add("AlarmArn", alarmARN(reading))
  output.add("AlarmDescription", definition.description)
  output.add("ActionsEnabled", Node(.boolean(definition.actionsEnabled)))
  output.add("OKActions", definition.okActions)
  output.add("AlarmActions", definition.alarmActions)
  output.add("InsufficientDataActions", definition.insufficientDataActions)
}

func addState(of reading: AlarmReading, to output: inout OutputStructure) {
  output.add("StateValue", reading.state.rawValue)
  output.add("StateReason", reading.stateReason)
  output.add("StateReasonData", reading.stateReasonData)
  output.add("StateUpdatedTimestamp", reading.stateUpdated)
  output.add("StateTransitionedTimestamp", reading.stateTransitioned)
}

/// The alarm's own ARN, or one made of what is known of it.
func alarmARN(_ reading: AlarmReading) -> String {
  let definition = reading.definition
  if let arn = definition.arn { return arn }
  let account = definition.account ?? "000000000000"
  return "arn:aws:cloudwatch:\(reading.region ?? ""):\(account):alarm:\(definition.name)"
}

private func queryNode(_ query: MetricDataQuery) -> Node {
  var output = OutputStructure()
  output.add("Id", query.id)
  output.add("MetricStat", query.metric.map(statNode))
  output.add("Expression", query.expression)
  output.add("Label", query.label)
  output.add("ReturnData", Node(.boolean(query.returnData)))
  output.add("Period", query.periodSeconds.map(Node.integer))
  output.add("AccountId", query.account)
  return output.node
}

private func statNode(_ stat: MetricStat) -> Node {
  var metric = OutputStructure()
  metric.add("Namespace", stat.namespace)
  metric.add("MetricName", stat.metricName)
  metric.add("Dimensions", Node.dimensions(stat.dimensions))
  var output = OutputStructure()
  output.add("Metric", metric.node)
  output.add("Period", Node.integer(stat.periodSeconds))
  output.add("Stat", stat.statistic.rawValue)
  output.add("Unit", stat.unit)
  return output.node
}
