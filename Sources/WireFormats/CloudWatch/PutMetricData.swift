import Documents
import Telemetry

/// Reads PutMetricData with every limit of the API; a request with a fault stores nothing.
///
/// Source: CloudWatch API Reference, "PutMetricData" and "MetricDatum"; the texts are the service's own
/// as far as they are known.
package struct PutMetricData {
  package var options: Options

  package struct Options: Sendable {
    /// When the request arrived: the time of datums that have none.
    package var arrival: Timestamp?
    /// The region and account whose credentials signed the request.
    package var identity = MetricIdentity()
    /// Whether age, future and AWS's own namespaces are refused as CloudWatch does; a dashboard takes
    /// replayed data.
    package var isStrict = false

    package init() {}
  }

  package init(options: Options) { self.options = options }

  /// Limits of the API.
  static let datumLimit = 1000
  static let entityLimit = 2
  static let valueLimit = 150
  static let dimensionLimit = 30
  static let nameLimit = 255
  static let dimensionValueLimit = 1024
  /// The largest body before decompression: 1 MB.
  package static let bodyLimit = 1 << 20

  /// Reads the parameters of a call into a batch; returns why it is refused.
  package func read(_ parameters: Node, into batch: inout Batch) -> CloudWatchError? {
    do throws(CloudWatchError) {
      let namespace = try namespace(of: parameters)
      let lists = try lists(of: parameters)
      guard lists.reduce(0, { $0 + $1.datums.count }) <= Self.datumLimit else {
        throw CloudWatchError(
          .invalidParameterValue,
          "The collection MetricData must not have a size greater than \(Self.datumLimit).")
      }
      var part = Batch()
      var places: [MetricID: Int32] = [:]
      for list in lists {
        for (index, datum) in list.datums.enumerated() {
          let reader = MetricDatum(
            node: datum, path: "\(list.path).member.\(index + 1)", namespace: namespace,
            options: options)
          try reader.append(to: &part, places: &places)
        }
      }
      batch.append(part)
      return nil
    } catch {
      return error
    }
  }

  private func namespace(of parameters: Node) throws(CloudWatchError) -> String {
    guard let namespace = parameters["Namespace"]?.text, !namespace.isEmpty else {
      throw CloudWatchError(.missingParameter, "The parameter Namespace is required.")
    }
    guard namespace.count <= Self.nameLimit else {
      throw CloudWatchError(
        .invalidParameterValue, "The parameter Namespace must be shorter than 256 characters.")
    }
    if namespace.hasPrefix(":") || options.isStrict && namespace.hasPrefix("AWS/") {
      throw CloudWatchError(
        .invalidParameterValue, "The value \(namespace) for parameter Namespace is invalid.")
    }
    return namespace
  }

  /// The datums with the path of their list, as parameters are named in errors.
  private func lists(
    of parameters: Node
  ) throws(CloudWatchError) -> [(path: String, datums: [Node])] {
    let entities = parameters["EntityMetricData"]?.elements ?? []
    guard entities.count <= Self.entityLimit else {
      throw CloudWatchError(
        .invalidParameterValue,
        "The collection EntityMetricData must not have a size greater than \(Self.entityLimit).")
    }
    var lists: [(path: String, datums: [Node])] = []
    if let datums = parameters["MetricData"]?.elements { lists.append(("MetricData", datums)) }
    for (index, entity) in entities.enumerated() {
      let path = "EntityMetricData.member.\(index + 1).MetricData"
      lists.append((path, entity["MetricData"]?.elements ?? []))
    }
    guard lists.contains(where: { !$0.datums.isEmpty }) else {
      throw CloudWatchError(.missingParameter, "The parameter MetricData is required.")
    }
    return lists
  }
}
