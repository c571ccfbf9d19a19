import Documents
import Telemetry

extension Story {
  init(_ node: Node, plan: TopologyPlan, _ list: inout FaultList) {
    let known = plan.regions
    for (service, steps) in list.entries(
      node, "writers",
      { (entry) throws(Fault) in
        (entry.key, try Steps(entry.value) { (node) throws(Fault) in try readWriters(node, known) })
      })
    {
      writers[service] = steps
    }
    for service in plan.services where writers[service.name] == nil {
      guard let primary = service.primary else { continue }
      writers[service.name] = Steps(steps: [.init(offset: offsetOfStart, value: [primary])])
    }
    links = list.list(node, "links") { (link) throws(Fault) in try LinkFact(link) }
    shifts = list.entries(node, "shares") { (entry) throws(Fault) in
      Shift(offset: try offset(of: entry), shares: try readShares(entry.value))
    }
    shapes = list.list(node, "shapes") { (shape) throws(Fault) in try Shape(shape) }
    silences = list.list(node, "silences") { (silence) throws(Fault) in try Silence(silence) }
    events = list.list(node, "events") { (event) throws(Fault) in try EventPlan(event) }
  }
}

/// A region, a list of regions that all write, or `none`.
private func readWriters(_ node: Node, _ known: [String]) throws(Fault) -> [String] {
  guard let regions = node.elements else {
    let word = try oneOf(known + ["none"], node)
    return word == "none" ? [] : [word]
  }
  return try regions.map { (region) throws(Fault) in try oneOf(known, region) }
}

/// One of some words that the scenario itself has introduced.
private func oneOf(_ words: [String], _ node: Node) throws(Fault) -> String {
  let word = try node.string()
  guard words.contains(word) else {
    throw node.fault("one of " + words.joined(separator: ", "))
  }
  return word
}

/// Fails at the first key that is not known.
private func expectKeys(_ known: Set<String>, in node: Node) throws(Fault) {
  _ = try node.mapping()
  if let fault = node.unknownKeys(known).first { throw fault }
}

func readOffset(_ node: Node) throws(Fault) -> Int64 {
  guard let offset = parseOffset(try node.string()) else {
    throw node.fault("an offset from the incident such as 3m10s or -30m")
  }
  return offset
}

extension LinkFact {
  fileprivate init(_ node: Node) throws(Fault) {
    try expectKeys(["service", "from", "to", "stops", "resumes", "caughtUp", "lag"], in: node)
    service = try node.required("service").string()
    from = try node["from"]?.string()
    to = try node["to"]?.string()
    stops = try node["stops"].map(readOffset)
    resumes = try node["resumes"].map(readOffset)
    caughtUp = try node["caughtUp"].map(readOffset)
    lag = try node["lag"].map { (points) throws(Fault) in
      try ControlPoints(points) { (lag) throws(Fault) in
        Double(try lag.durationMilliseconds()) / 1000
      }
    }
  }
}

extension MetricPattern {
  static let keys: Set<String> = ["metric", "service", "region", "dimension"]

  fileprivate init(_ node: Node) throws(Fault) {
    if let list = node["metric"]?.elements {
      metrics = try list.map { (name) throws(Fault) in try name.string() }
    } else {
      metrics = try node["metric"].map { (name) throws(Fault) in [try name.string()] }
    }
    service = try node["service"]?.string()
    region = try node["region"]?.string()
    dimension = try node["dimension"]?.string()
  }
}

extension Shape {
  fileprivate init(_ node: Node) throws(Fault) {
    try expectKeys(MetricPattern.keys.union(["set", "multiply"]), in: node)
    pattern = try MetricPattern(node)
    set = try node["set"].map { (points) throws(Fault) in
      try ControlPoints(points) { (value) throws(Fault) in try value.number() }
    }
    multiply = try node["multiply"].map { (points) throws(Fault) in
      try ControlPoints(points) { (value) throws(Fault) in try value.number() }
    }
    if set == nil, multiply == nil { throw node.fault("a shape with the key set or multiply") }
  }
}

extension Silence {
  fileprivate init(_ node: Node) throws(Fault) {
    try expectKeys(MetricPattern.keys.union(["from", "to", "share", "backfill"]), in: node)
    pattern = try MetricPattern(node)
    from = try readOffset(try node.required("from"))
    to = try readOffset(try node.required("to"))
    share = try node["share"].map(readPart) ?? 1
    backfill = try node["backfill"].map(readOffset)
  }
}

extension EventPlan {
  fileprivate init(_ node: Node) throws(Fault) {
    try expectKeys(
      [
        "at", "delay", "rds", "call", "event", "source", "note", "region", "subject", "message",
        "parameters", "by",
      ], in: node)
    offset = try readOffset(try node.required("at"))
    kind = try Self.kind(node)
    delayMilliseconds =
      try node["delay"]?.durationMilliseconds() ?? Self.usualDelay(of: kind)
    region = try node["region"]?.string() ?? ""
    subject = try node["subject"]?.string() ?? ""
    message = try (node["message"] ?? node["note"])?.string() ?? ""
    by = try node["by"]?.string() ?? ""
    parameters = try (node["parameters"]?.mapping() ?? []).map { (entry) throws(Fault) in
      Parameter(name: entry.key, value: try entry.value.string())
    }
  }

  private static func kind(_ node: Node) throws(Fault) -> Kind {
    if let identifier = node["rds"] { return .rds(try identifier.string()) }
    if node["note"] != nil { return .note }
    if let name = node["event"] {
      return .event(source: try node.required("source").string(), name: try name.string())
    }
    guard let call = node["call"] else {
      throw node.fault("an event with rds, call, event or note")
    }
    let parts = try call.string().split(separator: ":")
    guard parts.count == 2 else {
      throw call.fault("a service and a call such as rds:FailoverGlobalCluster")
    }
    return .call(source: "\(parts[0]).amazonaws.com", name: String(parts[1]))
  }

  /// EventBridge takes seconds, CloudTrail minutes.
  private static func usualDelay(of kind: Kind) -> Int64 {
    switch kind {
    case .rds, .event: 8_000
    case .call: 95_000
    case .note: 0
    }
  }
}
