import Documents
import Monitoring
import Telemetry
import WireFormats

/// ListMetrics: the metrics that have data, by name; 500 a page.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html
func listMetrics(
  _ context: CloudWatchContext, _ engine: inout Engine
) throws(CloudWatchError) -> Node {
  if let recent = context.text("RecentlyActive"), recent != "PT3H" {
    throw CloudWatchError(
      .invalidParameterValue, "The value \(recent) for parameter RecentlyActive is invalid.")
  }
  let found = engine.store.metrics.filter { isListed($0, context, engine.store) }
    .map { (key: $0.pageKey, metric: $0) }.sorted { $0.key.precedes($1.key) }.map(\.metric)
  let withAccounts = try includesLinkedAccounts(context)
  // Units are no part of a metric's identity in this list, nor are accounts that nobody asks for.
  var metrics: [MetricID] = []
  for metric in found
  where metrics.last.map({ !$0.hasNames(of: metric, withAccounts: withAccounts) }) ?? true {
    metrics.append(metric)
  }
  let (page, token) = try context.page(of: metrics, size: 500, key: \.pageKey)
  var output = OutputStructure()
  output.add("Metrics", page.map(metricNode))
  output.add("NextToken", token)
  if withAccounts { output.add("OwningAccounts", page.map(\.account)) }
  return output.node
}

private func includesLinkedAccounts(_ context: CloudWatchContext) throws(CloudWatchError) -> Bool {
  guard let node = context.parameters["IncludeLinkedAccounts"] else { return false }
  guard let isIncluded = try? node.boolean() else {
    throw context.invalid("IncludeLinkedAccounts", node)
  }
  return isIncluded
}

private let recentMilliseconds: Int64 = 3 * 3_600_000

private func isListed(
  _ metric: MetricID, _ context: CloudWatchContext, _ store: SeriesStore
) -> Bool {
  guard metric.isIn(context.region), metric.matches(context.text("Namespace"), \.namespace),
    metric.matches(context.text("MetricName"), \.name),
    metric.matches(context.text("OwningAccount"), \.account),
    let freshness = store.identifier(of: metric).flatMap(store.freshness)
  else { return false }
  if context.text("RecentlyActive") != nil, context.now - freshness.time > recentMilliseconds {
    return false
  }
  return context.dimensions.allSatisfy { wanted in
    metric.dimensions.contains {
      $0.name == wanted.name && (wanted.value == nil || $0.value == wanted.value)
    }
  }
}

private func metricNode(_ metric: MetricID) -> Node {
  var output = OutputStructure()
  output.add("Namespace", metric.namespace)
  output.add("MetricName", metric.name)
  output.add("Dimensions", Node.dimensions(metric.dimensions))
  return output.node
}

extension MetricID {
  /// Whether the metric is one of a region; what does not say where it belongs is in every region.
  func isIn(_ wanted: String?) -> Bool {
    guard let wanted, !region.isEmpty else { return true }
    return region == wanted
  }

  fileprivate func matches(_ wanted: String?, _ part: KeyPath<MetricID, String>) -> Bool {
    wanted == nil || self[keyPath: part] == wanted
  }

  /// What the list is ordered by.
  fileprivate var pageKey: [String] {
    [namespace, name] + dimensions.flatMap { [$0.name, $0.value] } + [region, account]
  }

  fileprivate func hasNames(of other: MetricID, withAccounts: Bool) -> Bool {
    region == other.region && namespace == other.namespace && name == other.name
      && dimensions == other.dimensions && (!withAccounts || account == other.account)
  }
}
