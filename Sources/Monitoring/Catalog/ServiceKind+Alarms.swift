import Documents
import Telemetry

extension ServiceKind {
  /// The kind's default alarms for a service, as documents in CloudWatch's own keys.
  ///
  /// The catalog gives a metric and its bounds; dimensions and the region that publishes the metric are
  /// the service's, so that no alarm watches a region where its metric never appears. Names are
  /// `SERVICE-NAME`, with `{region}`, `{source}` and `{target}` filled in.
  package func defaultAlarms(of service: ServiceDefinition, in topology: Topology) -> [Node] {
    (document["alarms"]?.elements ?? []).flatMap { alarm -> [Node] in
      guard let metric = metric(of: alarm) else { return [] }
      return SignalBoard.pairs(of: service, kind: self, metric: metric, topology: topology)
        .map { pair in
          fill(
            alarm, metric, of: service, source: topology.regions[pair.0].code,
            target: topology.regions[pair.1].code)
        }
    }
  }

  /// The metric of the kind that an alarm of its document names.
  package func metric(of alarm: Node) -> ServiceMetric? {
    metrics.first {
      $0.namespace == alarm["Namespace"]?.text && $0.name == alarm["MetricName"]?.text
    }
  }

  private func fill(
    _ alarm: Node, _ metric: ServiceMetric, of service: ServiceDefinition, source: String,
    target: String
  ) -> Node {
    let identifier = metric.identifier(of: service, source: source, target: target)
    let name = (alarm["AlarmName"]?.text ?? metric.name)
      .replacing("{region}", with: source).replacing("{source}", with: source)
      .replacing("{target}", with: target)
    var entries = (alarm.entries ?? []).filter { $0.key != "AlarmName" }
    let dimensions = identifier.dimensions.map { dimension in
      Node(
        .mapping([
          Node.Entry(key: "Name", value: Node(.string(dimension.name))),
          Node.Entry(key: "Value", value: Node(.string(dimension.value))),
        ]))
    }
    entries =
      [
        Node.Entry(key: "AlarmName", value: Node(.string("\(service.name)-\(name)"))),
        Node.Entry(key: "Region", value: Node(.string(identifier.region))),
        Node.Entry(key: "Dimensions", value: Node(.sequence(dimensions))),
      ] + entries
    return Node(.mapping(entries))
  }
}

extension Node {
  fileprivate var text: String? { try? string() }
}
