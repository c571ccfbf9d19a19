import Documents

extension CompositeAlarm {
  /// The fault of a rule with a condition on a region, deployment or service that is not there.
  package func unknownCondition(in topology: Topology, of name: String) -> Fault? {
    for condition in expression.conditions {
      guard let unknown = condition.subject.unknownName(in: topology) else { continue }
      return Fault(
        place: place, value: condition.text,
        expected: "a condition on this estate, which has no \(unknown) (alarm \(name) is left out)")
    }
    return nil
  }
}

extension EstateCondition.Subject {
  /// `deployment orders`, `region us-east-1`: what the topology does not have; nil: it has it all.
  fileprivate func unknownName(in topology: Topology) -> String? {
    switch self {
    case .readiness(let deployment, let region, _):
      topology.missing(deployment: deployment) ?? region.flatMap(topology.missing(region:))
    case .recoveryPoint(let name, let region, _, _):
      topology.missing(deploymentOrService: name) ?? region.flatMap(topology.missing(region:))
    case .failover(let deployment, _, _), .writers(let deployment, _, _):
      topology.missing(deployment: deployment)
    case .writer(let deployment, _, let region):
      topology.missing(deployment: deployment) ?? topology.missing(region: region)
    case .health(let region, _, _): topology.missing(region: region)
    }
  }
}

extension Topology {
  fileprivate func missing(region: String) -> String? {
    regions.contains { $0.code == region } ? nil : "region \(region)"
  }

  fileprivate func missing(deployment: String) -> String? {
    deployments.contains { $0.name == deployment } ? nil : "deployment \(deployment)"
  }

  fileprivate func missing(deploymentOrService name: String) -> String? {
    services.contains { $0.name == name }
      ? nil : missing(deployment: name).map { $0 + " or service of this name" }
  }
}
