import Documents
import Telemetry

extension Deployment {
  private static let keys: Set<String> = [
    "name", "model", "rpo", "rto", "services", "routing", "ttl", "plan", "drill", "practice",
    "readiness", "minimumDistance", "lockOut",
  ]

  static func parse(_ entry: Node.Entry, faults: inout FaultList) -> Deployment? {
    let node = entry.value
    faults.add(node.unknownKeys(Self.keys))
    let known = faults.count
    let deployment = faults.value { () throws(Fault) in
      _ = try node.mapping()
      var deployment = Deployment(
        name: entry.key,
        model: try node["model"]?.choice(DeploymentModel.self) ?? .activePassive,
        rpoSeconds: try node["rpo"]?.objectiveSeconds(),
        rtoSeconds: try node["rto"]?.objectiveSeconds(),
        services: try node["services"]?.strings() ?? [])
      try deployment.readHabits(node)
      return deployment
    }
    guard var deployment else { return nil }
    if let practice = node["practice"] { deployment.practice.read(practice, &faults) }
    for step in faults.optional(node["plan"], { (plan) throws(Fault) in try plan.list() }) ?? [] {
      if let step = PlanStep.parse(step, faults: &faults) { deployment.plan.append(step) }
    }
    return faults.count == known ? deployment : nil
  }

  private mutating func readHabits(_ node: Node) throws(Fault) {
    routing = try node["routing"]?.choice(TrafficRouting.self)
    timeToLiveSeconds = try node["ttl"]?.objectiveSeconds()
    lockOutSeconds = try node["lockOut"]?.objectiveSeconds() ?? lockOutSeconds
    if let distance = node["minimumDistance"] {
      minimumDistanceKilometres = try distance.number()
      guard minimumDistanceKilometres >= 0 else { throw distance.fault("kilometres") }
    }
    if let drill = node["drill"] { drills = try DrillWindow.parse(drill) }
    for entry in try node["readiness"]?.mapping() ?? [] {
      alarmChecks.append(Dimension(name: entry.key, value: try entry.value.string()))
    }
  }
}

extension Practice {
  private static let keys: Set<String> = [
    "lastDrill", "lastRestore", "drillEvery", "restoreEvery",
  ]

  /// `{lastDrill: 2026-05-14, drillEvery: 90d, lastRestore: …, restoreEvery: 30d}`.
  mutating func read(_ node: Node, _ faults: inout FaultList) {
    faults.add(node.unknownKeys(Self.keys))
    isConfigured = true
    let time = { (node: Node) throws(Fault) in try node.instant() }
    let seconds = { (node: Node) throws(Fault) in try node.objectiveSeconds() }
    lastDrill = faults.optional(node["lastDrill"], time)
    lastRestore = faults.optional(node["lastRestore"], time)
    drillEverySeconds = faults.optional(node["drillEvery"], seconds) ?? drillEverySeconds
    restoreEverySeconds = faults.optional(node["restoreEvery"], seconds) ?? restoreEverySeconds
  }
}

extension DrillWindow {
  /// `true`, `{from: T, to: T}` or a list of those.
  fileprivate static func parse(_ node: Node) throws(Fault) -> [DrillWindow] {
    if node.entries == nil, node.elements == nil {
      return try node.boolean() ? [DrillWindow()] : []
    }
    var windows: [DrillWindow] = []
    for element in node.elements ?? [node] {
      _ = try element.mapping()
      if let fault = element.unknownKeys(["from", "to"]).first { throw fault }
      windows.append(
        DrillWindow(from: try element["from"]?.instant(), to: try element["to"]?.instant()))
    }
    return windows
  }
}

extension PlanStep {
  /// `{step: promote the database, action: promote, region: eu-west-1, takes: 2m}`, or the action alone.
  static func parse(_ node: Node, faults: inout FaultList) -> PlanStep? {
    faults.value { () throws(Fault) in
      guard node.entries != nil else {
        let action = try node.choice(PlanAction.self)
        return PlanStep(name: action.rawValue, action: action)
      }
      if let fault = node.unknownKeys(["step", "action", "region", "takes"]).first { throw fault }
      let action = try node.required("action").choice(PlanAction.self)
      return PlanStep(
        name: try node["step"]?.string() ?? action.rawValue, action: action,
        region: try node["region"]?.string(), takesSeconds: try node["takes"]?.objectiveSeconds())
    }
  }
}

extension Node {
  /// An instant: RFC 3339, a day, or epoch seconds.
  func instant() throws(Fault) -> Timestamp {
    let text = try string()
    guard let time = Timestamp(text: text) ?? Timestamp(text: text + "T00:00:00Z") else {
      throw fault("a time such as 2026-05-14T09:00:00Z")
    }
    return time
  }
}
