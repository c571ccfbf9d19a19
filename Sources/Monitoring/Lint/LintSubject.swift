import Documents
import Telemetry

/// One alarm as the rules see it: the definition, where it stands, and what is known of its metric.
struct LintSubject: Sendable {
  var definition: AlarmDefinition
  /// The mappings that define it, for places, the nearest first; empty where they could not be told.
  var nodes: [Node]
  /// The catalog's entries for the metric; empty for metrics nobody described.
  var known: [Known]
  /// The service whose dimensions the alarm has, where the topology has one.
  var service: ServiceDefinition?
  /// The service's objective, else the strictest of its deployments, in seconds.
  var rpoSeconds: Double?
  /// Other alarms on the same metric and dimensions.
  var siblings: [AlarmDefinition]
  /// What a math alarm computes; nil for an alarm on one metric.
  var math: WatchedMath?
  /// The query of a math alarm that `definition` stands for; nil for the alarm itself.
  var query: Int?

  struct Known: Hashable, Sendable {
    var kind: ServiceKind
    var metric: ServiceMetric
  }

  /// The entry that the rules speak about.
  var metric: ServiceMetric? { known.first?.metric }

  var metricText: String { "\(definition.namespace) \(definition.metricName)" }

  func finding(
    _ rule: LintRule, _ key: String, value: String?, _ message: String, remedy: String
  ) -> LintFinding {
    let place =
      nodes.lazy.compactMap { $0[key]?.place }.first ?? nodes.first?.place.under(key)
      ?? Node.Place(path: key)
    return LintFinding(
      rule: rule, place: place, value: value,
      message: "alarm \(definition.name): \(message)", remedy: remedy)
  }
}

/// Checks definitions against what the catalog knows about their metrics.
package struct Lint: Sendable {
  let catalog: Catalog
  let topology: Topology

  package init(catalog: Catalog, topology: Topology = Topology()) {
    self.catalog = catalog
    self.topology = topology
  }

  /// All findings, by place; `documents` are where the definitions stand.
  package func findings(
    _ definitions: [AlarmDefinition], in documents: [Node]
  ) -> [LintFinding] {
    var nodes: [String: [Node]] = [:]
    for document in documents { Self.collect(document, into: &nodes) }
    var taken: [String: Int] = [:]
    var findings: [LintFinding] = []
    for definition in definitions {
      let number = taken[definition.name, default: 0]
      taken[definition.name] = number + 1
      let found = nodes[definition.name] ?? []
      let node = number < found.count ? found[number] : found.last
      var subject = subject(definition, nodes: node.map { [$0] } ?? [], all: definitions)
      subject.math = WatchedMath(definition)
      for check in allLintChecks { findings += check(subject) }
      for part in parts(of: subject) {
        for check in metricLintChecks { findings += check(part) }
      }
    }
    return findings.sorted()
  }

  func subject(
    _ definition: AlarmDefinition, nodes: [Node], all: [AlarmDefinition] = []
  ) -> LintSubject {
    let known = catalog.kinds.flatMap { kind in
      kind.metrics.filter {
        $0.namespace == definition.namespace && $0.name == definition.metricName
      }.map { LintSubject.Known(kind: kind, metric: $0) }
    }
    let service = service(of: definition, known)
    return LintSubject(
      definition: definition, nodes: nodes, known: known, service: service,
      rpoSeconds: service.flatMap(objective),
      siblings: all.filter {
        $0 != definition && $0.namespace == definition.namespace
          && $0.metricName == definition.metricName
      })
  }

  /// The service of a fitting kind that has one of the alarm's dimensions.
  private func service(
    of definition: AlarmDefinition, _ known: [LintSubject.Known]
  ) -> ServiceDefinition? {
    let kinds = known.map(\.kind.name)
    return topology.services.first { service in
      kinds.contains(service.kind)
        && service.dimensions.contains { own in
          let regions = topology.regions.map(\.code)
          let values = regions.map { own.value.replacing("{region}", with: $0) } + [own.value]
          return definition.dimensions.contains { $0.name == own.name && values.contains($0.value) }
        }
    }
  }

  private func objective(_ service: ServiceDefinition) -> Double? {
    if let own = service.rpoSeconds { return own }
    let groups = topology.deployments.filter { $0.services.contains(service.name) }
    return groups.compactMap(\.rpoSeconds).min()
  }

  /// The mappings with an AlarmName, wherever they stand.
  private static func collect(_ node: Node, into nodes: inout [String: [Node]]) {
    if case .string(let name)? = node["AlarmName"]?.value { nodes[name, default: []].append(node) }
    for entry in node.entries ?? [] { collect(entry.value, into: &nodes) }
    for element in node.elements ?? [] { collect(element, into: &nodes) }
  }
}
