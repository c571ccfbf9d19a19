import Documents

extension Topology {
  /// Reads the estate from `meridian.yaml`: `name`, `regions`, `deployments` and `services`.
  ///
  /// All faults are collected, so one run names them all; other keys belong to other readers. What
  /// has a fault is left out of the topology.
  package static func parse(
    _ node: Node, catalog: Catalog
  ) -> (topology: Topology, faults: [Fault]) {
    var faults = FaultList()
    var topology = Topology()
    topology.name =
      faults.optional(node["name"]) { (value) throws(Fault) in try value.string() } ?? ""
    for entry in Self.entries(of: node["regions"], &faults) {
      if let region = RegionDefinition.parse(entry, faults: &faults) {
        topology.regions.append(region)
      }
    }
    for entry in Self.entries(of: node["services"], &faults) {
      let reader = ServiceReader(entry: entry, regions: topology.regions, catalog: catalog)
      if let service = reader.service(&faults) { topology.services.append(service) }
    }
    let named = Set((node["services"]?.entries ?? []).map(\.key))
    topology.readDeployments(node, services: named, faults: &faults)
    return (topology, faults.all)
  }

  private static func entries(of node: Node?, _ faults: inout FaultList) -> [Node.Entry] {
    faults.optional(node) { (value) throws(Fault) in try value.mapping() } ?? []
  }

  private mutating func readDeployments(
    _ node: Node, services named: Set<String>, faults: inout FaultList
  ) {
    if let single = node["deployment"] {
      if node["deployments"] != nil {
        faults.add(
          Fault(
            place: single.place, value: "deployment",
            expected: "allowed beside deployments: use one of the two keys"))
      }
      let title = single["name"].flatMap {
        faults.optional($0) { (value) throws(Fault) in try value.string() }
      }
      addDeployment(
        Node.Entry(key: title ?? (name.isEmpty ? "deployment" : name), value: single),
        services: named, faults: &faults)
    }
    for entry in Self.entries(of: node["deployments"], &faults) {
      addDeployment(entry, services: named, faults: &faults)
    }
  }

  private mutating func addDeployment(
    _ entry: Node.Entry, services named: Set<String>, faults: inout FaultList
  ) {
    guard var deployment = Deployment.parse(entry, faults: &faults) else { return }
    if entry.value["services"] == nil { deployment.services = services.map(\.name) }
    for service in entry.value["services"]?.elements ?? []
    where !named.contains(service.excerpt) {
      faults.add(service.fault("the name of one of the services: \(listed(named))"))
    }
    deployment.services.removeAll { name in !services.contains { $0.name == name } }
    deployments.append(deployment)
  }
}

extension RegionDefinition {
  /// `us-east-1: {role: primary, trafficShare: 0.6}`; the role is `active` when none is given.
  static func parse(_ entry: Node.Entry, faults: inout FaultList) -> RegionDefinition? {
    let node = entry.value
    guard node.value != .null else { return RegionDefinition(code: entry.key, role: .active) }
    faults.add(node.unknownKeys(["role", "trafficShare"]))
    return faults.value { () throws(Fault) in
      _ = try node.mapping()
      let role = try node["role"]?.choice(RegionRole.self) ?? .active
      let share = try node["trafficShare"]?.number()
      if let share, let value = node["trafficShare"], !(0...1).contains(share) {
        throw value.fault("a share from 0 to 1")
      }
      return RegionDefinition(code: entry.key, role: role, trafficShare: share)
    }
  }
}

extension Node {
  /// An objective in seconds: a duration that is not negative.
  func objectiveSeconds() throws(Fault) -> Double {
    let milliseconds = try durationMilliseconds()
    guard milliseconds >= 0 else { throw fault("a duration that is not negative") }
    return Double(milliseconds) / 1000
  }

  /// A list of strings; a single string is a list of one.
  func strings() throws(Fault) -> [String] {
    guard elements != nil else { return [try string()] }
    var strings: [String] = []
    for element in try list() { strings.append(try element.string()) }
    return strings
  }
}

/// `a, b, c` in order.
func listed(_ names: some Sequence<String>) -> String {
  let sorted = names.sorted()
  return sorted.isEmpty ? "(there is none)" : sorted.joined(separator: ", ")
}
