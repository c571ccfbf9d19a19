import Documents
import Telemetry

/// One MetricDatum of a call, checked and made into a sample.
struct MetricDatum {
  let node: Node
  /// How errors name it: `MetricData.member.1`.
  let path: String
  let namespace: String
  let options: PutMetricData.Options

  func append(
    to batch: inout Batch, places: inout [MetricID: Int32]
  ) throws(CloudWatchError) {
    let metric = try metric()
    try checkResolution()
    let time = try time()
    let values = try values()
    let place = places[metric] ?? Int32(batch.metrics.count)
    if places[metric] == nil {
      places[metric] = place
      batch.metrics.append(metric)
    }
    let arrival = options.arrival ?? time
    switch values {
    case .single(let value):
      batch.samples.append(
        Sample(metric: place, time: time, arrival: arrival, statistics: StatisticSet(value)))
    case .many(let histogram):
      // All its numbers have been looked at.
      _ = batch.append(histogram, metric: place, time: time, arrival: arrival)
    }
  }

  private func metric() throws(CloudWatchError) -> MetricID {
    let name = try text("MetricName", of: node, path: path, limit: PutMetricData.nameLimit)
    let unit = node["Unit"]?.text
    if let unit, !MetricUnit.all.contains(unit) {
      let units = MetricUnit.all.sorted().joined(separator: ", ")
      throw CloudWatchError(
        .invalidParameterValue,
        "The parameter \(path).Unit must be a value in the set [ \(units) ].")
    }
    return MetricID(
      region: options.identity.region ?? "", account: options.identity.account ?? "",
      namespace: namespace, name: name, dimensions: try dimensions(), unit: unit)
  }

  private func dimensions() throws(CloudWatchError) -> [Dimension] {
    let elements = node["Dimensions"]?.elements ?? []
    guard elements.count <= PutMetricData.dimensionLimit else {
      throw CloudWatchError(
        .invalidParameterValue,
        "The collection \(path).Dimensions must not have a size greater than "
          + "\(PutMetricData.dimensionLimit).")
    }
    var dimensions: [Dimension] = []
    for (index, element) in elements.enumerated() {
      let path = "\(path).Dimensions.member.\(index + 1)"
      dimensions.append(
        Dimension(
          name: try text("Name", of: element, path: path, limit: PutMetricData.nameLimit),
          value: try text(
            "Value", of: element, path: path, limit: PutMetricData.dimensionValueLimit)))
    }
    guard Set(dimensions.map(\.name)).count == dimensions.count else {
      throw CloudWatchError(
        .invalidParameterValue, "No metric may specify the same dimension name twice.")
    }
    return dimensions
  }

  private func text(
    _ key: String, of node: Node, path: String, limit: Int
  ) throws(CloudWatchError) -> String {
    guard let text = node[key]?.text, !text.isEmpty else {
      throw CloudWatchError(.missingParameter, "The parameter \(path).\(key) is required.")
    }
    guard text.count <= limit else {
      throw CloudWatchError(
        .invalidParameterValue,
        "The parameter \(path).\(key) must be shorter than \(limit + 1) characters.")
    }
    return text
  }

  private func checkResolution() throws(CloudWatchError) {
    guard let node = node["StorageResolution"] else { return }
    guard let seconds = node.real, seconds == 1 || seconds == 60 else {
      throw invalid(node, "\(path).StorageResolution")
    }
  }

  /// Two weeks back and two hours ahead; checked only where that is asked for.
  private func time() throws(CloudWatchError) -> Timestamp {
    guard let node = node["Timestamp"] else {
      guard let arrival = options.arrival else {
        throw CloudWatchError(.missingParameter, "The parameter \(path).Timestamp is required.")
      }
      return arrival
    }
    guard let time = node.timestamp else { throw invalid(node, "\(path).Timestamp") }
    guard options.isStrict, let now = options.arrival else { return time }
    if time < now - 14 * 86_400_000 {
      throw CloudWatchError(
        .invalidParameterValue,
        "The parameter \(path).Timestamp must specify a time within the past two weeks.")
    }
    if time > now + 2 * 3_600_000 {
      throw CloudWatchError(
        .invalidParameterValue,
        "The parameter \(path).Timestamp must specify a time no more than two hours in the future.")
    }
    return time
  }

  func invalid(_ node: Node, _ path: String) -> CloudWatchError {
    CloudWatchError(
      .invalidParameterValue, "The value \(node.excerpt) for parameter \(path) is invalid.")
  }
}
