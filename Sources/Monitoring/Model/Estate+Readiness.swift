import Telemetry

extension Estate {
  /// Remembers of the last day what readiness asks for: lags, and the most that served.
  mutating func learnDay() {
    for (index, link) in links.enumerated() {
      let number = link.answering(board)
      let metric = board.signals[number].metric
      // A count of copies, or a backlog, is no time.
      guard link.isActive, let objective = link.objective, metric.measures == .lag,
        metric.dividedBy == nil
      else { continue }
      lagDays[index].learn(
        board.signals[number].points, metric: metric, objective: objective,
        activeSince: link.activeSince)
    }
    for index in capacities.indices { capacities[index].learn(board) }
  }

  mutating func judgeReadiness(
    _ index: Int, _ now: Timestamp, _ alarms: AlarmBook, _ changes: inout [Transition]
  ) {
    for (place, region) in groups[index].members.enumerated() {
      guard region != groups[index].primary, regions[region].state != nil else { continue }
      var gauges = gauges(groups[index], region, now, alarms)
      groups[index].steadiness[place].hold(&gauges, now)
      let readiness = Readiness(gauges: gauges)
      let known = groups[index].readiness[place].latest
      guard known != readiness else { continue }
      groups[index].readiness[place].append(readiness, at: now)
      guard let known, known.verdict != readiness.verdict else { continue }
      changes.append(
        Transition(
          time: now, kind: .readiness, name: groups[index].deployment.name, region: name(region),
          from: known.verdict.rawValue, to: readiness.verdict.rawValue,
          reasons: readiness.gauges.filter { $0.verdict != .go }
            .map { sentence($0, groups[index], region) }))
    }
  }

  private func gauges(
    _ group: GroupWatch, _ region: Int, _ now: Timestamp, _ alarms: AlarmBook
  ) -> [Readiness.Gauge] {
    lagGauges(group, region, now) + sightGauges(group, region, now)
      + capacityGauges(group, region, now) + alarmGauges(group, region, alarms)
      + planGauges(group, region, now)
  }

  private func lagGauges(
    _ group: GroupWatch, _ region: Int, _ now: Timestamp
  ) -> [Readiness.Gauge] {
    var newest: [Readiness.Gauge] = []
    var day: [Readiness.Gauge] = []
    for (number, link) in links.enumerated()
    where link.isActive && link.to == region && group.services.contains(link.service)
      && (group.primary == nil || link.from == group.primary)
    {
      let isLate = board.signals[link.answering(board)].isMerelyLate(at: now)
      newest.append(Readiness.Gauge(check: .lag(number), verdict: link.readiness(isLate: isLate)))
      guard let kept = lagDays[number].kept(at: now) else { continue }
      day.append(
        Readiness.Gauge(
          check: .lagHistory(link: number, kept: kept),
          verdict: kept >= EstateRules.keptLag ? .go : .noGo))
    }
    return newest + day
  }

  /// Freshness, health, routing and who writes.
  private func sightGauges(
    _ group: GroupWatch, _ region: Int, _ now: Timestamp
  ) -> [Readiness.Gauge] {
    let place = board.places[region]
    let isFresh = place.newest.map { now - $0 <= EstateRules.freshEnough } ?? false
    var gauges = [
      Readiness.Gauge(
        check: .freshness, verdict: isFresh || !place.isSilent(at: now) ? .go : .unknown),
      Readiness.Gauge(check: .health, verdict: regions[region].readiness),
    ]
    for number in senses[region].checks
    where board.signals[number].role == .healthStatus
      && group.services.contains(board.signals[number].service)
    {
      let verdict = board.signals[number].routingReadiness(at: now)
      gauges.append(Readiness.Gauge(check: .routing(number), verdict: verdict))
    }
    if lacksHealthCheck(group, region) {
      gauges.append(Readiness.Gauge(check: .noHealthCheck, verdict: .noGo))
    }
    if let ttl = group.deployment.timeToLiveSeconds {
      gauges.append(
        Readiness.Gauge(
          check: .timeToLive, verdict: ttl <= EstateRules.longestTimeToLive ? .go : .noGo))
    }
    guard let lead = group.lead else { return gauges }
    let writer = writers[lead]
    let verdict: ReadinessReading.CheckVerdict =
      writer.writers.count > 1
      ? .noGo : writer.isKnown || inferredWriter(writer) != nil ? .go : .unknown
    return gauges + [Readiness.Gauge(check: .writer, verdict: verdict)]
  }

  private func lacksHealthCheck(_ group: GroupWatch, _ region: Int) -> Bool {
    let checked = group.services.filter { !topology.services[$0].healthChecks.isEmpty }
    return !checked.isEmpty
      && !checked.contains { service in
        topology.services[service].healthChecks.contains { $0.name == name(region) }
      }
  }

  private func alarmGauges(
    _ group: GroupWatch, _ region: Int, _ alarms: AlarmBook
  ) -> [Readiness.Gauge] {
    group.deployment.alarmChecks.enumerated().map { index, check in
      let name = check.value.replacing("{region}", with: name(region))
      let verdict: ReadinessReading.CheckVerdict =
        switch alarms.state(named: name, region: self.name(region)) {
        case .ok: .go
        case .alarm: .noGo
        case .insufficientData, nil: .unknown
        }
      return Readiness.Gauge(check: .alarm(index), verdict: verdict)
    }
  }
}

extension LinkWatch {
  /// A sample or two that were lost on the way are no lag: what is missing then is knowledge.
  fileprivate func readiness(isLate: Bool) -> ReadinessReading.CheckVerdict {
    switch state {
    case .ok, .warn: .go
    case .breached where isUnseen || (isLate && !isBehind): .unknown
    case .breached, .broken: .noGo
    case .stale, nil: .unknown
    }
  }
}

extension RegionWatch {
  fileprivate var readiness: ReadinessReading.CheckVerdict {
    switch state {
    case .healthy, .degraded: .go
    case .impaired, .down, .maintenance: .noGo
    case .blind, nil: .unknown
    }
  }
}

extension Signal {
  /// Overdue, but not for so long that the feed has ended.
  fileprivate func isMerelyLate(at now: Timestamp) -> Bool {
    isOverdue(at: now) && !hasEnded(at: now)
  }

  fileprivate func routingReadiness(at now: Timestamp) -> ReadinessReading.CheckVerdict {
    guard !isSilent(at: now), let newest else { return .unknown }
    let finding = judged(
      at: isOverdue(at: now) ? newest : now, family: .routing, warn: metric.warn,
      critical: metric.critical)
    return finding?.level == .critical ? .noGo : .go
  }
}
