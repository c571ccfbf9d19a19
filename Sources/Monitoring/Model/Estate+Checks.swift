import Telemetry

extension Estate {
  /// The checks of a standby with their values at an instant.
  ///
  /// With several stores the worst lag stands first as `lag`, then each as `lag.SERVICE`.
  func checks(
    _ readiness: Readiness, _ group: GroupWatch, _ region: Int, _ record: GroupWatch.Record?,
    at time: Timestamp, store: SeriesStore
  ) -> [ReadinessReading.Check] {
    var lags: [ReadinessReading.Check] = []
    var others: [ReadinessReading.Check] = []
    for gauge in readiness.gauges {
      var check = ReadinessReading.Check(
        id: id(of: gauge.check, group, readiness), verdict: gauge.verdict, value: "--", limit: "",
        ageSeconds: nil)
      fill(&check, gauge.check, group, region, record, at: time, store: store)
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

  /// Stable names; several of a kind are told apart by their service.
  private func id(
    of check: Readiness.Check, _ group: GroupWatch, _ readiness: Readiness
  ) -> String {
    func named(_ base: String, _ service: Int) -> String {
      "\(base).\(topology.services[service].name)"
    }
    return switch check {
    case .lag(let link): named("lag", links[link].service)
    case .lagHistory(let link, _): named("lag-p99", links[link].service)
    case .freshness: "freshness"
    case .health: "health"
    case .routing, .noHealthCheck: "routing"
    case .timeToLive: "ttl"
    case .writer: "writer"
    case .capacity(let service, _, _, _): named("capacity", service)
    case .quota(let signal): named("quota", board.signals[signal].service)
    case .engineVersion(let service): named("engine-version", service)
    case .headless(let service): named("headless", service)
    case .alarm(let index): group.deployment.alarmChecks[index].name
    case .staticStability: "static-stability"
    case .planEvaluation: "plan-evaluation"
    case .drill: "drill"
    case .restore: "restore"
    case .blastRadius: "blast-radius"
    }
  }

  private func fill(
    _ check: inout ReadinessReading.Check, _ kind: Readiness.Check, _ group: GroupWatch,
    _ region: Int, _ record: GroupWatch.Record?, at time: Timestamp, store: SeriesStore
  ) {
    switch kind {
    case .lag(let link): fillLag(&check, link, at: time, store: store)
    case .lagHistory(let link, let kept):
      check.value = "\(numberText(Double(kept) / 10)) % within a day"
      check.limit = "99 % within \(links[link].objective.map(secondsText) ?? "--")"
    case .freshness:
      let age = board.places[region].dataAge(at: time)
      check.value = age.map(secondsText) ?? "--"
      check.limit = secondsText(Double(EstateRules.freshEnough) / 1000)
      check.ageSeconds = age
    case .health:
      check.value = regions[region].history.at(time)?.state.rawValue ?? "--"
      check.limit = RegionHealth.degraded.rawValue
    case .routing(let number):
      let signal = board.signals[number]
      let found = LinkWatch.newest(of: signal, at: time, since: nil, store: store)
      check.value = found.map { $0.point.statistics.minimum > 0 ? "healthy" : "unhealthy" } ?? "--"
      check.limit = "healthy"
      check.ageSeconds = found.map { max(0, time.seconds(since: $0.point.time)) }
    case .noHealthCheck: (check.value, check.limit) = ("no health check", "healthy")
    case .writer:
      let writers = (record?.writers ?? []).map(name)
      check.value =
        record?.writersKnown == true && writers.isEmpty ? "none" : writers.joined(separator: ", ")
      if check.value.isEmpty { check.value = "--" }
      check.limit = "one at most"
    case .capacity, .quota: fillCapacity(&check, kind, at: time, store: store)
    default: fillPlan(&check, kind, group, region, record, at: time)
    }
  }

  private func fillLag(
    _ check: inout ReadinessReading.Check, _ link: Int, at time: Timestamp, store: SeriesStore
  ) {
    check.limit = links[link].objective.map(secondsText) ?? "--"
    guard let reading = linkReading(link, at: time, store: store) else { return }
    check.value = reading.lagSeconds.map(secondsText) ?? "--"
    check.ageSeconds = reading.ageSeconds
  }

  private func fillCapacity(
    _ check: inout ReadinessReading.Check, _ kind: Readiness.Check, at time: Timestamp,
    store: SeriesStore
  ) {
    func newest(_ number: Int?) -> (value: Double, age: Double)? {
      guard let number else { return nil }
      let signal = board.signals[number]
      return LinkWatch.newest(of: signal, at: time, since: nil, store: store).map {
        (
          $0.point.statistics.value(of: signal.metric.statistic),
          max(0, time.seconds(since: $0.point.time))
        )
      }
    }
    switch kind {
    case .capacity(_, let need, let serving, let maximum):
      let (now, may) = (newest(serving), newest(maximum))
      check.value = now.map { "\(numberText($0.value)) serve" } ?? "--"
      if let may { check.value += ", \(numberText(may.value)) may" }
      check.limit = "\(numberText(need))"
      check.ageSeconds = now?.age ?? may?.age
    case .quota(let number):
      let found = newest(number)
      check.value = quotaUse(number, value: found?.value).map(percentText) ?? "--"
      check.limit = percentText(EstateRules.quotaUse)
      check.ageSeconds = found?.age
    default: break
    }
  }

  private func fillPlan(
    _ check: inout ReadinessReading.Check, _ kind: Readiness.Check, _ group: GroupWatch,
    _ region: Int, _ record: GroupWatch.Record?, at time: Timestamp
  ) {
    let deployment = group.deployment
    switch kind {
    case .timeToLive:
      check.value = deployment.timeToLiveSeconds.map(secondsText) ?? "--"
      check.limit = secondsText(EstateRules.longestTimeToLive)
    case .engineVersion(let service):
      let versions = topology.services[service].versions
      let primary = (record?.primary ?? group.home).map(name)
      check.value = versions.first { $0.name == name(region) }?.value ?? "--"
      check.limit = versions.first { $0.name == primary }?.value ?? "--"
    case .headless: (check.value, check.limit) = ("no instance", "one instance at least")
    case .alarm(let index):
      let alarm = deployment.alarmChecks[index].value.replacing("{region}", with: name(region))
      check.value =
        switch check.verdict {
        case .go: "\(alarm) OK"
        case .noGo: "\(alarm) ALARM"
        case .unknown: "--"
        }
      check.limit = "OK"
    case .staticStability:
      let needs = blockingSteps(deployment, primary: record?.primary ?? group.home, standby: region)
      check.value =
        needs.isEmpty
        ? "\(deployment.plan.count) steps"
        : needs.map { "\($0.step.name) needs \($0.region)" }.joined(separator: ", ")
      check.limit = "no control plane of the primary"
    case .planEvaluation(let evaluation):
      check.value = evaluation.words
      check.limit = "passed"
      check.ageSeconds = max(0, time.seconds(since: evaluation.time))
    case .drill(let last):
      fillAge(&check, last, limit: deployment.practice.drillEverySeconds, at: time)
    case .restore:
      fillAge(
        &check, deployment.practice.lastRestore, limit: deployment.practice.restoreEverySeconds,
        at: time)
    case .blastRadius:
      let far = distance(group, region, primary: record?.primary ?? group.home)
      check.value = far.map { "\(numberText($0.rounded())) km" } ?? "--"
      check.limit = "\(numberText(deployment.minimumDistanceKilometres)) km"
    default: break
    }
  }

  private func fillAge(
    _ check: inout ReadinessReading.Check, _ last: Timestamp?, limit: Double, at time: Timestamp
  ) {
    check.ageSeconds = last.map { max(0, time.seconds(since: $0)) }
    check.value = check.ageSeconds.map(secondsText) ?? "--"
    check.limit = secondsText(limit)
  }
}
