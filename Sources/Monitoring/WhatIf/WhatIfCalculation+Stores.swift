import Telemetry

extension ServiceKind {
  /// Whether what had not been replicated is gone, and does not come with its region: who goes on with
  /// another primary, or with a copy that was restored, has left it behind.
  fileprivate var loses: Bool { layout.hasOneWriter || metric(.lag)?.measures != .lag }
}

extension WhatIfCalculation {
  /// Every service that replicates, or holds something that does not.
  var stores: [WhatIf.StoreLoss] {
    topology.services.indices.compactMap(store).sorted { $0.service < $1.service }
  }

  private func store(_ index: Int) -> WhatIf.StoreLoss? {
    let service = topology.services[index]
    guard let kind = estate.catalog[service.kind], kind.layout.replicates,
      topology.members(of: service).contains(lost)
    else { return nil }
    let out = links.filter { $0.service == service.name && $0.from == code && $0.to != code }
    let source = writer(of: index)
    if let source, source != code {
      return WhatIf.StoreLoss(
        service: service.name, kind: service.kind, effect: .unprotected, target: source)
    }
    let target = heir(of: service, among: out)
    var loss = WhatIf.StoreLoss(
      service: service.name, kind: service.kind,
      effect: kind.loses ? .lost : .late, target: target?.to)
    loss.lagSeconds = target?.lagSeconds
    loss.ageSeconds = target?.ageSeconds
    loss.seconds = target?.rpoNowSeconds
    loss.objectiveSeconds = target?.rpoSeconds ?? service.rpoSeconds
    if let target, loss.objectiveSeconds != nil, loss.seconds != nil {
      loss.breaksObjective = target.state == .breached || target.state == .broken
    }
    return loss
  }

  /// The region a store's data comes from; nil where every region writes.
  private func writer(of index: Int) -> String? {
    if let watch = estate.writers.first(where: { $0.service == index }) {
      let primary = estate.primaries[index].at(moment.time)?.region ?? watch.primary
      return topology.regions[primary].code
    }
    let service = topology.services[index]
    return estate.catalog[service.kind]?.layout == .sourceToTargets ? service.primary : nil
  }

  /// The copy that would take over: in the deployment's best standby if there is one, else the nearest
  /// behind.
  private func heir(of service: ServiceDefinition, among out: [LinkReading]) -> LinkReading? {
    let group = topology.deployments.first { $0.services.contains(service.name) }
    let standbys = failovers.first { $0.group == group?.name }?.standbys.map(\.region) ?? []
    for region in standbys {
      if let link = out.first(where: { $0.to == region }) { return link }
    }
    return out.min {
      ($0.rpoNowSeconds ?? .infinity, $0.to) < ($1.rpoNowSeconds ?? .infinity, $1.to)
    }
  }
}
