import Telemetry

/// The scenario as it is at any instant: demand, shares, writers, lag. Metrics only report it.
struct World {
  let scenario: Scenario

  func offset(of time: Timestamp) -> Int64 { time - scenario.incidentStart }

  /// Requests per second of all regions together, by the hour of the day.
  func demand(at time: Timestamp) -> Double {
    let dayMilliseconds = time - time.floored(toMilliseconds: 86_400_000)
    let hour = Double(dayMilliseconds) / 3_600_000
    let hours = scenario.traffic.hours
    let first = Int(hour)
    let way = hour - Double(first)
    let level = hours[first % 24] * (1 - way) + hours[(first + 1) % 24] * way
    return scenario.traffic.peakRequestsPerSecond * level
  }

  /// The part of the demand that is sent to a region.
  func share(of region: String, at time: Timestamp) -> Double {
    let offset = offset(of: time)
    let shifts = scenario.story.shifts
    guard let last = shifts.lastIndex(where: { $0.offset <= offset }) else {
      return scenario.traffic.shares[region] ?? 0
    }
    let from = shifts[last]
    let start = from.shares[region] ?? 0
    guard last + 1 < shifts.count else { return start }
    let next = shifts[last + 1]
    let way = Double(offset - from.offset) / Double(next.offset - from.offset)
    return start + ((next.shares[region] ?? 0) - start) * way
  }

  func requestsPerSecond(in region: String, at time: Timestamp) -> Double {
    demand(at: time) * share(of: region, at: time)
  }

  /// The region that accepts writes of a service; nil in a write outage.
  func writer(of service: String, at time: Timestamp) -> String? {
    let region = scenario.story.writers[service]?.value(at: offset(of: time))
    return region == "none" ? nil : region
  }

  /// The region that wrote last: the source of replication, in a write outage too.
  func source(of service: String, at time: Timestamp) -> String? {
    let offset = offset(of: time)
    return scenario.story.writers[service]?.steps
      .last { $0.offset <= offset && $0.value != "none" }?.value
  }

  /// The time up to which `region` had written at `time`.
  func lastWrite(of service: String, in region: String, by time: Timestamp) -> Timestamp {
    guard let writers = scenario.story.writers[service] else { return time }
    let offset = offset(of: time)
    var ended: Int64?
    var isWriting = false
    for step in writers.steps where step.offset <= offset {
      if isWriting, step.value != region { ended = step.offset }
      isWriting = step.value == region
    }
    return isWriting ? time : ended.map { scenario.time(atOffset: $0) } ?? scenario.start
  }

  /// How far replication from one region to another is behind.
  func lag(of service: ServicePlan, from: String, to: String, at time: Timestamp) -> Lag {
    let offset = offset(of: time)
    let usual = service.kind.usualLagSeconds(from: from, to: to)
    for fact in scenario.story.links
    where fact.concerns(service: service.name, from: from, to: to) {
      if let stops = fact.stops, stops <= offset {
        if let lag = stoppedLag(fact, stops, usual, service, from, at: time) { return lag }
      }
      if let points = fact.lag, points.covers.map({ $0.lowerBound <= offset }) ?? false {
        return points.value(at: offset, normal: usual).map { .flowing(seconds: $0) } ?? .unknown
      }
    }
    return .flowing(seconds: usual)
  }

  enum Lag: Hashable {
    case flowing(seconds: Double)
    /// Nothing is replicated; seconds of writes that have not arrived.
    case stopped(seconds: Double)
    /// There is no such replication now.
    case unknown

    var seconds: Double? {
      switch self {
      case .flowing(let seconds), .stopped(let seconds): seconds
      case .unknown: nil
      }
    }
  }

  private func stoppedLag(
    _ fact: LinkFact, _ stops: Int64, _ usual: Double, _ service: ServicePlan, _ from: String,
    at time: Timestamp
  ) -> Lag? {
    let offset = offset(of: time)
    let cut = scenario.time(atOffset: stops)
    guard let resumes = fact.resumes, resumes <= offset else {
      let written = lastWrite(of: service.name, in: from, by: time)
      return .stopped(seconds: max(0, written.seconds(since: cut)) + usual)
    }
    guard let caughtUp = fact.caughtUp, offset < caughtUp else { return nil }
    let backlog = Double(resumes - stops) / 1000
    let left = 1 - Double(offset - resumes) / Double(caughtUp - resumes)
    return .flowing(seconds: usual + backlog * left * left)
  }
}

extension ServiceKind {
  /// Seconds of lag on a quiet day: a service's own time and some round trips.
  func usualLagSeconds(from: String, to: String) -> Double {
    let roundTrip = (RegionAtlas.roundTripMilliseconds(from, to) ?? 0) / 1000
    switch self {
    case .auroraGlobalDatabase: return 0.04 + roundTrip
    case .dynamodbGlobalTable: return 0.35 + 6 * roundTrip
    case .s3CrossRegionReplication: return 12 + 20 * roundTrip
    case .rdsReadReplica: return 0.4 + 2 * roundTrip
    case .applicationLoadBalancer, .route53HealthChecks: return 0
    }
  }
}
