import Documents
import Telemetry

/// The rules of PutMetricAlarm, field by field, with CloudWatch's messages where it has one.
extension AlarmDefinition {
  static func name(_ node: Node) throws(Fault) -> String {
    let name = try node.limited("AlarmName", 1...255, absent: "AlarmName must not be null")
    if name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
      throw try node.required("AlarmName").fault("free of control characters")
    }
    return name
  }

  static func namespace(_ node: Node) throws(Fault) -> String {
    let namespace = try node.limited("Namespace", 1...255, absent: "Namespace must not be null")
    if namespace.hasPrefix(":") {
      throw try node.required("Namespace").fault("a namespace that does not start with a colon")
    }
    return namespace
  }

  static func period(_ node: Node) throws(Fault) -> Int {
    let field = try node.required("Period")
    let period = try field.integer()
    guard [10, 20, 30].contains(period) || (period > 0 && period % 60 == 0) else {
      throw field.fault("accepted: Period must be 10, 20, 30 or a multiple of 60")
    }
    return period
  }

  /// The longest stretch an alarm may look at: a day, or a week for periods of an hour and more.
  static func checkSpan(_ node: Node, _ period: Int) throws(Fault) {
    let field = try node.required("EvaluationPeriods")
    let (limit, words, relation) =
      period < 3600 ? (86_400, "a day", "<") : (604_800, "a week", ">=")
    guard try field.positive() > limit / period else { return }
    throw field.fault(
      "accepted: Metrics cannot be checked across more than \(words) (EvaluationPeriods * Period "
        + "must be <= \(limit)) for alarms using period \(relation) 3600")
  }

  static func datapointsToAlarm(_ node: Node, _ evaluationPeriods: Int) throws(Fault) -> Int? {
    guard let field = node["DatapointsToAlarm"] else { return nil }
    let count = try field.positive()
    if count > evaluationPeriods {
      throw field.fault("at most EvaluationPeriods, which is \(evaluationPeriods)")
    }
    return count
  }

  static func comparison(_ field: Node) throws(Fault) -> ComparisonOperator {
    let comparison = try field.choice(ComparisonOperator.self)
    if comparison.isBand {
      throw field.fault("allowed without ThresholdMetricId: it needs an anomaly detection band")
    }
    return comparison
  }

  /// CloudWatch's alarms on AWS/DynamoDB ignore missing data unless told otherwise.
  static func treatMissingData(
    _ node: Node, namespace: String
  ) throws(Fault) -> TreatMissingData {
    guard let field = node["TreatMissingData"] else {
      return namespace == "AWS/DynamoDB" ? .ignore : .missing
    }
    let text = try field.string()
    guard let setting = TreatMissingData(rawValue: text) else {
      throw field.fault(
        "accepted: The value \(text) is not supported for TreatMissingData parameter. Supported "
          + "values are [breaching, notBreaching, ignore, missing].")
    }
    return setting
  }

  static func unit(_ field: Node?) throws(Fault) -> String? {
    guard let field else { return nil }
    let unit = try field.string()
    guard standardUnits.contains(unit) else {
      throw field.fault("one of CloudWatch's units: " + standardUnits.joined(separator: ", "))
    }
    return unit
  }

  /// A list of `Name` and `Value`, or a mapping from name to value.
  static func dimensions(_ field: Node?) throws(Fault) -> [Dimension] {
    let dimensions = try pairs(field, name: "Name", value: "Value")
    if let field, dimensions.count > 30 { throw field.fault("at most 30 dimensions") }
    for (index, dimension) in dimensions.enumerated() {
      try check(dimension.name, "dimension name", 1...255, field)
      try check(dimension.value, "dimension value", 1...1024, field)
      if index > 0, dimensions[index - 1].name == dimension.name {
        throw Fault(
          place: field?.place ?? Node.Place(), value: dimension.name,
          expected: "a new dimension name: each may occur once")
      }
    }
    return dimensions
  }

  private static func check(
    _ text: String, _ what: String, _ lengths: ClosedRange<Int>, _ field: Node?
  ) throws(Fault) {
    let isPrintable = text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    guard let field, !isPrintable || !lengths.contains(text.utf8.count) else { return }
    throw Fault(
      place: field.place, value: text,
      expected: "a \(what) of \(lengths.lowerBound) to \(lengths.upperBound) ASCII characters")
  }

  static func pairs(
    _ field: Node?, name: String, value: String
  ) throws(Fault) -> [Dimension] {
    guard let field else { return [] }
    var pairs: [Dimension] = []
    if let entries = field.entries {
      for entry in entries {
        pairs.append(Dimension(name: entry.key, value: try entry.value.string()))
      }
    } else {
      for element in try field.list() {
        let key = try element.required(name).string()
        pairs.append(Dimension(name: key, value: try element.required(value).string()))
      }
    }
    return pairs.sorted()
  }

  static func tags(_ field: Node?) throws(Fault) -> [Dimension] {
    let tags = try pairs(field, name: "Key", value: "Value")
    if let field, tags.count > 50 { throw field.fault("at most 50 tags") }
    return tags
  }

  static func description(_ field: Node?) throws(Fault) -> String? {
    guard let field else { return nil }
    let text = try field.string()
    if text.count > 1024 { throw field.fault("at most 1024 characters long") }
    return text
  }

  static func actions(_ field: Node?) throws(Fault) -> [String] {
    guard let field else { return [] }
    var actions: [String] = []
    for element in try field.list() {
      let action = try element.string()
      guard (1...1024).contains(action.count) else {
        throw element.fault("1 to 1024 characters long")
      }
      actions.append(action)
    }
    if actions.count > 5 { throw field.fault("at most 5 actions") }
    return actions
  }

  /// ActionConfiguration changes what is sent and not what is evaluated: it is checked only.
  static func checkActionConfiguration(_ field: Node?) throws(Fault) {
    guard let field else { return }
    try field.refuse(keysOutside: ["AlarmTagsPropagation"])
    guard let tags = field["AlarmTagsPropagation"] else { return }
    let lists = ["IncludedTagKeys", "ExcludedTagKeys"]
    try tags.refuse(keysOutside: Set(["Enabled"] + lists))
    _ = try tags["Enabled"]?.boolean()
    for list in lists.compactMap({ tags[$0] }) {
      guard (1...50).contains(try list.list().count) else { throw list.fault("1 to 50 tag keys") }
    }
    if tags[lists[0]] != nil, let second = tags[lists[1]] {
      throw second.fault("allowed beside IncludedTagKeys: one of the two")
    }
  }

  /// Refuses actions that some kinds of alarms cannot run.
  static func refuse(
    actions prefixes: [String], _ expected: String, in node: Node
  ) throws(Fault) {
    for key in ["AlarmActions", "OKActions", "InsufficientDataActions"] {
      for action in try node[key]?.list() ?? [] {
        let target = try action.string()
        if prefixes.contains(where: target.hasPrefix) { throw action.fault(expected) }
      }
    }
  }

  /// What this version does not evaluate, each with its reason.
  static func refuseUnsupported(_ node: Node) throws(Fault) {
    for (key, subject) in unsupported {
      guard let field = node[key], field.elements?.isEmpty != true else { continue }
      throw Fault(
        place: field.place, value: key, expected: "evaluated in this version (\(subject))")
    }
  }

  private static let unsupported = [
    ("EvaluationCriteria", "PromQL alarm")
  ]

  /// The keys of PutMetricAlarm and DescribeAlarms, and our `Region` and `EvaluationDelay`.
  static let knownKeys: Set<String> = [
    "AlarmName", "AlarmArn", "AlarmDescription", "AlarmConfigurationUpdatedTimestamp",
    "ActionsEnabled", "OKActions", "AlarmActions", "InsufficientDataActions", "StateValue",
    "StateReason", "StateReasonData", "StateUpdatedTimestamp", "StateTransitionedTimestamp",
    "MetricName", "Namespace", "Statistic", "ExtendedStatistic", "Dimensions", "Period", "Unit",
    "EvaluationPeriods", "DatapointsToAlarm", "Threshold", "ComparisonOperator",
    "TreatMissingData", "EvaluateLowSampleCountPercentile", "Metrics", "ThresholdMetricId", "Tags",
    "EvaluationState", "EvaluationCriteria", "EvaluationInterval", "EvaluationWindow",
    "WarmUpConfiguration", "AnomalyDetectorConfiguration", "ActionConfiguration", "Region",
    "EvaluationDelay",
  ]

  /// CloudWatch's StandardUnit values.
  static let standardUnits = [
    "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes",
    "Terabytes", "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count",
    "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second",
    "Terabytes/Second", "Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second",
    "Terabits/Second", "Count/Second", "None",
  ]
}

extension Node {
  /// A text under a key, of a length that CloudWatch accepts.
  func limited(
    _ key: String, _ lengths: ClosedRange<Int>, absent: String
  ) throws(Fault) -> String {
    guard let field = self[key] else {
      throw Fault(place: place.under(key), value: nil, expected: "the key \(key): \(absent)")
    }
    let text = try field.string()
    guard lengths.contains(text.count) else {
      throw field.fault("\(lengths.lowerBound) to \(lengths.upperBound) characters long")
    }
    return text
  }

  func positive() throws(Fault) -> Int {
    let number = try integer()
    guard number >= 1 else { throw fault("a whole number of at least 1") }
    return number
  }
}
