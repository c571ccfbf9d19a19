import Documents
import Telemetry

/// The samples of one metric in a test, as a batch of its own.
struct AlarmTestSeries {
  private(set) var batch = Batch()

  init(_ node: Node, start: Timestamp) throws(Fault) {
    try node.refuse(keysOutside: ["metric", "every", "unit", "delay", "values", "samples"])
    let unit = try AlarmDefinition.unit(node["unit"])
    batch.metrics = [try Self.metric(node.required("metric"), unit: unit)]
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
      batch.samples.append(
        Sample(metric: 0, time: time, arrival: time + delay, statistics: StatisticSet(value)))
    }
  }

  /// `{at, value}`, `{at, values, counts}`, `{at, statistics}`.
  ///
  /// As in PutMetricData, values with statistics beside them are one record: the statistics say what
  /// the five plain statistics are, the values what the percentiles are.
  private mutating func addSample(
    _ node: Node, start: Timestamp, delay: Int64
  ) throws(Fault) {
    try node.refuse(keysOutside: ["at", "value", "values", "counts", "statistics"])
    let time = try node.required("at").offset(from: start)
    let statistics = try Self.statistics(node["statistics"])
    if let values = try Self.values(node) {
      batch.append(
        values, metric: 0, time: time, arrival: time + delay, statistics: statistics)
    } else if let statistics {
      append(statistics, at: time, delay: delay)
    } else if node["value"] == nil {
      _ = try node.required("values")
    }
    if let value = try node["value"]?.number() {
      append(StatisticSet(value), at: time, delay: delay)
    }
  }

  private mutating func append(_ statistics: StatisticSet, at time: Timestamp, delay: Int64) {
    batch.samples.append(
      Sample(metric: 0, time: time, arrival: time + delay, statistics: statistics))
  }

  private static func values(_ node: Node) throws(Fault) -> ValueCounts? {
    guard let list = node["values"] else {
      if let counts = node["counts"] { throw counts.fault("there without values") }
      return nil
    }
    let counts = try node["counts"]?.numbers()
    guard let values = ValueCounts(values: try list.numbers(), counts: counts) else {
      throw (node["counts"] ?? list).fault("a list of counts above zero, one for each value")
    }
    return values
  }

  private static func statistics(_ node: Node?) throws(Fault) -> StatisticSet? {
    guard let node else { return nil }
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
    let firstMetric = Int32(metrics.count)
    let firstValues = Int32(valueCounts.count)
    metrics += series.batch.metrics
    valueCounts += series.batch.valueCounts
    for var sample in series.batch.samples {
      sample.metric += firstMetric
      if let values = sample.valueCounts { sample.valueCounts = firstValues + values }
      samples.append(sample)
    }
  }
}
