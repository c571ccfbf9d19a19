import Telemetry

extension Estate {
  /// Whether a condition is known to hold at the last instant that was judged.
  func holds(_ condition: EstateCondition, at now: Timestamp, store: SeriesStore) -> Bool {
    switch condition.subject {
    case .readiness(let deployment, let region, let verdict):
      standbys(of: deployment).contains {
        $0.verdict == verdict && (region ?? $0.region) == $0.region
      }
    case .recoveryPoint(let name, let region, let comparison, let seconds):
      comparison.holds(recoveryPoint(of: name, region: region, at: now, store: store), seconds)
    case .failover(let deployment, let isEqual, let state):
      group(deployment)?.state.map { ($0 == state) == isEqual } ?? false
    case .health(let region, let isEqual, let health):
      topology.index(region).flatMap { regions[$0].state }.map { ($0 == health) == isEqual }
        ?? false
    case .writer(let deployment, let isEqual, let region):
      writers(of: deployment).map { ($0 == [region]) == isEqual } ?? false
    case .writers(let deployment, let comparison, let count):
      comparison.holds(writers(of: deployment).map { Double($0.count) }, count)
    }
  }

  private func group(_ name: String) -> GroupWatch? {
    groups.first { $0.deployment.name == name }
  }

  private func standbys(
    of deployment: String
  ) -> [(region: String, verdict: ReadinessReading.Verdict)] {
    guard let group = group(deployment) else { return [] }
    return group.members.indices.compactMap { place in
      let region = group.members[place]
      guard region != group.primary, let readiness = group.readiness[place].latest else {
        return nil
      }
      return (name(region), readiness.verdict)
    }
  }

  /// The regions that write now; nil where it cannot be told.
  private func writers(of deployment: String) -> [String]? {
    guard let record = group(deployment)?.history.latest, record.writersKnown else { return nil }
    return record.writers.map(name)
  }

  /// What a loss now would cost a deployment or service, in seconds: the worst of its links into a
  /// region; without a region, where it is least (a deployment) or at all (a service).
  private func recoveryPoint(
    of name: String, region: String?, at now: Timestamp, store: SeriesStore
  ) -> Double? {
    if let group = group(name), region == nil {
      let primary = group.history.latest?.primary ?? group.home
      return rpoNow(group, primary: primary, at: now, store: store)
    }
    let services =
      group(name)?.services
      ?? topology.services.indices.filter {
        topology.services[$0].name == name
      }
    let readings = links.indices.filter {
      links[$0].isActive && services.contains(links[$0].service)
        && (region == nil || self.name(links[$0].to) == region)
    }.compactMap { linkReading($0, at: now, store: store) }
    let known = readings.compactMap(\.rpoNowSeconds)
    return known.count == readings.count ? known.max() : nil
  }
}
