import Documents
import Monitoring
import Telemetry
import WireFormats

/// GetMetricStatistics: the datapoints of one metric, oldest first; one for each unit where the caller
/// names none.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html
func getMetricStatistics(
  _ context: CloudWatchContext, _ engine: inout Engine
) throws(CloudWatchError) -> Node {
  let request = try StatisticsRequest(context)
  var datapoints: [Node] = []
  for series in request.series(in: engine.store) {
    datapoints += request.datapoints(of: series, in: engine.store)
  }
  var output = OutputStructure()
  output.add("Label", request.name)
  output.add("Datapoints", datapoints)
  return output.node
}

/// What one call asks for, checked.
private struct StatisticsRequest {
  let name: String
  private let namespace: String
  private let dimensions: [Dimension]
  private let unit: String?
  private let region: String?
  private let start: Timestamp
  private let end: Timestamp
  private let periodSeconds: Int
  private let statistics: [Statistic]

  /// Datapoints of one call.
  private static let limit = 1440

  init(_ context: CloudWatchContext) throws(CloudWatchError) {
    name = try context.requiredText("MetricName")
    namespace = try context.requiredText("Namespace")
    dimensions = context.dimensions.map { Dimension(name: $0.name, value: $0.value ?? "") }.sorted()
    (unit, region) = (context.text("Unit"), context.region)
    end = try context.requiredTime("EndTime")
    guard let period = try context.integer("Period") else {
      throw CloudWatchError(.missingParameter, "The parameter Period is required.")
    }
    guard [10, 20, 30].contains(period) || period > 0 && period % 60 == 0 else {
      throw CloudWatchError(
        .invalidParameterValue, "Period must be 10, 20, 30 or a multiple of 60")
    }
    periodSeconds = period
    start = try context.requiredTime("StartTime")
      .floored(toMilliseconds: Int64(min(period, 60)) * 1000)
    guard start < end else {
      throw CloudWatchError(
        .invalidParameterCombination,
        "The parameter StartTime must be less than the parameter EndTime.")
    }
    statistics = try Self.statistics(context)
    guard (end - start) / (Int64(period) * 1000) <= Self.limit else {
      throw CloudWatchError(
        .invalidParameterCombination,
        "You have requested up to \((end - start) / (Int64(period) * 1000)) datapoints, which "
          + "exceeds the limit of 1440. You may reduce the datapoints requested by increasing "
          + "Period, or decreasing the time range.")
    }
  }

  private static func statistics(
    _ context: CloudWatchContext
  ) throws(CloudWatchError) -> [Statistic] {
    let names = context.texts("Statistics") + context.texts("ExtendedStatistics")
    guard !names.isEmpty else {
      throw CloudWatchError(
        .missingParameter,
        "At least one of the parameters Statistics and ExtendedStatistics must be specified.")
    }
    var statistics: [Statistic] = []
    for name in names {
      guard let statistic = Statistic(rawValue: name) else {
        throw CloudWatchError(
          .invalidParameterValue, "The value \(name) for parameter Statistics is invalid.")
      }
      statistics.append(statistic)
    }
    return statistics
  }

  /// The series of the metric, in the order of their units.
  func series(in store: SeriesStore) -> [SeriesID] {
    let found = store.metrics.filter { metric in
      metric.isIn(region) && metric.namespace == namespace && metric.name == name
        && metric.dimensions == dimensions && (unit == nil || (metric.unit ?? "None") == unit)
    }
    return found.sorted().compactMap { store.identifier(of: $0) }
  }

  func datapoints(of series: SeriesID, in store: SeriesStore) -> [Node] {
    let length = Int64(periodSeconds) * 1000
    let unit = store.metric(series).unit ?? "None"
    var nodes: [Node] = []
    var slot = start
    while slot < end {
      if let set = store.statistics(of: series, from: slot, to: slot + length) {
        nodes.append(datapoint(slot, set, series, store, unit))
      }
      slot = slot + length
    }
    return nodes
  }

  private func datapoint(
    _ slot: Timestamp, _ set: StatisticSet, _ series: SeriesID, _ store: SeriesStore,
    _ unit: String
  ) -> Node {
    var output = OutputStructure()
    output.add("Timestamp", slot)
    var extended = OutputStructure()
    for statistic in statistics {
      if let wanted = statistic.extended {
        let values = store.distribution(
          of: series, from: slot, to: slot + Int64(periodSeconds) * 1000)
        extended.add(statistic.rawValue, values?.value(of: wanted).map(Node.number))
      } else {
        output.add(statistic.rawValue, Node.number(set.value(of: statistic)))
      }
    }
    if extended.node.entries?.isEmpty == false { output.add("ExtendedStatistics", extended.node) }
    output.add("Unit", unit)
    return output.node
  }
}
