import Documents
import Telemetry

extension AlarmDefinition {
  /// Reads a band alarm: a metric, its ANOMALY_DETECTION_BAND, and no threshold.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Anomaly_Detection_Alarm.html
  init(band node: Node, zones: TimeZones) throws(Fault) {
    let field = try node.required("ThresholdMetricId")
    let queries = try MetricDataQuery.parse(node.required("Metrics"))
    try Self.refuse(
      ["Threshold", "MetricName", "Namespace", "Dimensions", "Period", "Statistic", "Unit"],
      in: node)
    let band = try Self.band(field, queries, node, zones)
    let metric = queries.first { $0.id == band.source }?.metric
    let shared = try Self.period(of: queries, written: node.required("Metrics"))
    self.init(
      name: try Self.name(node), namespace: metric?.namespace ?? "",
      metricName: metric?.metricName ?? "", dimensions: metric?.dimensions ?? [],
      statistic: metric?.statistic ?? .average, periodSeconds: metric?.periodSeconds ?? shared,
      evaluationPeriods: try node.required("EvaluationPeriods").positive(), threshold: 0,
      comparison: try Self.bandComparison(node.required("ComparisonOperator")))
    try Self.checkSpan(node, periodSeconds)
    guard periodSeconds >= 60 else {
      throw field.fault("about a metric with a period of at least 60 s")
    }
    metrics = queries
    thresholdMetricID = try field.string()
    self.band = band.setting
    unit = metric?.unit
    datapointsToAlarm = try Self.datapointsToAlarm(node, evaluationPeriods)
    treatMissingData = try Self.treatMissingData(node, namespace: namespace)
    try readActions(node)
    try Self.refuse(
      actions: [Self.scalingPrefix],
      "an action of band alarms, which cannot act on Auto Scaling", in: node)
    try place(node)
    try readTiming(node, zones: zones)
  }

  private static func refuse(_ keys: [String], in node: Node) throws(Fault) {
    for key in keys {
      guard let field = node[key], field.elements?.isEmpty != true else { continue }
      throw field.fault(
        "allowed: \(key) should not be set if list of Metrics is set with ThresholdMetricId.")
    }
  }

  private static func bandComparison(_ field: Node) throws(Fault) -> ComparisonOperator {
    let comparison = try field.choice(ComparisonOperator.self)
    guard comparison.isBand else {
      throw field.fault(
        "one of "
          + ComparisonOperator.allCases.filter(\.isBand).map(\.rawValue)
          .joined(separator: ", "))
    }
    return comparison
  }

  private static func band(
    _ field: Node, _ queries: [MetricDataQuery], _ node: Node, _ zones: TimeZones
  ) throws(Fault) -> (source: String, setting: AnomalyBandSetting) {
    let id = try field.string()
    guard let query = queries.first(where: { $0.id == id }) else {
      throw field.fault("the Id of one of Metrics")
    }
    guard let expression = query.expression.flatMap(AnomalyBandExpression.init),
      let source = queries.firstIndex(where: { $0.id == expression.source && $0.id != id })
    else {
      throw field.fault("the Id of an ANOMALY_DETECTION_BAND(metric, width) expression")
    }
    guard queries.filter(\.returnData).count == 2 else {
      throw try node.required("Metrics").fault(
        "accepted: Exactly two elements of the metrics list should return data.")
    }
    var setting = AnomalyBandSetting(width: expression.width)
    try setting.readConfiguration(node["AnomalyDetectorConfiguration"], zones: zones)
    if queries[source].metric == nil {
      setting.expression = source
      try checkBanded(queries, source, bandID: id, written: node.required("Metrics"))
    }
    return (expression.source, setting)
  }

  /// What CloudWatch asks of an expression that has a band.
  ///
  /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html
  private static func checkBanded(
    _ queries: [MetricDataQuery], _ source: Int, bandID: String, written list: Node
  ) throws(Fault) {
    if queries.count(where: { $0.metric != nil }) > metricLimit {
      throw list.fault("at most \(metricLimit) metrics")
    }
    let program = try MetricMathProgram(queries, written: list, isAlarm: true, bandID: bandID)
    let field = list.elements?[source]["Expression"] ?? list
    guard program.types[source] == .series else {
      throw field.fault("one time series: it is \(program.types[source].words)")
    }
    if program.sources(of: source).contains(where: { !program.calls(of: .metrics, in: $0).isEmpty })
    {
      throw field.fault("an expression without METRICS, which no band can be about")
    }
    if try period(of: queries, written: list) > 3600 {
      throw field.fault("an expression with a period of at most an hour, which a band needs")
    }
  }
}

extension AlarmDefinition.ComparisonOperator {
  /// Whether it compares with a band and not with a threshold.
  package var isBand: Bool { comparesLower || comparesUpper }

  /// Whether below the band is a breach.
  var comparesLower: Bool {
    self == .lessThanLowerThreshold || self == .lessThanLowerOrGreaterThanUpperThreshold
  }

  /// Whether above the band is one.
  var comparesUpper: Bool {
    self == .greaterThanUpperThreshold || self == .lessThanLowerOrGreaterThanUpperThreshold
  }

  /// Whether a value breaches a band.
  func breaches(_ value: Double, _ band: AnomalyBand) -> Bool {
    comparesLower && value < band.lower || comparesUpper && value > band.upper
  }
}
