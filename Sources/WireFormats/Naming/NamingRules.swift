import Telemetry

/// How names and labels of other systems become CloudWatch's, so that an alarm written for CloudWatch
/// works on data that came another way; the one place for all formats.
///
/// - The first of `regionLabels` that a record has, and whose value is not empty, is its region; the
///   first of `accountLabels` its account, of `namespaceLabels` its namespace. Labels that were used
///   so are no dimensions.
/// - `droppedLabels` are no dimensions either: they change at each start of a process.
/// - A label that begins with `dimension_` is the dimension after it (as exporters of CloudWatch
///   metrics write them); every other label is the dimension of its own name.
/// - What is then missing comes from what the user said about the source; a namespace that nobody
///   named is `CWAgent`, where the CloudWatch agent publishes StatsD, Prometheus and OTLP metrics.
/// - Units: see `MetricUnit`.
package struct NamingRules: Hashable, Sendable {
  package var regionLabels = ["cloud.region", "cloud_region", "aws.region", "aws_region", "region"]
  package var accountLabels = [
    "cloud.account.id", "cloud_account_id", "aws_account_id", "account_id",
  ]
  package var namespaceLabels = ["aws.namespace", "aws_namespace", "cloudwatch_namespace"]
  package var droppedLabels = ["service.instance.id", "service_instance_id"]
  /// Of what OTLP says about a whole process only these are dimensions.
  package var resourceDimensions = ["service.name", "cloud.availability_zone"]
  package var defaultNamespace = "CWAgent"

  package init() {}

  static let dimensionPrefix = "dimension_"

  /// The metric that a record names.
  ///
  /// Labels may come in any order; of several with one name the last counts. The unit is one of
  /// CloudWatch's; `identity` is what the user said about metrics that do not name themselves.
  func metric(
    name: String, labels: [Dimension], unit: String? = nil, identity: MetricIdentity
  ) -> MetricID {
    var parts = Parts()
    for label in labels.unique where !droppedLabels.contains(label.name) {
      parts.take(label, by: self)
    }
    for dimension in identity.dimensions
    where !parts.dimensions.contains(where: { $0.name == dimension.name }) {
      parts.dimensions.append(dimension)
    }
    return MetricID(
      region: parts.region.value ?? identity.region ?? "",
      account: parts.account.value ?? identity.account ?? "",
      namespace: parts.namespace.value ?? identity.namespace ?? defaultNamespace,
      name: name.isEmpty ? identity.name ?? identity.fallbackName ?? "value" : name,
      dimensions: parts.dimensions, unit: unit ?? identity.unit)
  }

  /// What the labels say.
  private struct Parts {
    var region = Choice()
    var account = Choice()
    var namespace = Choice()
    var dimensions: [Dimension] = []

    mutating func take(_ label: Dimension, by rules: NamingRules) {
      let isUsed =
        region.take(label, among: rules.regionLabels)
        || account.take(label, among: rules.accountLabels)
        || namespace.take(label, among: rules.namespaceLabels)
      if isUsed || label.value.isEmpty { return }
      let name =
        label.name.hasPrefix(dimensionPrefix)
        ? String(label.name.dropFirst(dimensionPrefix.count)) : label.name
      dimensions.append(Dimension(name: name, value: label.value))
    }
  }

  /// The value of the label that stands first in a list.
  private struct Choice {
    var value: String?
    private var rank = Int.max

    mutating func take(_ label: Dimension, among names: [String]) -> Bool {
      guard !label.value.isEmpty, let found = names.firstIndex(of: label.name) else {
        return false
      }
      if found < rank {
        rank = found
        value = label.value
      }
      return true
    }
  }
}

extension [Dimension] {
  /// Of several with one name the last.
  fileprivate var unique: [Dimension] {
    var result: [Dimension] = []
    for dimension in self {
      if let place = result.firstIndex(where: { $0.name == dimension.name }) {
        result[place] = dimension
      } else {
        result.append(dimension)
      }
    }
    return result
  }
}
