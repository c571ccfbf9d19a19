import Telemetry

extension Estate {
  /// `the lag of orders-db is over its objective, or its replication has stopped`.
  func sentence(_ gauge: Readiness.Gauge, _ group: GroupWatch, _ region: Int) -> String {
    let isKnown = gauge.verdict == .noGo
    func service(_ index: Int) -> String { topology.services[index].name }
    switch gauge.check {
    case .lag(let link):
      return isKnown
        ? "the lag of \(service(links[link].service)) is over its objective, or its replication has "
          + "stopped"
        : "the lag of \(service(links[link].service)) is not known"
    case .lagHistory(let link, let kept):
      return "the lag of \(service(links[link].service)) kept its objective only "
        + "\(numberText(Double(kept) / 10)) % of a day"
    case .freshness: return "no fresh data from \(name(region))"
    case .health:
      let health = regions[region].state?.rawValue ?? "unknown"
      return "\(name(region)) is \(health)"
    case .routing:
      return isKnown
        ? "the Route 53 health check of \(name(region)) fails"
        : "the Route 53 health check of \(name(region)) is not seen"
    case .noHealthCheck: return "\(name(region)) has no health check, others have"
    case .timeToLive: return "resolvers keep answers too long"
    case .writer: return isKnown ? "two regions write" : "it cannot be told who writes"
    case .capacity(let index, let need, _, _):
      return isKnown
        ? "\(service(index)) in \(name(region)) cannot reach the \(numberText(need)) it would need"
        : "what \(service(index)) could serve in \(name(region)) is not known"
    case .quota(let signal):
      let name = service(board.signals[signal].service)
      return isKnown
        ? "the quota of \(name) is nearly used up" : "the quota of \(name) is not known"
    case .engineVersion(let index):
      return isKnown
        ? "the engine versions of \(service(index)) differ"
        : "the engine version of \(service(index)) in \(name(region)) is not told"
    case .headless(let index): return "\(service(index)) has no instance in \(name(region))"
    case .alarm(let index):
      let check = group.deployment.alarmChecks[index]
      return isKnown ? "\(check.name): \(check.value) is ALARM" : "\(check.name) is not known"
    case .staticStability: return "the plan needs the control plane of a region that is lost"
    case .planEvaluation:
      return isKnown
        ? "the evaluation of the plan requires action" : "the evaluation of the plan is not known"
    case .drill: return isKnown ? "the last drill is long ago" : "no drill is known"
    case .restore: return isKnown ? "the last restore is long ago" : "no restore is known"
    case .blastRadius: return "\(name(region)) is too near to share no fate with the primary"
    }
  }
}
