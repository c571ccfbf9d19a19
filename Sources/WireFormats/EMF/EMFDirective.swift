import Documents
import Telemetry

/// One metric directive: which members are metrics, and by which sets of dimensions.
struct EMFDirective: Sendable {
  var namespace: String
  /// Names of dimensions as they are, and as JSON writes them.
  var dimensionSets: [[Name]]
  var metrics: [Metric]

  /// A root member's name.
  struct Name: Sendable {
    var text: String
    var key: [UInt8]

    init(_ text: String) {
      self.text = text
      var writer = JSONWriter()
      writer.string(text)
      key = Array(writer.text.utf8.dropFirst().dropLast())
    }
  }

  struct Metric: Sendable {
    var name: Name
    var unit: String?
  }

  /// Limits of the specification.
  static let metricLimit = 100
  static let dimensionLimit = 30

  /// Reads `CloudWatchMetrics`; a sentence where a directive is not as the specification says.
  static func directives(_ node: Node) -> (directives: [EMFDirective], fault: String?) {
    guard let elements = node.elements else { return ([], "CloudWatchMetrics is not a list") }
    var result: [EMFDirective] = []
    for element in elements {
      guard let namespace = element["Namespace"]?.text, !namespace.isEmpty else {
        return (result, "a metric directive has no Namespace")
      }
      let metrics = (element["Metrics"]?.elements ?? []).compactMap(Metric.init)
      if metrics.count > metricLimit {
        return (result, "a metric directive has more than \(metricLimit) metrics")
      }
      let sets = (element["Dimensions"]?.elements ?? [Node(.sequence([]))])
        .map { set in (set.elements ?? []).compactMap(\.text).map(Name.init) }
      if sets.contains(where: { $0.count > dimensionLimit }) {
        return (result, "a dimension set has more than \(dimensionLimit) dimensions")
      }
      result.append(
        EMFDirective(namespace: namespace, dimensionSets: sets, metrics: metrics))
    }
    return (result, nil)
  }
}

extension EMFDirective.Metric {
  init?(_ node: Node) {
    guard let name = node["Name"]?.text, !name.isEmpty else { return nil }
    self.name = EMFDirective.Name(name)
    unit = node["Unit"]?.text.flatMap { MetricUnit.all.contains($0) ? $0 : nil }
  }
}
