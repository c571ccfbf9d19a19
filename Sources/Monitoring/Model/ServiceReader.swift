import Documents
import Telemetry

/// Reads one service of `meridian.yaml`, in the form its kind asks for.
struct ServiceReader {
  let entry: Node.Entry
  let regions: [RegionDefinition]
  let catalog: Catalog

  private static let keys: Set<String> = [
    "kind", "primary", "replicas", "regions", "region", "from", "to", "dimensions", "rpo",
    "healthChecks", "canaries", "origin", "required", "quota", "schedule",
    "capacity", "versions", "headless",
  ]

  private var node: Node { entry.value }

  /// The service; nil when it has a fault.
  func service(_ faults: inout FaultList) -> ServiceDefinition? {
    let known = faults.count
    faults.add(node.unknownKeys(Self.keys))
    let kind = faults.value { () throws(Fault) in try knownKind() }
    let dimensions = faults.value { () throws(Fault) in try pairs("dimensions") } ?? []
    let rpo = faults.optional(node["rpo"]) { (value) throws(Fault) in try value.objectiveSeconds() }
    var service = ServiceDefinition(
      name: entry.key, kind: kind?.name ?? "", dimensions: dimensions, rpoSeconds: rpo)
    if let kind { readRegions(of: kind, into: &service, &faults) }
    service.required = amounts("required", &faults)
    service.capacity = amounts("capacity", &faults)
    service.versions = faults.value { () throws(Fault) in try pairs("versions") } ?? []
    for version in node["versions"]?.entries ?? [] { requireKnown(version, &faults) }
    service.headless = members(["headless"], &faults)
    service.quota = amounts("quota", &faults)
    service.scheduleMilliseconds = faults.optional(node["schedule"]) { (value) throws(Fault) in
      let schedule = try value.durationMilliseconds()
      guard schedule > 0 else { throw value.fault("a duration above zero") }
      return schedule
    }
    return faults.count == known ? service : nil
  }

  private func knownKind() throws(Fault) -> ServiceKind {
    let name = try node.required("kind")
    guard let kind = catalog[try name.string()] else {
      throw name.fault("a kind of service that is known: \(listed(catalog.kinds.map(\.name)))")
    }
    return kind
  }

  private func readRegions(
    of kind: ServiceKind, into service: inout ServiceDefinition, _ faults: inout FaultList
  ) {
    switch kind.layout {
    case .primaryAndReplicas, .sourceToTargets:
      service.primary = source(&faults)
      service.replicas = members(["replicas", "to", "regions"], &faults)
        .filter { $0 != service.primary }
      if service.replicas.isEmpty { missing("replicas (or to) with at least one region", &faults) }
    case .multiWriter:
      service.replicas = members(["regions", "replicas"], &faults)
      if let primary = source(&faults, isRequired: false), !service.replicas.contains(primary) {
        service.replicas.insert(primary, at: 0)
      }
      if service.replicas.count < 2 { missing("regions with at least two regions", &faults) }
    case .regional:
      service.replicas = members(["regions", "region"], &faults)
      if service.replicas.isEmpty { service.replicas = regions.map(\.code) }
    case .healthChecks:
      service.healthChecks = faults.value { () throws(Fault) in try pairs("healthChecks") } ?? []
      for check in node["healthChecks"]?.entries ?? [] { requireKnown(check, &faults) }
      service.replicas = service.healthChecks.map(\.name)
      if service.replicas.isEmpty {
        missing("healthChecks with a health check per region", &faults)
      }
    case .canaries:
      service.canaries = canaries(&faults)
      for canary in service.canaries where !service.replicas.contains(canary.watches) {
        service.replicas.append(canary.watches)
      }
      if service.canaries.isEmpty { missing("canaries with one canary at least", &faults) }
    case .edge: service.primary = source(&faults)
    }
  }

  /// `checkout: {watches: us-east-1, runsIn: eu-west-1}`; from inside it would go blind together with
  /// what it watches.
  private func canaries(_ faults: inout FaultList) -> [CanaryDefinition] {
    let entries = faults.optional(node["canaries"]) { (value) throws(Fault) in try value.mapping() }
    return (entries ?? []).compactMap { entry in
      faults.add(entry.value.unknownKeys(["watches", "runsIn"]))
      guard let watches = required("watches", of: entry, &faults),
        let runsIn = required("runsIn", of: entry, &faults)
      else { return nil }
      guard watches != runsIn else {
        faults.add(
          Fault(
            place: entry.value.place.under("runsIn"), value: runsIn,
            expected: "another region than the one it watches"))
        return nil
      }
      return CanaryDefinition(name: entry.key, watches: watches, runsIn: runsIn)
    }
  }

  private func required(
    _ key: String, of entry: Node.Entry, _ faults: inout FaultList
  ) -> String? {
    guard let value = faults.value({ () throws(Fault) in try entry.value.required(key) }) else {
      return nil
    }
    return region(value, &faults)
  }

  /// One number for all regions, or a number for each.
  private func amounts(_ key: String, _ faults: inout FaultList) -> [RegionAmount] {
    guard let value = node[key] else { return [] }
    let entries = value.entries ?? [Node.Entry(key: "", value: value)]
    return entries.compactMap { entry in
      let number = faults.value { () throws(Fault) in
        let number = try entry.value.number()
        guard number >= 0 else { throw entry.value.fault("a number that is not negative") }
        return number
      }
      guard !entry.key.isEmpty else { return number.map { RegionAmount(value: $0) } }
      requireKnown(entry, &faults)
      return number.map { RegionAmount(region: entry.key, value: $0) }
    }
  }

  /// `primary`, `from` or `origin`; without them the one region that the plan calls primary.
  private func source(_ faults: inout FaultList, isRequired: Bool = true) -> String? {
    if let given = node["primary"] ?? node["from"] ?? node["origin"] {
      return region(given, &faults)
    }
    guard isRequired else { return nil }
    let planned = regions.filter { $0.role == .primary }
    if planned.count == 1 { return planned[0].code }
    missing("primary (or from)", &faults)
    return nil
  }

  private func members(_ keys: [String], _ faults: inout FaultList) -> [String] {
    var result: [String] = []
    for node in keys.compactMap({ node[$0] }) {
      for value in node.elements ?? [node] {
        if let code = region(value, &faults), !result.contains(code) { result.append(code) }
      }
    }
    return result
  }

  /// The code of a region that the plan knows; else a fault.
  private func region(_ node: Node, _ faults: inout FaultList) -> String? {
    faults.value { () throws(Fault) in
      let code = try node.string()
      guard regions.contains(where: { $0.code == code }) else {
        throw node.fault("one of the regions: \(listed(regions.map(\.code)))")
      }
      return code
    }
  }

  private func requireKnown(_ entry: Node.Entry, _ faults: inout FaultList) {
    guard !regions.contains(where: { $0.code == entry.key }) else { return }
    faults.add(
      Fault(
        place: entry.value.place, value: entry.key,
        expected: "one of the regions: \(listed(regions.map(\.code)))"))
  }

  private func pairs(_ key: String) throws(Fault) -> [Dimension] {
    guard let value = node[key] else { return [] }
    var pairs: [Dimension] = []
    for entry in try value.mapping() {
      pairs.append(Dimension(name: entry.key, value: try entry.value.string()))
    }
    return pairs
  }

  private func missing(_ what: String, _ faults: inout FaultList) {
    // A key that is there but wrong has its fault already.
    guard
      faults.count == 0
        || !faults.all.contains(where: { $0.place.path.hasPrefix(node.place.path + ".") })
    else { return }
    faults.add(Fault(place: node.place, value: nil, expected: what))
  }
}
