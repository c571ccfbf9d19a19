import Documents
import Telemetry

extension AlarmDefinition {
  /// Reads metric and composite alarms in CloudWatch's own shapes; see `AlarmCollection`.
  package static func parse(_ node: Node) -> (definitions: [AlarmDefinition], faults: [Fault]) {
    parse([node])
  }

  /// Reads several documents; a name may be defined once in all of them.
  package static func parse(
    _ nodes: [Node]
  ) -> (definitions: [AlarmDefinition], faults: [Fault]) {
    let collection = AlarmCollection(nodes)
    return (collection.alarms, collection.faults)
  }
}

extension AlarmDefinition {
  init(_ node: Node, zones: TimeZones) throws(Fault) {
    _ = try node.mapping()
    if node["ThresholdMetricId"] != nil {
      self = try AlarmDefinition(band: node, zones: zones)
      return
    }
    try Self.refuseUnsupported(node)
    if let queries = try Self.metrics(node) {
      self = try AlarmDefinition(node, metrics: queries)
    } else {
      self = try AlarmDefinition(plain: node)
    }
    try Self.checkSpan(node, periodSeconds)
    datapointsToAlarm = try Self.datapointsToAlarm(node, evaluationPeriods)
    treatMissingData = try Self.treatMissingData(node, namespace: namespace)
    unit = try Self.unit(node["Unit"])
    try readActions(node)
    try place(node)
    try readTiming(node, zones: zones)
  }

  /// An alarm on one metric, as far as its metric and threshold go.
  private init(plain node: Node) throws(Fault) {
    self.init(
      name: try Self.name(node), namespace: try Self.namespace(node),
      metricName: try node.limited("MetricName", 1...255, absent: "MetricName must not be null"),
      dimensions: try Self.dimensions(node["Dimensions"]), statistic: try Self.statistic(node),
      periodSeconds: try Self.period(node),
      evaluationPeriods: try node.required("EvaluationPeriods").positive(),
      threshold: try node.required("Threshold").number(),
      comparison: try Self.comparison(node.required("ComparisonOperator")))
    if let setting = node["EvaluateLowSampleCountPercentile"] {
      evaluateLowSampleCountPercentile = try setting.choice(EvaluateLowSampleCountPercentile.self)
    }
  }

  /// What every kind of alarm has: description, tags and actions.
  mutating func readActions(_ node: Node) throws(Fault) {
    tags = try Self.tags(node["Tags"])
    description = try Self.description(node["AlarmDescription"])
    actionsEnabled = try node["ActionsEnabled"]?.boolean() ?? true
    okActions = try Self.actions(node["OKActions"])
    alarmActions = try Self.actions(node["AlarmActions"])
    insufficientDataActions = try Self.actions(node["InsufficientDataActions"])
    try Self.checkActionConfiguration(node["ActionConfiguration"])
  }

  /// Region and account: the key `Region` first, then the ARN.
  mutating func place(_ node: Node) throws(Fault) {
    arn = try node["AlarmArn"]?.string()
    let parts = (arn ?? "").split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    if parts.count >= 7, parts[0] == "arn", parts[2] == "cloudwatch" {
      region = parts[3].isEmpty ? nil : parts[3]
      account = parts[4].isEmpty ? nil : parts[4]
    } else if let node = node["AlarmArn"] {
      throw node.fault("an alarm's ARN")
    }
    if let given = try node["Region"]?.string(), !given.isEmpty { region = given }
  }
}
