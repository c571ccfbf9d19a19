import Documents
import Telemetry

/// The datapoints of one CLI output, put together per metric and time from several results.
///
/// Several results may be several statistics of one metric (Id a is its Average, Id b its Maximum):
/// together they make one statistic set.
struct CommandLineResults {
  /// Excerpt and reason of what could not be read.
  var faults: [(record: String, reason: String)] = []
  private var context: DecodingContext
  private var metrics: [MetricID] = []
  private var places: [MetricID: Int] = [:]
  private var points: [Point: PartialStatistics] = [:]

  private struct Point: Hashable {
    var metric: Int
    var time: Timestamp
  }

  init(context: DecodingContext) { self.context = context }

  /// Reads `get-metric-data` output, which may carry the queries that it answers.
  mutating func readMetricData(_ node: Node) {
    if node["MetricDataQueries"] != nil, let own = try? MetricQuery.queries(node) {
      context.queries.merge(own) { given, _ in given }
    }
    let results = node["MetricDataResults"]?.elements ?? []
    for result in results { read(result, isAlone: results.count == 1) }
  }

  /// Reads `get-metric-statistics` output.
  mutating func readStatistics(_ node: Node) {
    let label = node["Label"]?.text ?? ""
    for point in node["Datapoints"]?.elements ?? [] {
      var identity = context.identity
      identity.unit = point["Unit"]?.text ?? identity.unit
      guard let metric = metric(identity, label: label) else {
        return faults.append(("", "no metric name: neither Label nor the command line gives one"))
      }
      guard let time = point["Timestamp"]?.timestamp else {
        faults.append((point.brief, "Timestamp is not a time"))
        continue
      }
      var partial = PartialStatistics()
      for entry in (point["ExtendedStatistics"]?.entries ?? []) + (point.entries ?? []) {
        guard case .number(let number, _) = entry.value.value, entry.key != "Timestamp" else {
          continue
        }
        partial.set(number, statistic: entry.key)
      }
      guard partial.statistics != nil else {
        faults.append((point.brief, Self.noStatistic))
        continue
      }
      points[Point(metric: metric, time: time), default: PartialStatistics()].merge(partial)
    }
  }

  private static let noStatistic = "no statistic that is \(Double.storableExpectation)"

  private mutating func read(_ result: Node, isAlone: Bool) {
    let id = result["Id"]?.text ?? ""
    let status = result["StatusCode"]?.text ?? "Complete"
    if status == "InternalError" || status == "Forbidden" {
      faults.append((result.brief, "the result \(id) is \(status)"))
    }
    guard let times = result["Timestamps"]?.elements, let values = result["Values"]?.elements,
      times.count == values.count
    else {
      faults.append((result.brief, "Timestamps and Values of \(id) are not lists of one length"))
      return
    }
    var identity = context.identity
    if !isAlone { identity.name = nil }
    if let query = context.queries[id] { identity = query.identity.completed(by: identity) }
    guard let metric = metric(identity, label: result["Label"]?.text ?? id) else {
      return faults.append((result.brief, "no metric name: neither Id nor Label gives one"))
    }
    let statistic = context.queries[id]?.statistic ?? identity.statistic?.rawValue ?? "Average"
    for (time, value) in zip(times, values) {
      guard let time = time.timestamp, case .number(let number, _) = value.value else {
        faults.append(("\(time.excerpt): \(value.excerpt)", "no time and value in \(id)"))
        continue
      }
      points[Point(metric: metric, time: time), default: PartialStatistics()]
        .set(number, statistic: statistic)
    }
  }

  /// Appends what was read, metrics in the order of the file, times ascending.
  mutating func append(to batch: inout Batch, arrival: Timestamp?) {
    var numbers: [Int32] = []
    for metric in metrics {
      numbers.append(Int32(batch.metrics.count))
      batch.metrics.append(metric)
    }
    let ordered = points.keys.sorted { left, right in
      left.metric != right.metric ? left.metric < right.metric : left.time < right.time
    }
    for point in ordered {
      guard let statistics = points[point]?.statistics else {
        let metric = metrics[point.metric]
        faults.append(("\(metric.name) \(point.time)", Self.noStatistic))
        continue
      }
      batch.samples.append(
        Sample(
          metric: numbers[point.metric], merging: .replaces, time: point.time,
          arrival: arrival ?? point.time, statistics: statistics))
    }
  }

  private mutating func metric(_ identity: MetricIdentity, label: String) -> Int? {
    let name = identity.name ?? label
    guard !name.isEmpty else { return nil }
    let metric = MetricID(
      region: identity.region ?? "", account: identity.account ?? "",
      namespace: identity.namespace ?? "", name: name, dimensions: identity.dimensions,
      unit: identity.unit)
    if let place = places[metric] { return place }
    places[metric] = metrics.count
    metrics.append(metric)
    return metrics.count - 1
  }
}

extension Node {
  /// The beginning of the value as JSON, for rejects.
  var brief: String {
    var writer = JSONWriter()
    writer.node(self)
    return String(writer.text.prefix(Reject.recordLimit))
  }
}
