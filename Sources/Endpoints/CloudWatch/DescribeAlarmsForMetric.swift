import Documents
import Monitoring
import Telemetry
import WireFormats

/// DescribeAlarmsForMetric: the alarms that watch exactly one metric.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmsForMetric.html
func describeAlarmsForMetric(
  _ context: CloudWatchContext, _ engine: inout Engine
) throws(CloudWatchError) -> Node {
  let name = try context.requiredText("MetricName")
  let namespace = try context.requiredText("Namespace")
  let dimensions = context.dimensions.map { Dimension(name: $0.name, value: $0.value ?? "") }
  if context.text("Statistic") != nil, context.text("ExtendedStatistic") != nil {
    throw CloudWatchError(
      .invalidParameterCombination,
      "Statistic and ExtendedStatistic cannot be specified at the same time.")
  }
  let statistic = context.text("Statistic") ?? context.text("ExtendedStatistic")
  let (period, unit) = (try context.integer("Period"), context.text("Unit"))
  let found = engine.moment().alarms.filter { reading in
    let definition = reading.definition
    return definition.metrics.isEmpty && definition.composite == nil
      && reading.isIn(context.region) && definition.metricName == name
      && definition.namespace == namespace && definition.dimensions == dimensions.sorted()
      && (statistic == nil || definition.statistic.rawValue == statistic)
      && (period == nil || definition.periodSeconds == period)
      && (unit == nil || definition.unit == unit)
  }
  var output = OutputStructure()
  output.add("MetricAlarms", found.map(metricAlarmNode))
  return output.node
}
