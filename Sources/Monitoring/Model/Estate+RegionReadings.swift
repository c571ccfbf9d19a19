import Telemetry

extension Estate {
  /// The regions at an instant at or before the last evaluation, in the order of the topology.
  package func regions(at time: Timestamp, store: SeriesStore) -> [RegionReading] {
    let rates = regions.indices.map { requests($0, at: time, store: store) }
    let shares = trafficShares(at: time, store: store)
    return regions.indices.map { index in
      let entry = regions[index].history.at(time)
      var reading = RegionReading(
        region: name(index), role: role(index, at: time), health: entry?.state ?? .blind)
      reading.since = entry?.since
      reading.reasons =
        entry?.reasons(at: time) ?? ["nothing has been seen from \(name(index)) yet"]
      reading.dataAgeSeconds = board.places[index].dataAge(at: time)
      reading.requestsPerSecond = rates[index].map { $0 / 60 }
      reading.trafficShare = shares[index]
      reading.errorRatio = errorRatio(index, at: time, store: store)
      reading.latencySeconds = latency(index, at: time, store: store)
      reading.freshness = freshness(of: index, at: time)
      reading.absences = absences(of: index, at: time)
      return reading
    }
  }

  /// The role in the plan, moved with the primary of the deployments that include the region.
  private func role(_ region: Int, at time: Timestamp) -> RegionRole {
    let planned = topology.regions[region].role
    for group in groups where group.home != nil && group.members.contains(region) {
      guard let primary = group.history.at(time)?.primary, primary != group.home else { continue }
      if primary == region { return .primary }
      if planned == .primary { return .standby }
    }
    return planned
  }

  /// Requests of the newest complete minute; nil where none is recent.
  private func requests(_ region: Int, at time: Timestamp, store: SeriesStore) -> Double? {
    var total: Double?
    for front in senses[region].fronts {
      guard let number = front.requests,
        let minute = newestMinute(number, at: time)
      else { continue }
      total = (total ?? 0) + sum(number, minute, store)
    }
    return total
  }

  private func errorRatio(_ region: Int, at time: Timestamp, store: SeriesStore) -> Double? {
    var requests = 0.0
    var errors = 0.0
    for front in senses[region].fronts {
      guard !front.errors.isEmpty, let number = front.requests,
        let minute = errorMinute(front, number, at: time, store)
      else { continue }
      requests += sum(number, minute, store)
      for number in front.errors { errors += sum(number, minute, store) }
    }
    return requests > 0 ? min(1, errors / requests) : nil
  }

  /// The newest minute whose errors can be told: they are here, or overdue, so that there were none.
  private func errorMinute(
    _ front: RegionSenses.Front, _ requests: Int, at time: Timestamp, _ store: SeriesStore
  ) -> Timestamp? {
    guard let newest = newestMinute(requests, at: time) else { return nil }
    let signals = front.errors.map { board.signals[$0] }
    let seen = signals.compactMap { $0.known(at: time) }.max() ?? .distantPast
    let wait = signals.map(\.overdueAfter).max() ?? 0
    return (0..<Int64(EstateRules.pointsKept)).map { newest - $0 * EstateRules.minute }.first {
      (seen >= $0 || time - $0 >= wait) && sum(requests, $0, store) > 0
    }
  }

  /// The highest latency of the newest complete minute, in seconds.
  private func latency(_ region: Int, at time: Timestamp, store: SeriesStore) -> Double? {
    var highest: Double?
    for number in senses[region].fronts.flatMap(\.latency) {
      guard let minute = newestMinute(number, at: time) else { continue }
      for series in board.signals[number].series {
        let set = store.statistics(of: series, from: minute, to: minute + EstateRules.minute)
        guard let set else { continue }
        highest = max(highest ?? 0, set.maximum * board.signals[number].metric.secondsPerUnit)
      }
    }
    return highest
  }

  func sum(_ number: Int, _ minute: Timestamp, _ store: SeriesStore) -> Double {
    board.signals[number].series.reduce(0) { total, series in
      let set = store.statistics(of: series, from: minute, to: minute + EstateRules.minute)
      return total + (set?.sum ?? 0)
    }
  }

  /// The newest complete minute that was known at an instant and is not overdue; nil: none.
  func newestMinute(_ number: Int, at time: Timestamp) -> Timestamp? {
    let signal = board.signals[number]
    guard let known = signal.known(at: time), time - known <= signal.overdueAfter else {
      return nil
    }
    return known
  }
}
