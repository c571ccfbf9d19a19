import Telemetry

extension Estate {
  /// The requests a second of a service by place of the region; nil where none is seen.
  func rates(of service: Int, at time: Timestamp, store: SeriesStore) -> [Double?] {
    regions.indices.map { region in
      let numbers = senses[region].fronts.filter { $0.service == service }.compactMap(\.requests)
      guard let number = numbers.first, let minute = newestMinute(number, at: time) else {
        return nil
      }
      return sum(number, minute, store) / 60
    }
  }

  /// What a service's door in a region can carry, by the surest of what is known.
  func capacity(
    of service: Int, in region: Int, at time: Timestamp, store: SeriesStore
  ) -> (perSecond: Double, basis: WhatIf.CapacityBasis)? {
    let code = topology.regions[region].code
    if let told = topology.services[service].capacity.value(in: code) { return (told, .configured) }
    if let hosts = hosts(of: service, in: region, at: time, store: store) {
      let best = regions.indices.compactMap {
        rateOfHost(service, in: $0, at: time, store: store)
      }.max()
      if let best { return (hosts * best, .hosts) }
    }
    return busiest(service, in: region, at: time, store: store).map { ($0 / 60, .busiestMinute) }
  }

  /// Healthy hosts behind the door, in the newest minute.
  private func hosts(
    of service: Int, in region: Int, at time: Timestamp, store: SeriesStore
  ) -> Double? {
    let numbers = senses[region].fronts.filter { $0.service == service }.flatMap(\.healthy)
    guard let number = numbers.first, let minute = newestMinute(number, at: time) else {
      return nil
    }
    return board.signals[number].series.compactMap {
      store.statistics(of: $0, from: minute, to: minute + EstateRules.minute)?.minimum
    }.reduce(0, +)
  }

  /// The highest requests a second that one healthy host of a region was seen to serve in a day.
  private func rateOfHost(
    _ service: Int, in region: Int, at time: Timestamp, store: SeriesStore
  ) -> Double? {
    guard let busiest = busiest(service, in: region, at: time, store: store),
      let hosts = hosts(of: service, in: region, at: time, store: store), hosts > 0
    else { return nil }
    return busiest / 60 / hosts
  }

  /// The requests of the busiest minute in a day.
  private func busiest(
    _ service: Int, in region: Int, at time: Timestamp, store: SeriesStore
  ) -> Double? {
    let numbers = senses[region].fronts.filter { $0.service == service }.compactMap(\.requests)
    guard let number = numbers.first, let end = newestMinute(number, at: time) else { return nil }
    var minutes: [Timestamp: Double] = [:]
    for series in board.signals[number].series {
      for point in store.datapoints(
        of: series, from: end - EstateRules.day, to: end + EstateRules.minute)
      {
        minutes[point.time.floored(toMilliseconds: EstateRules.minute), default: 0] +=
          point.statistics.sum
      }
    }
    return minutes.values.max()
  }
}
