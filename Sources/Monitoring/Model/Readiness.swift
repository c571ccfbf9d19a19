import Telemetry

/// Whether a standby could take over, as it is judged at every instant: verdicts without words.
struct Readiness: Hashable, Sendable {
  var gauges: [Gauge]

  var verdict: ReadinessReading.Verdict {
    if gauges.contains(where: { $0.verdict == .noGo }) { return .notReady }
    // A standby about which nothing is known is not ready, but not unfit either.
    if gauges.isEmpty || gauges.contains(where: { $0.verdict == .unknown }) { return .unknown }
    return .ready
  }

  /// One check and its verdict.
  struct Gauge: Hashable, Sendable {
    var check: Check
    var verdict: ReadinessReading.CheckVerdict
  }

  enum Check: Hashable, Sendable {
    /// The lag of one link into the standby, by its place in the estate.
    case lag(Int)
    case freshness
    case health
    /// The standby's Route 53 health check, by its signal.
    case routing(Int)
    case writer
  }
}

extension Estate {
  mutating func judgeReadiness(
    _ index: Int, _ now: Timestamp, _ changes: inout [Transition]
  ) {
    for (place, region) in groups[index].members.enumerated() {
      guard region != groups[index].primary, regions[region].state != nil else { continue }
      let readiness = Readiness(gauges: gauges(groups[index], region, now))
      let known = groups[index].readiness[place].latest
      guard known != readiness else { continue }
      groups[index].readiness[place].append(readiness, at: now)
      guard let known, known.verdict != readiness.verdict else { continue }
      changes.append(
        Transition(
          time: now, kind: .readiness, name: groups[index].deployment.name, region: name(region),
          from: known.verdict.rawValue, to: readiness.verdict.rawValue,
          reasons: readiness.gauges.filter { $0.verdict != .go }.map { sentence($0, region) }))
    }
  }

  private func gauges(_ group: GroupWatch, _ region: Int, _ now: Timestamp) -> [Readiness.Gauge] {
    var gauges: [Readiness.Gauge] = []
    for (number, link) in links.enumerated()
    where link.isActive && link.to == region && group.services.contains(link.service)
      && (group.primary == nil || link.from == group.primary)
    {
      gauges.append(Readiness.Gauge(check: .lag(number), verdict: link.readiness))
    }
    let place = board.places[region]
    let isFresh = place.newest.map { now - $0 <= EstateRules.freshEnough } ?? false
    gauges.append(
      Readiness.Gauge(
        check: .freshness, verdict: isFresh || !place.isSilent(at: now) ? .go : .unknown))
    gauges.append(Readiness.Gauge(check: .health, verdict: regions[region].readiness))
    for number in senses[region].checks
    where board.signals[number].role == .healthStatus
      && group.services.contains(board.signals[number].service)
    {
      let verdict = board.signals[number].routingReadiness(at: now)
      gauges.append(Readiness.Gauge(check: .routing(number), verdict: verdict))
    }
    if let lead = group.lead {
      let writer = writers[lead]
      let verdict: ReadinessReading.CheckVerdict =
        writer.writers.count > 1
        ? .noGo : writer.isKnown || inferredWriter(writer) != nil ? .go : .unknown
      gauges.append(Readiness.Gauge(check: .writer, verdict: verdict))
    }
    return gauges
  }

  /// `eu-west-1: the lag of orders-db is over its objective`.
  private func sentence(_ gauge: Readiness.Gauge, _ region: Int) -> String {
    let isKnown = gauge.verdict == .noGo
    switch gauge.check {
    case .lag(let link):
      let service = topology.services[links[link].service].name
      return isKnown
        ? "the lag of \(service) is over its objective, or its replication has stopped"
        : "the lag of \(service) is not known"
    case .freshness: return "no fresh data from \(name(region))"
    case .health:
      let health = regions[region].state?.rawValue ?? "unknown"
      return "\(name(region)) is \(health)"
    case .routing:
      return isKnown
        ? "the Route 53 health check of \(name(region)) fails"
        : "the Route 53 health check of \(name(region)) is not seen"
    case .writer: return isKnown ? "two regions write" : "it cannot be told who writes"
    }
  }
}

extension LinkWatch {
  fileprivate var readiness: ReadinessReading.CheckVerdict {
    switch state {
    case .ok, .warn: .go
    case .breached where isUnseen: .unknown
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
  fileprivate func routingReadiness(at now: Timestamp) -> ReadinessReading.CheckVerdict {
    guard !isOverdue(at: now) else { return .unknown }
    let finding = judged(
      at: now, family: .routing, warn: metric.warn, critical: metric.critical)
    return finding?.level == .critical ? .noGo : .go
  }
}
