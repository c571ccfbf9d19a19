import Documents
import Telemetry

extension Scenario {
  /// Reads a scenario; where it is at fault, all faults and no scenario.
  package static func parse(_ node: Node) -> (Scenario?, [Fault]) {
    var list = FaultList()
    guard list.attempt({ () throws(Fault) in try node.mapping() }) != nil else {
      return (nil, list.faults)
    }
    list.append(node.unknownKeys(knownKeys))
    let head = Head(node, &list)
    let plan = list.required(node, "topology") { (found) throws(Fault) in found }
      .map { TopologyPlan($0, described: MetricPlan.services(of: node), &list) }
    guard let head, let plan, let topology = node["topology"] else { return (nil, list.faults) }
    var scenario = Scenario(
      name: head.name, start: head.start, durationMilliseconds: head.duration,
      incidentStart: head.start, topology: topology, alarms: [], plan: plan)
    scenario.readRest(of: node, &list)
    scenario.checkNames(in: node, &list)
    return (list.faults.isEmpty ? scenario : nil, list.faults)
  }

  private static let knownKeys: Set<String> = [
    "name", "about", "start", "duration", "incident", "seed", "account", "period", "topology",
    "alarms", "metrics", "traffic", "delivery", "canaries", "writers", "links", "shares", "shapes",
    "silences", "events",
    "truth",
  ]

  /// What no scenario can do without.
  private struct Head {
    var name: String
    var start: Timestamp
    var duration: Int64

    init?(_ node: Node, _ list: inout FaultList) {
      let name = list.required(node, "name") { (found) throws(Fault) in try found.string() }
      let start = list.required(node, "start") { (found) throws(Fault) in try minute(found) }
      let duration = list.required(node, "duration") { (found) throws(Fault) in
        try wholeMinutes(found)
      }
      guard let name, let start, let duration else { return nil }
      (self.name, self.start, self.duration) = (name, start, duration)
    }
  }

  private mutating func readRest(of node: Node, _ list: inout FaultList) {
    about = list.value(node, "about", default: "") { (found) throws(Fault) in try found.string() }
    incidentStart = list.value(node, "incident", default: start) { (found) throws(Fault) in
      try minute(found)
    }
    seed = list.value(node, "seed", default: seed) { (found) throws(Fault) in
      let number = try found.integer()
      guard number >= 0 else { throw found.fault("a whole number of 0 or more") }
      return UInt64(number)
    }
    account = list.value(node, "account", default: account) { (found) throws(Fault) in
      try found.string()
    }
    periodMilliseconds = list.value(node, "period", default: periodMilliseconds) {
      (found) throws(Fault) in try wholeMinutes(found)
    }
    metrics = list.list(node, "metrics") { (metric) throws(Fault) in try MetricPlan(metric) }
    alarms = expandedAlarms(node, &list)
    traffic = Traffic(node["traffic"] ?? Node(.mapping([])), &list)
    delivery = Delivery(node["delivery"] ?? Node(.mapping([])), &list)
    canaries = list.entries(node, "canaries") { (entry) throws(Fault) in try Canary(entry) }
    story = Story(node, plan: plan, &list)
    if let truthNode = node["truth"] { truth = TruthPlan(truthNode, &list) }
  }
}

/// A time on a whole minute, since datapoints are.
private func minute(_ node: Node) throws(Fault) -> Timestamp {
  guard let time = Timestamp(iso8601: try node.string()), time.milliseconds % 60_000 == 0 else {
    throw node.fault("a time on a whole minute such as 2026-10-20T06:48:00Z")
  }
  return time
}

private func wholeMinutes(_ node: Node) throws(Fault) -> Int64 {
  let duration = try node.durationMilliseconds()
  guard duration > 0, duration % 60_000 == 0 else { throw node.fault("a number of whole minutes") }
  return duration
}

extension Traffic {
  fileprivate init(_ node: Node, _ list: inout FaultList) {
    list.append(node.unknownKeys(["peakRequestsPerSecond", "hours", "noise", "shares"]))
    peakRequestsPerSecond = list.value(
      node, "peakRequestsPerSecond", default: peakRequestsPerSecond
    ) { (found) throws(Fault) in try found.number() }
    noise = list.value(node, "noise", default: noise) { (found) throws(Fault) in
      try found.number()
    }
    hours = list.value(node, "hours", default: hours) { (found) throws(Fault) in
      let numbers = try found.list().map { (hour) throws(Fault) in try hour.number() }
      guard numbers.count == 24 else { throw found.fault("a list of 24 numbers, one per hour") }
      return numbers
    }
    shares = list.value(node, "shares", default: shares) { (found) throws(Fault) in
      try readShares(found)
    }
  }
}

/// Reads `{us-east-1: 0.98, eu-west-1: 0.02}`; the parts add up to 1.
func readShares(_ node: Node) throws(Fault) -> [String: Double] {
  var shares: [String: Double] = [:]
  for entry in try node.mapping() {
    let share = try entry.value.number()
    guard (0...1).contains(share) else { throw entry.value.fault("a part from 0 to 1") }
    shares[entry.key] = share
  }
  let total = node.entries?.reduce(0) { $0 + (shares[$1.key] ?? 0) } ?? 0
  guard (total - 1).magnitude < 0.001 else { throw node.fault("shares that add up to 1") }
  return shares
}

extension Delivery {
  fileprivate init(_ node: Node, _ list: inout FaultList) {
    list.append(node.unknownKeys(["delay", "jitter", "missing", "late", "lateBy"]))
    delay = list.value(node, "delay", default: delay, durationRange)
    jitter = list.value(node, "jitter", default: jitter, durationRange)
    missing = list.value(node, "missing", default: missing, readPart)
    late = list.value(node, "late", default: late, readPart)
    lateBy = list.value(node, "lateBy", default: lateBy, durationRange)
  }
}

/// Reads `[30s, 90s]`.
private func durationRange(_ node: Node) throws(Fault) -> ClosedRange<Int64> {
  let bounds = try node.list().map { (bound) throws(Fault) in try bound.durationMilliseconds() }
  guard bounds.count == 2, bounds[0] <= bounds[1] else {
    throw node.fault("a list of two durations such as [30s, 90s]")
  }
  return bounds[0]...bounds[1]
}

func readPart(_ node: Node) throws(Fault) -> Double {
  let number = try node.number()
  guard (0...1).contains(number) else { throw node.fault("a part from 0 to 1") }
  return number
}

extension Canary {
  fileprivate init(_ entry: Node.Entry) throws(Fault) {
    name = entry.key
    watches = try entry.value.required("watches").string()
    runsIn = try entry.value.required("runsIn").string()
    if let fault = entry.value.unknownKeys(["watches", "runsIn"]).first { throw fault }
  }
}
