import Documents
import Telemetry

extension ServiceKind {
  /// Reads one catalog document; nil when it cannot be used at all.
  static func parse(_ node: Node, faults: inout FaultList) -> ServiceKind? {
    faults.add(
      node.unknownKeys([
        "kind", "title", "layout", "about", "metrics", "events", "alarms", "samples",
      ]))
    let name = faults.value { () throws(Fault) in try node.required("kind").string() }
    let layout = faults.value { () throws(Fault) in try node.required("layout").choice(Layout.self)
    }
    let title = faults.optional(node["title"]) { (value) throws(Fault) in try value.string() }
    let metrics = faults.value { () throws(Fault) in try node.required("metrics").list() } ?? []
    let events = faults.optional(node["events"]) { (value) throws(Fault) in try value.list() } ?? []
    let read = metrics.compactMap { ServiceMetric.parse($0, faults: &faults) }
    let proofs = events.compactMap { ServiceEvent.parse($0, faults: &faults) }
    guard let name, let layout else { return nil }
    let kind = ServiceKind(
      name: name, title: title ?? name, layout: layout, metrics: read, events: proofs,
      document: node)
    // Parts that were left out would be missed by the others.
    if read.count == metrics.count { faults.add(kind.inconsistencies()) }
    return kind
  }
}

extension ServiceEvent {
  static func parse(_ node: Node, faults: inout FaultList) -> ServiceEvent? {
    faults.add(node.unknownKeys(["name", "proves", "planned", "fenced", "means", "says"]))
    return faults.value { () throws(Fault) in
      ServiceEvent(
        name: try node.required("name").string(),
        proves: try node.required("proves").choice(Proof.self),
        planned: try node["planned"]?.boolean(), fenced: try node["fenced"]?.boolean(),
        means: try node.required("means").string(), says: try node["says"]?.strings() ?? [])
    }
  }
}

extension ServiceMetric {
  private static let keys: Set<String> = [
    "role", "namespace", "name", "dimensions", "unit", "statistic", "period", "publishedIn",
    "alsoPublishedIn", "reporting", "publishingDelay", "secondsPerUnit", "sentinels", "warn",
    "critical", "badWhen", "ratioTo", "ratio", "basis", "absence", "source", "normal",
    "includesReplicated", "measures", "dividedBy", "idleBelow", "idleSaw", "datapointsToAlarm",
    "evaluationPeriods", "drainFactor",
  ]

  static func parse(_ node: Node, faults: inout FaultList) -> ServiceMetric? {
    faults.add(node.unknownKeys(keys))
    return faults.value { () throws(Fault) in
      var metric = ServiceMetric(
        role: try node.required("role").choice(MetricRole.self),
        namespace: try node.required("namespace").string(),
        name: try node.required("name").string())
      try metric.readPlace(node)
      try metric.readValues(node)
      try metric.readMeaning(node)
      return metric
    }
  }

  private mutating func readPlace(_ node: Node) throws(Fault) {
    for entry in try node.required("dimensions").mapping() {
      dimensions.append(try DimensionPattern.parse(entry))
    }
    publishedIn = try Self.place(try node.required("publishedIn"))
    if let second = node["alsoPublishedIn"] { alsoPublishedIn = try Self.place(second) }
    reporting = try node.required("reporting").choice(Reporting.self)
    if let period = node["period"] { periodMilliseconds = try period.durationMilliseconds() }
    if let delay = node["publishingDelay"] {
      publishingDelayMilliseconds = try delay.durationMilliseconds()
    }
    absence = try node["absence"]?.string() ?? ""
    source = try node["source"]?.string() ?? ""
  }

  private mutating func readValues(_ node: Node) throws(Fault) {
    unit = try node["unit"]?.string()
    statistic = try node.required("statistic").plainStatistic()
    secondsPerUnit = try node["secondsPerUnit"]?.number() ?? 1
    warn = try node["warn"]?.number()
    critical = try node["critical"]?.number()
    ratioTo = try node["ratioTo"]?.choice(MetricRole.self)
    basis = try node["basis"]?.choice(Basis.self) ?? .ours
    includesReplicated = try node["includesReplicated"]?.boolean() ?? false
    if let direction = node["badWhen"] {
      isBadWhenLow = try direction.choice(Direction.self) == .low
    }
    for entry in try node["sentinels"]?.list() ?? [] {
      sentinels.append(
        Sentinel(
          value: try entry.required("value").number(),
          means: try entry.required("means").choice(Sentinel.Meaning.self)))
    }
  }

  private mutating func readMeaning(_ node: Node) throws(Fault) {
    isRatio = try node["ratio"]?.boolean() ?? false
    measures = try node["measures"]?.choice(Measure.self) ?? .lag
    dividedBy = try node["dividedBy"]?.choice(MetricRole.self)
    idleBelow = try node["idleBelow"]?.number()
    idleSawMilliseconds = try node["idleSaw"]?.durationMilliseconds()
    drainFactor = try node["drainFactor"]?.number()
    normal = try node["normal"]?.string() ?? ""
    guard let periods = node["evaluationPeriods"] ?? node["datapointsToAlarm"] else { return }
    evaluationPeriods = try node["evaluationPeriods"]?.integer() ?? evaluationPeriods
    datapointsToAlarm = try node["datapointsToAlarm"]?.integer() ?? evaluationPeriods
    guard (1...EstateRules.pointsKept).contains(evaluationPeriods),
      (1...evaluationPeriods).contains(datapointsToAlarm)
    else {
      throw periods.fault(
        "datapointsToAlarm of evaluationPeriods, from 1 of 1 to \(EstateRules.pointsKept) of "
          + "\(EstateRules.pointsKept)")
    }
  }

  private enum Direction: String, CaseIterable { case low, high }

  /// `secondary`, `destination` and `replica` are one place: where a link ends.
  private static func place(_ node: Node) throws(Fault) -> PublishingRegion {
    let text = try node.string()
    switch text {
    case "secondary", "destination", "replica": return .target
    case "source": return .source
    case "local": return .local
    default:
      guard text.split(separator: "-").count >= 3 else {
        throw node.fault("secondary, destination, replica, source, local or a region's code")
      }
      return .fixed(text)
    }
  }
}

extension DimensionPattern {
  /// A name ending in `?` is optional; values are placeholders or literals.
  static func parse(_ entry: Node.Entry) throws(Fault) -> DimensionPattern {
    let isOptional = entry.key.hasSuffix("?")
    let name = isOptional ? String(entry.key.dropLast()) : entry.key
    let text = try entry.value.string()
    let value: Value
    switch text {
    case "{service}": value = .service(regionOf: .publisher)
    case "{service at source}": value = .service(regionOf: .source)
    case "{service at target}": value = .service(regionOf: .target)
    case "{source}": value = .region(.source)
    case "{target}": value = .region(.target)
    case "{healthCheck}": value = .healthCheck
    case "{canary}": value = .canary
    case "{any}": value = .any
    default:
      guard !text.contains("{") else {
        throw entry.value.fault(
          "a literal, {service}, {service at source}, {service at target}, {source}, {target}, "
            + "{healthCheck}, {canary} or {any}")
      }
      value = .literal(text)
    }
    return DimensionPattern(name: name, value: value, isOptional: isOptional)
  }
}
