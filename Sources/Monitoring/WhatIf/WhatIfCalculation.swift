import Telemetry

/// Works out what the loss of a region does.
struct WhatIfCalculation {
  let moment: Moment
  let lost: Int
  let regions: [RegionReading]
  let links: [LinkReading]
  let failovers: [FailoverReading]
  /// The requests of each service that has doors, by place of the region in the topology.
  let flows: [Flow]

  /// The requests a second of one service in each region, before and after.
  struct Flow {
    var service: Int
    var before: [Double?]
    var after: [Double?]
  }

  var topology: Topology { moment.topology }
  var estate: Estate { moment.engine.estate }
  var code: String { topology.regions[lost].code }

  init(moment: Moment, lost: Int) {
    self.moment = moment
    self.lost = lost
    regions = moment.regions
    links = moment.links
    failovers = moment.failovers
    let health = regions.map(\.health)
    let ready = failovers
    flows = moment.topology.services.indices.compactMap { service in
      let rates = moment.engine.estate.rates(of: service, at: moment.time, store: moment.store)
      guard rates.contains(where: { $0 != nil }) else { return nil }
      let redistribution = Redistribution(
        topology: moment.topology, service: service, lost: lost, health: health, failovers: ready)
      return Flow(service: service, before: rates, after: redistribution.after(rates))
    }
  }

  var result: WhatIf {
    var result = WhatIf(
      region: code, at: moment.time, regions: arrivals, headroom: headroom,
      stores: stores, deployments: deployments, breaks: [])
    result.breaks = breaks(result)
    return result
  }

  private var arrivals: [WhatIf.Arrival] {
    let before = topology.regions.indices.map { region in total(region, \.before) }
    let after = topology.regions.indices.map { region in total(region, \.after) }
    let allBefore = before.compactMap { $0 }.reduce(0, +)
    let allAfter = after.compactMap { $0 }.reduce(0, +)
    return topology.regions.indices.filter { $0 != lost }.map { region in
      WhatIf.Arrival(
        region: topology.regions[region].code, health: regions[region].health,
        roundTripMilliseconds: RegionAtlas.roundTripMilliseconds(
          code, topology.regions[region].code),
        requestsPerSecond: before[region], requestsPerSecondAfter: after[region],
        share: allBefore > 0 ? before[region].map { $0 / allBefore } : nil,
        shareAfter: allAfter > 0 ? after[region].map { $0 / allAfter } : nil)
    }
  }

  private func total(_ region: Int, _ part: (Flow) -> [Double?]) -> Double? {
    let rates = flows.compactMap { part($0)[region] }
    return rates.isEmpty ? nil : rates.reduce(0, +)
  }

  private var headroom: [WhatIf.Headroom] {
    flows.flatMap { flow in
      topology.regions.indices.compactMap { region -> WhatIf.Headroom? in
        guard region != lost, let after = flow.after[region] else { return nil }
        let capacity = estate.capacity(
          of: flow.service, in: region, at: moment.time, store: moment.store)
        return WhatIf.Headroom(
          service: topology.services[flow.service].name, region: topology.regions[region].code,
          requestsPerSecondAfter: after, capacityPerSecond: capacity?.perSecond,
          basis: capacity?.basis)
      }
    }.sorted { ($0.service, $0.region) < ($1.service, $1.region) }
  }
}
