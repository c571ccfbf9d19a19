import Monitoring
import Telemetry

/// How far replication from one region to another is behind, through a scenario.
struct LinkCourse {
  /// Seconds of lag on a quiet day.
  let usualSeconds: Double
  private let facts: [LinkFact]
  private let writers: Steps<[String]>?
  private let from: String
  private let incidentStart: Timestamp
  private let start: Timestamp

  init(scenario: Scenario, service: ServicePlan, from: String, to: String) {
    usualSeconds =
      service.kind?.usualLagSeconds(from: from, to: to)
      ?? ServiceKind.otherLagSeconds(from: from, to: to)
    facts = scenario.story.links.filter {
      $0.concerns(service: service.name, from: from, to: to)
    }
    writers = scenario.story.writers[service.name]
    self.from = from
    (incidentStart, start) = (scenario.incidentStart, scenario.start)
  }

  enum Lag: Hashable {
    case flowing(seconds: Double)
    /// Nothing is replicated; seconds of writes that have not arrived.
    case stopped(seconds: Double)
    /// There is no such replication now.
    case absent

    var seconds: Double? {
      switch self {
      case .flowing(let seconds), .stopped(let seconds): seconds
      case .absent: nil
      }
    }
  }

  func lag(at time: Timestamp) -> Lag {
    let offset = time - incidentStart
    for fact in facts {
      if let lag = interrupted(fact, at: offset) { return lag }
      if let points = fact.lag, let first = points.points.first, first.offset <= offset {
        return points.value(at: offset, normal: usualSeconds).map { .flowing(seconds: $0) }
          ?? .absent
      }
    }
    return .flowing(seconds: usualSeconds)
  }

  /// The lag while replication stands still, and while it catches up; nil before and after.
  private func interrupted(_ fact: LinkFact, at offset: Int64) -> Lag? {
    guard let stops = fact.stops, stops <= offset else { return nil }
    guard let resumes = fact.resumes, resumes <= offset else {
      let behind = Double(max(0, lastWrite(by: offset) - stops)) / 1000
      return .stopped(seconds: behind + usualSeconds)
    }
    guard let caughtUp = fact.caughtUp, offset < caughtUp else { return nil }
    let backlog = Double(resumes - stops) / 1000
    let left = 1 - Double(offset - resumes) / Double(caughtUp - resumes)
    return .flowing(seconds: usualSeconds + backlog * left * left)
  }

  /// Up to when the source had written at an offset: a backlog ends with its writer.
  private func lastWrite(by offset: Int64) -> Int64 {
    guard let writers else { return offset }
    var ended = start - incidentStart
    var isWriting = false
    for step in writers.steps where step.offset <= offset {
      if isWriting, !step.value.contains(from) { ended = step.offset }
      isWriting = step.value.contains(from)
    }
    return isWriting ? offset : ended
  }
}

extension ServiceKind {
  /// Of a kind that the scenario describes itself.
  static func otherLagSeconds(from: String, to: String) -> Double {
    0.3 + 3 * (RegionAtlas.roundTripMilliseconds(from, to) ?? 0) / 1000
  }

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
