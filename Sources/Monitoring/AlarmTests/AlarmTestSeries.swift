import Documents
import Telemetry

/// The samples of one metric in a test.
struct AlarmTestSeries {
  var metric: MetricID
  var samples: [(time: Timestamp, arrival: Timestamp, statistics: StatisticSet)] = []

  init(_ node: Node, start: Timestamp) throws(Fault) {
    try node.refuse(keysOutside: ["metric", "every", "unit", "delay", "values", "samples"])
    let unit = try AlarmDefinition.unit(node["unit"])
    metric = try Self.metric(node.required("metric"), unit: unit)
    let delay = try node["delay"]?.durationMilliseconds() ?? 0
    if node["values"] == nil, node["samples"] == nil { _ = try node.required("values") }
    try addValues(node, start: start, delay: delay)
    for sample in try node["samples"]?.list() ?? [] {
      try addSample(sample, start: start, delay: delay)
    }
  }

  private mutating func addValues(
    _ node: Node, start: Timestamp, delay: Int64
  ) throws(Fault) {
    guard let values = node["values"] else { return }
    let step = try node.required("every").durationMilliseconds()
    guard step > 0 else { throw try node.required("every").fault("a duration above zero") }
    for (index, value) in try AlarmTestValues.parse(values).enumerated() {
      guard let value else { continue }
      let time = start + Int64(index) * step
      samples.append((time, time + delay, StatisticSet(value)))
    }
  }

  /// `{at, value}`, `{at, values, counts}` or `{at, statistics}`; the last may go with either.
  private mutating func addSample(
    _ node: Node, start: Timestamp, delay: Int64
  ) throws(Fault) {
    try node.refuse(keysOutside: ["at", "value", "values", "counts", "statistics"])
    let time = try node.required("at").offset(from: start)
    var sets = try Self.values(node)
    if let value = try node["value"]?.number() { sets.append(StatisticSet(value)) }
    if let statistics = node["statistics"] { sets.append(try Self.statistics(statistics)) }
    if sets.isEmpty { _ = try node.required("values") }
    for set in sets { samples.append((time, time + delay, set)) }
  }

  private static func values(_ node: Node) throws(Fault) -> [StatisticSet] {
    guard let list = node["values"] else {
      if let counts = node["counts"] { throw counts.fault("there without values") }
      return []
    }
    let values = try list.numbers()
    let counts = try node["counts"]?.numbers() ?? values.map { _ in 1 }
    guard counts.count == values.count, counts.allSatisfy({ $0 > 0 }) else {
      throw (node["counts"] ?? list).fault("a list of counts above zero, one for each value")
    }
    return zip(values, counts).map { value, count in
      StatisticSet(count: count, sum: value * count, minimum: value, maximum: value)
    }
  }

  private static func statistics(_ node: Node) throws(Fault) -> StatisticSet {
    try node.refuse(keysOutside: ["SampleCount", "Sum", "Minimum", "Maximum"])
    let count = try node.required("SampleCount")
    guard try count.number() > 0 else { throw count.fault("a number above zero") }
    return StatisticSet(
      count: try count.number(), sum: try node.required("Sum").number(),
      minimum: try node.required("Minimum").number(),
      maximum: try node.required("Maximum").number())
  }

  private static func metric(_ node: Node, unit: String?) throws(Fault) -> MetricID {
    try node.refuse(keysOutside: ["Namespace", "MetricName", "Dimensions", "Region", "AccountId"])
    return MetricID(
      region: try node["Region"]?.string() ?? "", account: try node["AccountId"]?.string() ?? "",
      namespace: try node.required("Namespace").string(),
      name: try node.required("MetricName").string(),
      dimensions: try AlarmDefinition.dimensions(node["Dimensions"]), unit: unit)
  }
}

extension Node {
  fileprivate func numbers() throws(Fault) -> [Double] {
    var numbers: [Double] = []
    for element in try list() { numbers.append(try element.number()) }
    return numbers
  }
}

extension Batch {
  mutating func append(_ series: AlarmTestSeries) {
    let metric = Int32(metrics.count)
    metrics.append(series.metric)
    for sample in series.samples {
      samples.append(
        Sample(
          metric: metric, time: sample.time, arrival: sample.arrival,
          statistics: sample.statistics))
    }
  }
}
