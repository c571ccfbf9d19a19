import Monitoring
import Telemetry

extension IncidentReport {
  /// All that happened; that an alarm gets its first data and is fine is no event.
  mutating func readTimeline(_ engine: Engine, _ changes: [Transition]) {
    var awake: Set<String> = []
    let told = changes.filter { change in
      guard change.kind == .alarm else { return true }
      let isFirst = awake.insert("\(change.name) \(change.region ?? "")").inserted
      return !(isFirst && change.from == "INSUFFICIENT_DATA" && change.to == "OK")
    }
    var entries = told.compactMap { Self.entry($0, engine) }
    let moment = engine.moment(at: to)
    entries += moment.events.filter { $0.arrival >= from }.map(Self.entry)
    let ordered = entries.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }.map(\.element)
    timeline = Array(ordered.prefix(Self.timelineLimit))
    timelineLeftOut = ordered.count - timeline.count
  }

  private static func entry(_ change: Transition, _ engine: Engine) -> TimelineEntry? {
    switch change.kind {
    case .action: return nil
    case .failover: return failover(change, engine)
    case .region, .link, .readiness, .alarm:
      return TimelineEntry(
        time: change.time, kind: kind(of: change.kind),
        title: "\(subject(of: change)): \(change.from) to \(change.to)",
        evidence: change.kind == .alarm ? change.reasons.prefix(1).map { $0 } : change.reasons,
        weight: weight(of: change.to))
    }
  }

  /// A move of a deployment, with what spoke for it and what against.
  private static func failover(_ change: Transition, _ engine: Engine) -> TimelineEntry {
    let reading = engine.moment(at: change.time).failovers.first { $0.group == change.name }
    let evidence = reading?.evidence ?? []
    let text: (Evidence) -> String = { "\($0.time.clockText) \($0.family): \($0.text)" }
    return TimelineEntry(
      time: change.time, kind: .failover, title: "\(change.name): \(change.from) to \(change.to)",
      evidence: evidence.isEmpty ? change.reasons : evidence.filter(\.supports).map(text),
      doubts: evidence.filter { !$0.supports }.map(text), weight: weight(of: change.to))
  }

  private static func entry(_ event: Event) -> TimelineEntry {
    let isNote = event.source == "operator"
    let by = event.attribute("useridentity.arn").map { " by \($0)" } ?? ""
    let place = event.region.isEmpty ? "" : " in \(event.region)"
    let subject = event.subject.isEmpty ? "" : " \(event.subject)"
    let late = event.arrival.seconds(since: event.time)
    let heard = late >= 60 ? ["heard of \(Figures.duration(late)) later"] : []
    return TimelineEntry(
      time: event.time, kind: isNote ? .note : .event,
      title: isNote ? event.message : "\(event.name)\(subject)\(place)\(by)",
      evidence: (isNote || event.message.isEmpty ? [] : [event.message]) + heard, weight: .neutral)
  }

  private static func subject(of change: Transition) -> String {
    switch change.kind {
    case .link: "\(change.name) \(change.region ?? "") to \(change.toRegion ?? "")"
    case .readiness: "\(change.name) in \(change.region ?? "")"
    case .alarm: change.region.map { "\(change.name) in \($0)" } ?? change.name
    default: change.name
    }
  }

  private static func kind(of kind: Transition.Kind) -> TimelineEntry.Kind {
    switch kind {
    case .alarm: .alarm
    case .region: .region
    case .link: .link
    case .readiness: .readiness
    case .failover, .action: .failover
    }
  }

  private static let weights: [String: TimelineEntry.Weight] = [
    "HEALTHY": .good, "OK": .good, "STEADY": .good, "STEADY_SWAPPED": .good, "READY": .good,
    "FAILED_OVER": .warning, "DEGRADED": .warning, "WARN": .warning, "DETECTING": .warning,
    "FAILING_OVER": .warning, "FAILING_BACK": .warning, "STALE": .warning, "BLIND": .warning,
    "NOT_READY": .warning, "IMPAIRED": .critical, "DOWN": .critical, "BREACHED": .critical,
    "BROKEN": .critical, "STUCK": .critical, "SPLIT_BRAIN": .critical, "ALARM": .critical,
  ]

  package static func weight(of state: String) -> TimelineEntry.Weight {
    weights[state] ?? .neutral
  }
}
