import Documents
import Telemetry

extension MetricDataQuery {
  /// Reads a list of queries, of GetMetricData or of an alarm; Ids must be unique.
  package static func parse(_ node: Node) throws(Fault) -> [MetricDataQuery] {
    var queries: [MetricDataQuery] = []
    var known: Set<String> = []
    for entry in try node.list() {
      let query = try MetricDataQuery(entry)
      if !known.insert(query.id).inserted {
        throw try entry.required("Id").fault("a new Id: each stands for one query")
      }
      queries.append(query)
    }
    return queries
  }

  init(_ node: Node) throws(Fault) {
    if let fault = node.unknownKeys(Self.knownKeys).first { throw fault }
    id = try Self.id(node.required("Id"))
    source = try Self.source(node, id: id)
    label = try node["Label"]?.string()
    returnData = try node["ReturnData"]?.boolean() ?? true
    if let period = node["Period"] { periodSeconds = try MetricStat.period(period) }
    account = try node["AccountId"]?.string()
    region = try (node["Region"] ?? node["MetricStat"]?["Region"])?.string()
  }

  private static func source(_ node: Node, id: String) throws(Fault) -> Source {
    switch (node["MetricStat"], node["Expression"]) {
    case (let stat?, nil): return .metric(try MetricStat(stat))
    case (nil, let text?): return .expression(try expression(text))
    case (nil, nil):
      throw Fault(
        place: node.place, value: nil, expected: "the key MetricStat or Expression (query \(id))")
    case (_?, let text?):
      throw Fault(
        place: text.place, value: text.excerpt,
        expected: "allowed beside MetricStat: a query has one of the two")
    }
  }

  private static let knownKeys: Set<String> = [
    "Id", "MetricStat", "Expression", "Label", "ReturnData", "Period", "AccountId", "Region",
  ]

  /// The longest Id that CloudWatch takes, and the longest expression.
  private static let idLimit = 255
  static let expressionLimit = 2048

  private static func id(_ node: Node) throws(Fault) -> String {
    let id = try node.string()
    let isWord = id.utf8.allSatisfy { byte in
      (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
        || byte == 95
    }
    guard isWord, let first = id.utf8.first, (97...122).contains(first), id.count <= idLimit else {
      throw node.fault(
        "an Id: letters, digits and underscores, beginning with a lower-case letter, at most "
          + "\(idLimit) characters")
    }
    return id
  }

  private static func expression(_ node: Node) throws(Fault) -> String {
    let text = try node.string()
    guard (1...expressionLimit).contains(text.count) else {
      throw node.fault("1 to \(expressionLimit) characters long")
    }
    return text
  }
}

extension MetricStat {
  init(_ node: Node) throws(Fault) {
    if let fault = node.unknownKeys(["Metric", "Period", "Stat", "Unit", "Region"]).first {
      throw fault
    }
    let metric = try node.required("Metric")
    if let fault = metric.unknownKeys(["Namespace", "MetricName", "Dimensions"]).first {
      throw fault
    }
    guard let period = node["Period"] else {
      throw Fault(
        place: node.place.under("Period"), value: nil,
        expected: "the key Period: Period must not be null")
    }
    self.init(
      namespace: try AlarmDefinition.namespace(metric),
      metricName: try metric.limited("MetricName", 1...255, absent: "MetricName must not be null"),
      dimensions: try AlarmDefinition.dimensions(metric["Dimensions"]),
      periodSeconds: try Self.period(period),
      statistic: try Self.statistic(node.required("Stat")),
      unit: try AlarmDefinition.unit(node["Unit"]))
  }

  /// A statistic, plain or extended.
  static func statistic(_ node: Node) throws(Fault) -> Statistic {
    guard let statistic = Statistic(rawValue: try node.string()) else {
      throw node.fault(Statistic.expectation)
    }
    return statistic
  }

  static func period(_ node: Node) throws(Fault) -> Int {
    let period = try node.integer()
    guard [10, 20, 30].contains(period) || (period > 0 && period % 60 == 0) else {
      throw node.fault("accepted: Period must be 10, 20, 30 or a multiple of 60")
    }
    return period
  }
}

extension Node {
  /// One of the five plain statistics.
  func plainStatistic() throws(Fault) -> Statistic {
    let statistic = try string()
    guard let plain = Statistic.allCases.first(where: { $0.rawValue == statistic }) else {
      throw fault("one of " + Statistic.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return plain
  }
}
