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
  /// Series of one document, every metric of every set.
  ///
  /// The specification has no such limit; without one, three bytes more are a hundred samples more.
  static let seriesLimit = 10_000

  /// Reads `CloudWatchMetrics`; a sentence where a directive is not as the specification says.
  static func directives(_ node: Node) -> (directives: [EMFDirective], fault: String?) {
    guard let elements = node.elements else { return ([], "CloudWatchMetrics is not a list") }
    var result: [EMFDirective] = []
    var count = 0
    for element in elements {
      guard let namespace = element["Namespace"]?.text, !namespace.isEmpty else {
        return (result, "a metric directive has no Namespace")
      }
      let definitions = element["Metrics"]?.elements ?? []
      let metrics = definitions.compactMap(Metric.init)
      if metrics.count < definitions.count {
        return (result, "a metric of a directive has no Name")
      }
      if metrics.count > metricLimit {
        return (result, "a metric directive has more than \(metricLimit) metrics")
      }
      guard let sets = dimensionSets(element["Dimensions"]) else {
        return (result, "Dimensions is not a list of lists of names")
      }
      if sets.contains(where: { $0.count > dimensionLimit }) {
        return (result, "a dimension set has more than \(dimensionLimit) dimensions")
      }
      count += sets.count * metrics.count
      if count > seriesLimit {
        return (result, "more than \(seriesLimit) series in one document")
      }
      result.append(
        EMFDirective(namespace: namespace, dimensionSets: sets, metrics: metrics))
    }
    return (result, nil)
  }

  /// The sets of dimensions, one empty set where there are none; nil where they are not lists of names.
  private static func dimensionSets(_ node: Node?) -> [[Name]]? {
    guard let node else { return [[]] }
    guard let elements = node.elements else { return nil }
    var sets: [[Name]] = []
    for element in elements {
      guard let list = element.elements else { return nil }
      let names = list.compactMap { (try? $0.string()).map(Name.init) }
      guard names.count == list.count else { return nil }
      sets.append(names)
    }
    return sets
  }
}

extension EMFDirective.Metric {
  init?(_ node: Node) {
    guard let name = node["Name"]?.text, !name.isEmpty else { return nil }
    self.name = EMFDirective.Name(name)
    unit = node["Unit"]?.text.flatMap { MetricUnit.all.contains($0) ? $0 : nil }
  }
}
