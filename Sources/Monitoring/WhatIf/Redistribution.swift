/// Where the users of a lost region go.
///
/// By latency: to the regions that answer soonest; which users sit where is not known, so each region
/// takes its weight over the square of its round trip from the lost one. By weights: in proportion. On
/// failover: all to the region that takes over. The rule is ours.
struct Redistribution {
  let topology: Topology
  let service: Int
  let lost: Int
  /// By place in the topology.
  let health: [RegionHealth]
  let failovers: [FailoverReading]

  /// The rates after the loss: none in the lost region, more in the others.
  func after(_ rates: [Double?]) -> [Double?] {
    var after = rates
    after[lost] = rates[lost].map { _ in 0 }
    guard let moved = rates[lost], moved > 0 else { return after }
    let weights = weights(rates)
    let total = weights.reduce(0, +)
    guard total > 0 else { return after }
    for region in after.indices where weights[region] > 0 {
      after[region] = (after[region] ?? 0) + moved * weights[region] / total
    }
    return after
  }

  private var deployment: Deployment? {
    topology.deployments.first { $0.services.contains(topology.services[service].name) }
  }

  /// The part of the lost requests that each region takes, not yet to a sum of one.
  private func weights(_ rates: [Double?]) -> [Double] {
    let members = topology.members(of: topology.services[service])
    let survivors = members.filter { $0 != lost && health[$0] != .down }
    let routing =
      deployment?.routing ?? (deployment?.model == .activeActive ? .latency : .failover)
    if routing == .failover, deployment?.model != .activeActive, let heir = heir(among: survivors) {
      return topology.regions.indices.map { $0 == heir ? 1 : 0 }
    }
    return topology.regions.indices.map { region in
      guard survivors.contains(region) else { return 0 }
      let weight = weight(region, survivors, rates)
      guard routing == .latency else { return weight }
      let (from, to) = (topology.regions[lost].code, topology.regions[region].code)
      let trip = RegionAtlas.roundTripMilliseconds(from, to) ?? Self.unknownTrip
      return weight / (trip * trip)
    }
  }

  /// A region that the atlas does not know is taken to be a continent away.
  private static let unknownTrip = 100.0

  /// The planned share; without a plan the present one; without either, the same for all.
  private func weight(_ region: Int, _ survivors: [Int], _ rates: [Double?]) -> Double {
    let planned = survivors.compactMap { topology.regions[$0].trafficShare }
    if planned.count == survivors.count, planned.contains(where: { $0 > 0 }) {
      return topology.regions[region].trafficShare ?? 0
    }
    let seen = survivors.compactMap { rates[$0] }.reduce(0, +)
    return seen > 0 ? rates[region] ?? 0 : 1
  }

  /// The region that serves after a failover: the best standby of the primary that is lost; the primary,
  /// where a standby is.
  private func heir(among survivors: [Int]) -> Int? {
    guard let deployment,
      let reading = failovers.first(where: { $0.group == deployment.name })
    else { return survivors.first }
    let code = topology.regions[lost].code
    let best = reading.standbys.map(\.region).filter { $0 != code }
    let ordered =
      ([reading.primary].compactMap { $0 == code ? nil : $0 } + best).compactMap(topology.index)
    return ordered.first(where: survivors.contains) ?? survivors.first
  }
}
