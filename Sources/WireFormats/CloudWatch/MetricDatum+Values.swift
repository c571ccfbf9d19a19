import Documents
import Telemetry

extension MetricDatum {
  /// The value or values of a datum.
  enum Values {
    case single(Double)
    case many(Histogram)
  }

  /// Reads `Value`, `Values` with `Counts`, `StatisticValues`.
  ///
  /// The CloudWatch agent sends `Values` beside `StatisticValues`: then count, sum and extremes are those
  /// of the set and the values are for percentiles.
  func values() throws(CloudWatchError) -> Values {
    let values = try list("Values")
    if node["Value"] != nil, !values.isEmpty {
      throw CloudWatchError(
        .invalidParameterCombination,
        "The parameters \(path).Value and \(path).Values are mutually exclusive and you have "
          + "specified both.")
    }
    let pairs = try pairs(values)
    if let set = node["StatisticValues"] {
      var histogram = try statistics(set)
      histogram?.values = pairs
      if let histogram { return .many(histogram) }
    }
    if let node = node["Value"] { return .single(try number(node, "\(path).Value")) }
    let total = pairs.reduce(0) { $0 + $1.count }
    guard total > 0 else {
      throw CloudWatchError(
        .invalidParameterCombination, "At least one of the parameters must be specified.")
    }
    if pairs.count == 1, let first = pairs.first, first.count == 1 { return .single(first.value) }
    return .many(Histogram(count: total, values: pairs))
  }

  private func pairs(
    _ values: [Double]
  ) throws(CloudWatchError) -> [(value: Double, count: Double)] {
    guard Set(values).count <= PutMetricData.valueLimit else {
      throw CloudWatchError(
        .invalidParameterValue,
        "The collection \(path).Values must not have a size greater than "
          + "\(PutMetricData.valueLimit).")
    }
    let counts = try list("Counts")
    if counts.isEmpty { return values.map { ($0, 1) } }
    guard counts.count == values.count else {
      throw CloudWatchError(
        .invalidParameterValue,
        "The parameters \(path).Values and \(path).Counts must be of the same size.")
    }
    if let place = counts.firstIndex(where: { $0 < 0 }) {
      throw invalid(
        CBORReader.number(counts[place]), "\(path).Counts.member.\(place + 1)")
    }
    return zip(values, counts).filter { $0.1 > 0 }
  }

  private func list(_ key: String) throws(CloudWatchError) -> [Double] {
    var numbers: [Double] = []
    for (index, element) in (node[key]?.elements ?? []).enumerated() {
      numbers.append(try number(element, "\(path).\(key).member.\(index + 1)"))
    }
    return numbers
  }

  /// Reads a statistic set; nil where its count is 0.
  private func statistics(_ set: Node) throws(CloudWatchError) -> Histogram? {
    let path = "\(path).StatisticValues"
    var numbers: [Double] = []
    for key in ["SampleCount", "Sum", "Minimum", "Maximum"] {
      guard let node = set[key] else {
        throw CloudWatchError(.missingParameter, "The parameter \(path).\(key) is required.")
      }
      numbers.append(try number(node, "\(path).\(key)"))
    }
    guard numbers[0] >= 0 else {
      throw invalid(CBORReader.number(numbers[0]), "\(path).SampleCount")
    }
    guard numbers[2] <= numbers[3] else {
      throw CloudWatchError(
        .invalidParameterValue,
        "The parameter \(path).Maximum must be greater than \(path).Minimum.")
    }
    guard numbers[0] > 0 else { return nil }
    return Histogram(
      count: numbers[0], sum: numbers[1], minimum: numbers[2], maximum: numbers[3])
  }

  private func number(_ node: Node, _ path: String) throws(CloudWatchError) -> Double {
    guard let number = node.real, number.isStorable else {
      throw invalid(node.named, path)
    }
    return number
  }
}

extension Node {
  /// A number, or a text that spells one, as awsQuery has it and awsJson for NaN and infinity.
  var real: Double? {
    switch value {
    case .number(let number, _): return number
    case .string(let text):
      let bytes = Array(text.utf8)
      return bytes.span.double(in: 0..<bytes.count)
    default: return nil
    }
  }

  /// NaN and infinities under the names that CloudWatch's errors give them.
  fileprivate var named: Node {
    guard let real, !real.isFinite else { return self }
    return Node(.string(real.isNaN ? "NaN" : real > 0 ? "Infinity" : "-Infinity"))
  }
}
