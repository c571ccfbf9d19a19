import Documents
import Telemetry

extension AlarmDefinition {
  /// Reads metric alarms in CloudWatch's own shapes.
  ///
  /// `aws cloudwatch describe-alarms` output, a bare list of alarms, or a mapping with the same keys
  /// (in `meridian.yaml`, in a test file). A faulty definition costs itself only: it is left out and
  /// its fault names place, value and expectation. What this version does not evaluate (composite
  /// alarms, metric math, percentiles, PromQL, wall clock windows) is such a fault too. A key that
  /// nobody knows is a fault but does not cost the alarm: CloudWatch adds keys.
  package static func parse(_ node: Node) -> (definitions: [AlarmDefinition], faults: [Fault]) {
    parse([node])
  }

  /// Reads several documents; a name may be defined once in all of them.
  package static func parse(
    _ nodes: [Node]
  ) -> (definitions: [AlarmDefinition], faults: [Fault]) {
    var reader = AlarmReader()
    for node in nodes { reader.read(node) }
    return (reader.definitions, reader.faults)
  }
}

/// Collects definitions and faults, document by document.
private struct AlarmReader {
  var definitions: [AlarmDefinition] = []
  var faults: [Fault] = []
  private var regionsByName: [String: [String?]] = [:]

  mutating func read(_ node: Node) {
    if let elements = node.elements { return readAlarms(elements) }
    guard node.entries != nil else {
      faults.append(node.fault("a list of alarms or a mapping with MetricAlarms"))
      return
    }
    if node["AlarmName"] != nil { return readAlarms([node]) }
    let known = ["MetricAlarms", "CompositeAlarms"].filter { node[$0] != nil }
    if known.isEmpty { return readNothing(node) }
    readList(node["MetricAlarms"])
    readList(node["CompositeAlarms"])
  }

  private mutating func readNothing(_ node: Node) {
    let hasList = node.entries?.contains { $0.key == "MetricAlarms" || $0.key == "CompositeAlarms" }
    if hasList == true { return }
    let unread = ["Resources", "AlarmMuteRules"].first { node[$0] != nil }
    if let unread, let found = node[unread] {
      faults.append(
        Fault(place: found.place, value: unread, expected: "read in this version: MetricAlarms is"))
    } else {
      faults.append(
        Fault(place: node.place, value: nil, expected: "the key MetricAlarms or CompositeAlarms"))
    }
  }

  private mutating func readList(_ node: Node?) {
    guard let node else { return }
    guard let elements = node.elements else { return faults.append(node.fault("a list of alarms")) }
    readAlarms(elements)
  }

  private mutating func readAlarms(_ alarms: [Node]) {
    for alarm in alarms {
      do throws(Fault) {
        let definition = try AlarmDefinition(alarm)
        try checkName(of: definition, at: alarm)
        definitions.append(definition)
        faults += alarm.unknownKeys(AlarmDefinition.knownKeys)
      } catch {
        faults.append(error.naming(alarm: alarm))
      }
    }
  }

  /// A name is unique per region; an alarm without a region may come to live in any.
  private mutating func checkName(of new: AlarmDefinition, at node: Node) throws(Fault) {
    let regions = regionsByName[new.name] ?? []
    let isTaken = regions.contains { $0 == new.region || $0 == nil || new.region == nil }
    guard isTaken, let name = node["AlarmName"] else {
      regionsByName[new.name] = regions + [new.region]
      return
    }
    let place = new.region.map { " in \($0)" } ?? ""
    throw name.fault("a new name: an alarm of this name is defined already\(place)")
  }
}

extension Fault {
  /// The same fault, saying which alarm it costs.
  fileprivate func naming(alarm: Node) -> Fault {
    guard case .string(let name)? = alarm["AlarmName"]?.value, !expected.contains("this name")
    else {
      return self
    }
    var named = self
    named.expected += " (alarm \(name) is left out)"
    return named
  }
}

extension AlarmDefinition {
  fileprivate init(_ node: Node) throws(Fault) {
    _ = try node.mapping()
    try Self.refuseUnsupported(node)
    self.init(
      name: try Self.name(node), region: nil,
      namespace: try Self.namespace(node),
      metricName: try node.limited("MetricName", 1...255, absent: "MetricName must not be null"),
      dimensions: try Self.dimensions(node["Dimensions"]),
      statistic: try node.required("Statistic").plainStatistic(),
      periodSeconds: try Self.period(node),
      evaluationPeriods: try node.required("EvaluationPeriods").positive(),
      threshold: try node.required("Threshold").number(),
      comparison: try Self.comparison(node.required("ComparisonOperator")))
    try Self.checkSpan(node, periodSeconds)
    datapointsToAlarm = try Self.datapointsToAlarm(node, evaluationPeriods)
    treatMissingData = try Self.treatMissingData(node, namespace: namespace)
    unit = try Self.unit(node["Unit"])
    tags = try Self.pairs(node["Tags"], name: "Key", value: "Value")
    description = try node["AlarmDescription"]?.string()
    actionsEnabled = try node["ActionsEnabled"]?.boolean() ?? true
    okActions = try Self.actions(node["OKActions"])
    alarmActions = try Self.actions(node["AlarmActions"])
    insufficientDataActions = try Self.actions(node["InsufficientDataActions"])
    try place(node)
  }

  /// Region and account: the key `Region` first, then the ARN.
  private mutating func place(_ node: Node) throws(Fault) {
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
