import Documents
import Telemetry

/// What the scenario states to be true, in offsets.
struct TruthPlan: Hashable, Sendable {
  /// How long after a change an observer may still say what was.
  var settleMilliseconds: Int64 = 360_000
  var regions: [Course] = []
  var links: [Course] = []
  var deployments: [Deployment] = []
  var redAlarms: [String]?
  var instants: [Instant] = []

  struct Course: Hashable, Sendable {
    var subject: [String]
    var words: Steps<[String]>
  }

  struct Deployment: Hashable, Sendable {
    var name: String
    var states: Steps<[String]>
    var recovery: Recovery?
  }

  /// When users first suffered, when they were served again, how exactly that can be seen.
  struct Recovery: Hashable, Sendable {
    var began: Int64
    var restored: Int64
    var rpoToleranceSeconds: Double
    var rtoToleranceSeconds: Double
  }

  struct Instant: Hashable, Sendable {
    var name: String
    var offset: Int64
    var exitCode: Int
  }
}

extension TruthPlan {
  init(_ node: Node, _ list: inout FaultList) {
    list.append(
      node.unknownKeys(["settle", "regions", "links", "deployments", "redAlarms", "instants"]))
    settleMilliseconds = list.value(node, "settle", default: settleMilliseconds) {
      (found) throws(Fault) in try found.durationMilliseconds()
    }
    regions = list.entries(node, "regions") { (entry) throws(Fault) in
      Course(subject: [entry.key], words: try Steps(entry.value, value: words))
    }
    links = list.entries(node, "links") { (entry) throws(Fault) in
      let parts = entry.key.split(separator: " ").map(String.init)
      guard parts.count == 3 else {
        throw Fault(
          place: entry.value.place, value: entry.key,
          expected: "a service and two regions such as orders-db us-east-1 eu-west-1")
      }
      return Course(subject: parts, words: try Steps(entry.value, value: words))
    }
    deployments = list.entries(node, "deployments") { (entry) throws(Fault) in
      try Deployment(entry)
    }
    if node["redAlarms"] != nil {
      redAlarms = list.list(node, "redAlarms") { (name) throws(Fault) in try name.string() }
    }
    instants = list.entries(node, "instants") { (entry) throws(Fault) in try Instant(entry) }
  }
}

/// One word, or a list of words of which each is right.
private func words(_ node: Node) throws(Fault) -> [String] {
  guard let elements = node.elements else { return [try node.string()] }
  return try elements.map { (word) throws(Fault) in try word.string() }
}

extension TruthPlan.Deployment {
  fileprivate init(_ entry: Node.Entry) throws(Fault) {
    if let fault = entry.value.unknownKeys(["states", "recovery"]).first { throw fault }
    name = entry.key
    states = try Steps(try entry.value.required("states"), value: words)
    recovery = try entry.value["recovery"].map { (node) throws(Fault) in
      try TruthPlan.Recovery(node)
    }
  }
}

extension TruthPlan.Recovery {
  fileprivate init(_ node: Node) throws(Fault) {
    let known: Set<String> = ["began", "restored", "rpoTolerance", "rtoTolerance"]
    if let fault = node.unknownKeys(known).first { throw fault }
    began = try readOffset(try node.required("began"))
    restored = try readOffset(try node.required("restored"))
    rpoToleranceSeconds = try Self.seconds(node["rpoTolerance"]) ?? 120
    rtoToleranceSeconds = try Self.seconds(node["rtoTolerance"]) ?? 240
  }

  private static func seconds(_ node: Node?) throws(Fault) -> Double? {
    guard let node else { return nil }
    return Double(try node.durationMilliseconds()) / 1000
  }
}

extension TruthPlan.Instant {
  fileprivate init(_ entry: Node.Entry) throws(Fault) {
    if let fault = entry.value.unknownKeys(["at", "exitCode"]).first { throw fault }
    name = entry.key
    offset = try readOffset(try entry.value.required("at"))
    exitCode = try entry.value.required("exitCode").integer()
  }
}
