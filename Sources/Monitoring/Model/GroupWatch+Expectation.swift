import Telemetry

extension GroupWatch {
  /// Takes in what is expected now: pg_auto_failover's assigned state beside the reported one.
  mutating func expect(_ now: Timestamp) {
    let (state, primary) = expected(now)
    let differs = self.state != state
    if expectation.state != state || expectation.primary != primary || !differs {
      expectation.differsSince = nil
    }
    expectation.state = state
    expectation.primary = primary
    if differs, expectation.differsSince == nil { expectation.differsSince = now }
  }

  /// A move that was asked for is expected to be under way, and over after its objective; without one,
  /// the deployment is expected to rest where its primary is.
  private func expected(_ now: Timestamp) -> (FailoverState, Int?) {
    guard home != nil else { return (.steady, nil) }
    guard let asked = beginning(now) else { return (steady, primary) }
    let target = target(asked)
    let known = target >= 0 ? target : nil
    let isLate = now - asked.time > longestMove / 2
    return (isLate ? .failedOver : moving(target), known)
  }

  /// The event that began the present move; nil: none, or it is over.
  func beginning(_ now: Timestamp) -> FailoverNote? {
    let started = currentNotes.filter {
      ($0.event.proves == .failingOver || $0.event.proves == .commanded)
        && now - $0.time <= longestMove
    }
    guard let first = started.first, let last = started.last else { return nil }
    let ended = currentNotes.last { $0.event.proves == .cancelled || $0.event.proves == .stuck }
    if let ended, ended.time >= last.time { return nil }
    return started.first { $0.event.proves == .failingOver } ?? first
  }

  /// Marks the time as a drill; an incident that began in one stays one to its end.
  mutating func mark(isDrilling: Bool, _ now: Timestamp) {
    let isMarked = isDrilling || deployment.drills.contains { $0.contains(now) }
    isDrill = isMarked || (isDrill && state != .steady && state != .steadySwapped)
  }

  /// Whether something is, or was lately, the matter with it.
  var isStirred: Bool {
    (state != .steady && state != .steadySwapped) || pending != nil || !currentNotes.isEmpty
  }

  /// Milliseconds after which a move that was begun is not late but stuck: twice the objective.
  var longestMove: Int64 {
    max(EstateRules.longestFailover, Int64((deployment.rtoSeconds ?? 0) * 2000))
  }

  /// What is known of the old writer's end; nil while nothing moves.
  var fencing: Fencing? {
    guard lead != nil, let state, state != .steady, state != .detecting else { return nil }
    let start = (clock.began ?? .distantPast) - EstateRules.detectionQuiet
    let told = notes.last { $0.event.fenced != nil && $0.time >= start }
    guard let fenced = told?.event.fenced else { return .noEvidence }
    return fenced ? .seen : .timedOut
  }
}
