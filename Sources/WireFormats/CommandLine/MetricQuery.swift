import Documents
import Telemetry

/// One entry of `--metric-data-queries`: what an Id stands for.
package struct MetricQuery: Hashable, Sendable {
  package var identity: MetricIdentity
  /// As written: `Average`, `p99`.
  package var statistic: String

  package init(identity: MetricIdentity, statistic: String) {
    self.identity = identity
    self.statistic = statistic
  }

  /// Reads a `--metric-data-queries` file: Id to metric; expressions stand for no metric.
  ///
  /// Takes the list itself or an object with `MetricDataQueries`, as `--cli-input-json` has it. An
  /// extra key `Region` says where the metric lives.
  package static func queries(_ node: Node) throws(Fault) -> [String: MetricQuery] {
    let list = try (node["MetricDataQueries"] ?? node).list()
    var queries: [String: MetricQuery] = [:]
    for entry in list {
      let id = try entry.required("Id").string()
      guard let stat = entry["MetricStat"] else { continue }
      queries[id] = try MetricQuery(stat, of: entry)
    }
    return queries
  }

  private init(_ stat: Node, of query: Node) throws(Fault) {
    let metric = try stat.required("Metric")
    identity = MetricIdentity()
    identity.region = query["Region"]?.text ?? stat["Region"]?.text
    identity.account = query["AccountId"]?.text
    identity.namespace = try metric.required("Namespace").string()
    identity.name = try metric.required("MetricName").string()
    identity.unit = stat["Unit"]?.text
    for dimension in try metric["Dimensions"]?.list() ?? [] {
      let name = try dimension.required("Name").string()
      let value = try dimension.required("Value").string()
      identity.dimensions.append(Dimension(name: name, value: value))
    }
    statistic = try stat.required("Stat").string()
  }
}
