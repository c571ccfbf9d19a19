import Telemetry

/// What the columns of a table mean.
///
/// A column named like a part of a metric's name (`region`, `namespace`, `metric`, `unit`, `account`,
/// `dimension`) is that part. Where there is a `metric` column the table is long: `value`, or `sum`,
/// `count`, `min`, `max` and `average`, hold the sample, and every other column is a dimension. Where
/// there is none the table is wide: columns whose first cell is a number or empty are metrics, the
/// others dimensions; a column `value` is the metric the file is about.
struct CSVLayout: Sendable {
  private var roles: [Role] = []
  private let timeColumn: Int
  private let identity: MetricIdentity
  private var columnMetrics: [MetricIdentity] = []
  private var known: [[String]: KnownMetric] = [:]

  /// How many rows may stand before the table: console exports have a few.
  static let preambleLimit = 20

  fileprivate enum Role: Hashable, Sendable {
    case time, region, namespace, name, unit, account, dimensions
    case dimension(String)
    /// A statistic of the row's sample, by CloudWatch's name.
    case statistic(String)
    /// A metric of its own: index into `columnMetrics`.
    case metric(Int)
  }

  /// A metric seen before, and where it stands in the batch most likely.
  private struct KnownMetric {
    var metric: MetricID
    var place: Int32 = 0
  }

  init(header: CSVRow?, first: CSVRow, timeColumn: Int, identity: MetricIdentity) {
    self.timeColumn = timeColumn
    self.identity = identity
    let names = header?.cells ?? first.cells.indices.map { "column\($0 + 1)" }
    let fixed = names.map { Self.fixedRoles[$0.lowercased()] }
    let isLong = fixed.contains(.name) || fixed.count { $0?.isStatistic ?? false } > 1
    for (column, name) in names.enumerated() {
      let isNumber = first.number(in: column) != nil || first.isGap(in: column)
      if column == timeColumn {
        roles.append(.time)
      } else if let role = fixed[column], isLong || !role.isStatistic {
        roles.append(role)
      } else if isLong || !isNumber {
        roles.append(.dimension(name))
      } else {
        addMetric(named: name, isOnly: names.count == 2)
      }
    }
  }

  private static let fixedRoles: [String: Role] = [
    "region": .region, "namespace": .namespace, "metric": .name, "metric_name": .name,
    "metricname": .name, "unit": .unit, "account": .account, "account_id": .account,
    "dimension": .dimensions, "dimensions": .dimensions, "value": .statistic("Average"),
    "average": .statistic("Average"), "avg": .statistic("Average"), "mean": .statistic("Average"),
    "sum": .statistic("Sum"), "count": .statistic("SampleCount"),
    "samplecount": .statistic("SampleCount"), "sample_count": .statistic("SampleCount"),
    "min": .statistic("Minimum"), "minimum": .statistic("Minimum"),
    "max": .statistic("Maximum"), "maximum": .statistic("Maximum"),
  ]

  /// Reads one row; returns why not.
  mutating func read(_ row: CSVRow, arrival: Timestamp?, into batch: inout Batch) -> String? {
    guard row.cells.count == roles.count else {
      return "\(row.cells.count) cells where the table has \(roles.count) columns"
    }
    guard let time = row.time(in: timeColumn) else {
      return "'\(row.cells[timeColumn])' is not a time"
    }
    var partial = PartialStatistics()
    var fault: String?
    // One statistic without another would be made up.
    var isBroken = false
    for (column, role) in roles.enumerated() where !row.isGap(in: column) {
      guard role.isNumber else { continue }
      guard let value = row.number(in: column) else {
        fault = "'\(row.cells[column])' is not \(Double.storableExpectation)"
        isBroken = isBroken || role.isStatistic
        continue
      }
      if case .statistic(let name) = role { partial.set(value, statistic: name) }
      if case .metric(let index) = role {
        append(StatisticSet(value), of: row, metric: index, at: time, arrival, into: &batch)
      }
    }
    if isBroken { return fault }
    if let statistics = partial.statistics {
      append(statistics, of: row, metric: nil, at: time, arrival, into: &batch)
    } else if !partial.isEmpty {
      fault =
        fault ?? "a statistic is not \(Double.storableExpectation), or the count not above 0"
    }
    return fault
  }

  private mutating func addMetric(named header: String, isOnly: Bool) {
    roles.append(.metric(columnMetrics.count))
    var metric = MetricIdentity(metricText: header)
    let isAnonymous = header.lowercased() == "value" || isOnly && header.hasPrefix("column")
    if isAnonymous { metric.name = identity.name ?? identity.fallbackName ?? "value" }
    columnMetrics.append(metric.completed(by: identity))
  }

  private mutating func append(
    _ statistics: StatisticSet, of row: CSVRow, metric index: Int?, at time: Timestamp,
    _ arrival: Timestamp?, into batch: inout Batch
  ) {
    var key = [index.map(String.init) ?? ""]
    for (column, role) in roles.enumerated() where !role.isNumber && role != .time {
      key.append(row.cells[column])
    }
    var metric = known[key] ?? KnownMetric(metric: self.metric(of: row, index: index))
    if Int(metric.place) >= batch.metrics.count
      || batch.metrics[Int(metric.place)] != metric.metric
    {
      metric.place = Int32(batch.metrics.count)
      batch.metrics.append(metric.metric)
    }
    if known.count >= MetricCache.limit { known = [:] }
    known[key] = metric
    batch.samples.append(
      Sample(
        metric: metric.place, merging: .adds, time: time, arrival: arrival ?? time,
        statistics: statistics))
  }

  /// The metric a row's cells name.
  private func metric(of row: CSVRow, index: Int?) -> MetricID {
    var parts = index.map { columnMetrics[$0] } ?? identity
    for (column, role) in roles.enumerated() where !row.cells[column].isEmpty {
      let text = row.cells[column]
      switch role {
      case .region: parts.region = text
      case .namespace: parts.namespace = text
      case .name: parts = MetricIdentity(metricText: text).completed(by: parts)
      case .unit: parts.unit = text
      case .account: parts.account = text
      case .dimension(let name): parts.dimensions.append(Dimension(name: name, value: text))
      case .dimensions: parts.dimensions += MetricIdentity.dimensions(in: text)
      case .time, .statistic, .metric: break
      }
    }
    return MetricID(
      region: parts.region ?? "", account: parts.account ?? "", namespace: parts.namespace ?? "",
      name: parts.name ?? parts.fallbackName ?? "value", dimensions: parts.dimensions,
      unit: parts.unit)
  }
}

extension CSVLayout.Role {
  fileprivate var isStatistic: Bool {
    if case .statistic = self { true } else { false }
  }

  fileprivate var isNumber: Bool {
    switch self {
    case .statistic, .metric: true
    default: false
    }
  }
}
