import Telemetry

extension Estate {
  /// The links at an instant at or before the last evaluation, by service, source and target.
  package func links(at time: Timestamp, store: SeriesStore) -> [LinkReading] {
    links.indices.compactMap { linkReading($0, at: time, store: store) }
  }

  /// A link's reading where it was active; nil where its source was not the primary then.
  func linkReading(_ index: Int, at time: Timestamp, store: SeriesStore) -> LinkReading? {
    let primary = primaries[links[index].service].at(time)
    let moves = writers.contains { $0.service == links[index].service }
    if moves, primary?.region != links[index].from { return nil }
    var reading = links[index].reading(
      at: time, activeSince: moves ? primary?.since : nil, board: board, store: store,
      topology: topology)
    reading.absence = absence(of: links[index].answering(board), at: time)
    reading.segments = segments(of: links[index], moves: moves, at: time, store: store)
    return reading
  }

  /// The deployments, by name.
  package func failovers(at time: Timestamp, store: SeriesStore) -> [FailoverReading] {
    groups.map { reading($0, at: time, store: store) }
  }

  private func reading(
    _ group: GroupWatch, at time: Timestamp, store: SeriesStore
  ) -> FailoverReading {
    let record = group.history.at(time)
    var reading = FailoverReading(
      group: group.deployment.name, model: group.deployment.model,
      state: record?.state ?? .blind)
    reading.since = record?.since
    reading.rpoSeconds = group.deployment.rpoSeconds
    reading.rtoSeconds = group.deployment.rtoSeconds
    let primary = record?.primary ?? group.home
    reading.primary = primary.map(name)
    reading.ready = ready(group, primary: primary, record, at: time, store: store)
    reading.rpoNowSeconds = rpoNow(group, primary: primary, at: time, store: store)
    guard let record else { return reading }
    reading.writers = record.writers.map(name).sorted()
    reading.writersKnown = record.writersKnown
    reading.epoch = record.epoch
    reading.evidence = record.evidence
    reading.incidentStart = record.incidentStart
    reading.rpoAchievedSeconds = record.rpoAchieved
    reading.rtoAchievedSeconds = record.rtoAchieved
    reading.drill = record.isDrill
    reading.clock = record.clock
    reading.fencing = record.fencing
    reading.expectedState = record.expectation.state
    reading.expectedWriter = record.expectation.primary.map(name)
    reading.differsSince = record.expectation.differsSince
    reading.writeOutageStart = record.writeOutageStart
    return reading
  }

  /// What losing the primary would cost; where all regions are active, the worst of them.
  func rpoNow(
    _ group: GroupWatch, primary: Int?, at time: Timestamp, store: SeriesStore
  ) -> Double? {
    if let primary { return rpoNow(group, without: primary, at: time, store: store) }
    let senders = group.members.filter { region in
      links.contains { $0.from == region && group.services.contains($0.service) }
    }
    let risks = senders.compactMap { rpoNow(group, without: $0, at: time, store: store) }
    return risks.count == senders.count ? risks.max() : nil
  }

  /// The worst RPO-now of the links out of a region into the one where it is least; unknown where one
  /// is.
  private func rpoNow(
    _ group: GroupWatch, without lost: Int, at time: Timestamp, store: SeriesStore
  ) -> Double? {
    let all = links.indices.filter {
      group.services.contains(links[$0].service) && links[$0].from == lost
    }
    var best: Double?
    for region in group.members where region != lost {
      let into = all.filter { links[$0].to == region }
      let readings = into.compactMap { linkReading($0, at: time, store: store) }
      guard !readings.isEmpty else { continue }
      let risks = readings.compactMap(\.rpoNowSeconds)
      guard risks.count == readings.count, let worst = risks.max() else { continue }
      best = min(best ?? worst, worst)
    }
    return best
  }

  private func ready(
    _ group: GroupWatch, primary: Int?, _ record: GroupWatch.Record?, at time: Timestamp,
    store: SeriesStore
  ) -> [ReadinessReading] {
    var result: [ReadinessReading] = []
    for (place, region) in group.members.enumerated() where region != primary {
      guard let readiness = group.readiness[place].at(time) else {
        result.append(ReadinessReading(region: name(region), verdict: .unknown, checks: []))
        continue
      }
      result.append(
        ReadinessReading(
          region: name(region), verdict: readiness.verdict,
          checks: checks(readiness, group, region, record, at: time, store: store)))
    }
    rank(&result, group, primary: primary, at: time, store: store)
    return result.sorted { $0.region < $1.region }
  }

  /// Numbers the standbys: ready ones first, then by the least that would be lost, then by distance.
  private func rank(
    _ standbys: inout [ReadinessReading], _ group: GroupWatch, primary: Int?, at time: Timestamp,
    store: SeriesStore
  ) {
    let merits = standbys.map { standby -> (Int, Double, Double, String) in
      let risks = links.indices.filter {
        group.services.contains(links[$0].service) && links[$0].from == primary
          && name(links[$0].to) == standby.region
      }.compactMap { linkReading($0, at: time, store: store)?.rpoNowSeconds }
      let trip = primary.flatMap {
        RegionAtlas.roundTripMilliseconds(name($0), standby.region)
      }
      return (
        standby.verdict.order, risks.max() ?? .infinity, trip ?? .infinity, standby.region
      )
    }
    let order = merits.indices.sorted { merits[$0] < merits[$1] }
    for (rank, index) in order.enumerated() { standbys[index].rank = rank + 1 }
  }
}

extension ReadinessReading.Verdict {
  fileprivate var order: Int {
    switch self {
    case .ready: 0
    case .unknown: 1
    case .notReady: 2
    }
  }
}
