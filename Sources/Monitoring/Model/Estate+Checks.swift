import Telemetry

extension Estate {
  /// The checks of a standby with their values at an instant.
  ///
  /// With several stores the worst lag stands first as `lag`, then each as `lag.SERVICE`.
  func checks(
    _ readiness: Readiness, _ region: Int, _ record: GroupWatch.Record?, at time: Timestamp,
    store: SeriesStore
  ) -> [ReadinessReading.Check] {
    var lags: [ReadinessReading.Check] = []
    var others: [ReadinessReading.Check] = []
    for gauge in readiness.gauges {
      let check = check(gauge, region, record, at: time, store: store)
      if case .lag = gauge.check { lags.append(check) } else { others.append(check) }
    }
    return worst(lags) + (lags.count > 1 ? lags : []) + others
  }

  private func worst(_ lags: [ReadinessReading.Check]) -> [ReadinessReading.Check] {
    let order: [ReadinessReading.CheckVerdict] = [.noGo, .unknown, .go]
    for verdict in order {
      guard var check = lags.first(where: { $0.verdict == verdict }) else { continue }
      check.id = "lag"
      return [check]
    }
    return []
  }

  private func check(
    _ gauge: Readiness.Gauge, _ region: Int, _ record: GroupWatch.Record?, at time: Timestamp,
    store: SeriesStore
  ) -> ReadinessReading.Check {
    var check = ReadinessReading.Check(
      id: "", verdict: gauge.verdict, value: "--", limit: "", ageSeconds: nil)
    switch gauge.check {
    case .lag(let link): fillLag(&check, link, at: time, store: store)
    case .freshness:
      let age = board.places[region].dataAge(at: time)
      check.id = "freshness"
      check.value = age.map(secondsText) ?? "--"
      check.limit = secondsText(Double(EstateRules.freshEnough) / 1000)
      check.ageSeconds = age
    case .health:
      check.id = "health"
      check.value = regions[region].history.at(time)?.state.rawValue ?? "--"
      check.limit = RegionHealth.degraded.rawValue
    case .routing(let number):
      let signal = board.signals[number]
      let found = LinkWatch.newest(of: signal, at: time, since: nil, store: store)
      check.id = "routing"
      check.value = found.map { $0.point.statistics.minimum > 0 ? "healthy" : "unhealthy" } ?? "--"
      check.limit = "healthy"
      check.ageSeconds = found.map { max(0, time.seconds(since: $0.point.time)) }
    case .writer:
      check.id = "writer"
      let writers = (record?.writers ?? []).map(name)
      check.value =
        record?.writersKnown == true && writers.isEmpty ? "none" : writers.joined(separator: ", ")
      if check.value.isEmpty { check.value = "--" }
      check.limit = "one at most"
    }
    return check
  }

  private func fillLag(
    _ check: inout ReadinessReading.Check, _ link: Int, at time: Timestamp, store: SeriesStore
  ) {
    check.id = "lag." + topology.services[links[link].service].name
    check.limit = links[link].objective.map(secondsText) ?? "--"
    guard let reading = linkReading(link, at: time, store: store) else { return }
    check.value = reading.lagSeconds.map(secondsText) ?? "--"
    check.ageSeconds = reading.ageSeconds
  }
}
