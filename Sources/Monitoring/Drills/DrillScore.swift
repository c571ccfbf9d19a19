import Telemetry

/// One failover of a recording, scored against the objectives of its deployment.
package struct DrillScore: Hashable, Sendable {
  package var group: String
  package var model: DeploymentModel
  /// Whether the recording marks it as a drill.
  package var isMarked: Bool
  package var began: Timestamp
  /// When all was steady again; nil: it was not, by the end.
  package var ended: Timestamp?
  package var fromRegion: String?
  package var toRegion: String?
  /// The states it went through, in order.
  package var states: [FailoverState]
  package var clock: RecoveryClock
  package var fencing: Fencing?
  package var rtoSeconds: Double?
  package var rtoObjectiveSeconds: Double?
  package var rpoSeconds: Double?
  package var rpoObjectiveSeconds: Double?
  package var result: Result
  /// What was not as it should be, a sentence each.
  package var reasons: [String]

  package enum Result: String, Hashable, Sendable, CaseIterable {
    /// Both objectives were kept, and nothing went wrong on the way.
    case passed = "PASSED"
    case failed = "FAILED"
    /// It was not over by the end.
    case unfinished = "UNFINISHED"
    /// Without an objective, or a measurement, there is nothing to pass.
    case unknown = "UNKNOWN"
  }
}

extension Moment {
  /// The incidents of a span that ended, or still ran, by this moment; by deployment, then time.
  ///
  /// With `onlyMarked`, only those that a topology, an experiment or a note calls a drill.
  package func drills(
    from start: Timestamp = .distantPast, to end: Timestamp = .distantFuture,
    onlyMarked: Bool = false
  ) -> [DrillScore] {
    engine.estate.groups.flatMap { group in
      IncidentSpans(group.history, until: min(time, end)).spans
        .filter { $0.began >= start && $0.began <= end && (!onlyMarked || $0.isMarked) }
        .map { DrillScore($0, group, regionName: { topology.regions[$0].code }) }
    }
  }
}

/// The incidents in a deployment's history: from leaving a steady state to the next one.
struct IncidentSpans {
  private(set) var spans: [Span] = []

  struct Span {
    var began: Timestamp
    var ended: Timestamp?
    var states: [FailoverState] = []
    var isMarked = false
    /// The primary before it, and the newest record of it.
    var before: Int?
    var last: GroupWatch.Record
  }

  init(_ history: History<GroupWatch.Record>, until end: Timestamp) {
    var known: GroupWatch.Record?
    var open: Span?
    for (time, record) in history.entries where time <= end {
      let isSteady = record.state == .steady || record.state == .steadySwapped
      if !isSteady, open == nil {
        open = Span(began: record.incidentStart ?? time, before: known?.primary, last: record)
      }
      if open != nil {
        open?.last = record
        if record.isDrill { open?.isMarked = true }
        if open?.states.last != record.state { open?.states.append(record.state) }
      }
      if isSteady, var span = open {
        span.ended = record.since
        spans.append(span)
        open = nil
      }
      if isSteady { known = record }
    }
    if let open { spans.append(open) }
  }
}

extension DrillScore {
  init(_ span: IncidentSpans.Span, _ group: GroupWatch, regionName: (Int) -> String) {
    let deployment = group.deployment
    self.init(
      group: deployment.name, model: deployment.model, isMarked: span.isMarked, began: span.began,
      ended: span.ended, fromRegion: span.before.map(regionName),
      toRegion: span.last.primary.map(regionName), states: span.states, clock: span.last.clock,
      fencing: span.last.fencing, rtoSeconds: span.last.rtoAchieved,
      rtoObjectiveSeconds: deployment.rtoSeconds, rpoSeconds: span.last.rpoAchieved,
      rpoObjectiveSeconds: deployment.rpoSeconds, result: .unknown, reasons: [])
    if !states.contains(.failedOver), !states.contains(.failingBack) {
      (rtoSeconds, rpoSeconds) = (nil, nil)
    }
    judge()
  }

  private mutating func judge() {
    let broken = [
      ("RTO", rtoSeconds, rtoObjectiveSeconds), ("RPO", rpoSeconds, rpoObjectiveSeconds),
    ]
    var isKnown = true
    for (name, achieved, objective) in broken {
      guard let objective else { continue }
      guard let achieved else {
        isKnown = false
        reasons.append("the \(name) achieved is not known")
        continue
      }
      if achieved > objective {
        reasons.append(
          "\(name) \(secondsText(achieved)), the objective is \(secondsText(objective))")
        result = .failed
      }
    }
    for state in [FailoverState.splitBrain, .stuck] where states.contains(state) {
      reasons.append("it went through \(state.rawValue)")
      result = .failed
    }
    if ended == nil, rtoSeconds == nil {
      reasons.append("it is not over")
      if result != .failed { result = .unfinished }
    }
    guard result == .unknown, isKnown else { return }
    let hasObjective = rtoObjectiveSeconds != nil || rpoObjectiveSeconds != nil
    result = hasObjective ? .passed : .unknown
    if !hasObjective { reasons.append("the deployment has no objectives") }
  }
}
