import Monitoring
import Telemetry

extension IncidentReport {
  /// How many instants the graphs are read at: one for every two pixels of a page's width.
  static let graphPoints = 360
  /// A reader gives up long before; what is left out is counted.
  static let timelineLimit = 1000

  /// Reads the report of a window; the engine must have lived through it.
  package init(engine: Engine, name: String, from: Timestamp, to: Timestamp) {
    let end = max(from, to)
    self.name = name
    self.from = from
    self.to = end
    let changes = Array(engine.moment(at: end).transitions(since: self.from))
    began = Self.beginning(of: changes, in: engine)
    regions = Self.courses(engine, changes, self.from, end)
    deployments = Self.stories(engine, changes, self)
    readTimeline(engine, changes)
    readGraphs(engine)
    alarms = Self.alarms(changes, engine, self)
    silences = Self.silentBreaches(changes, engine, self)
    differences = Self.differences(from: engine.moment(at: end), of: self)
  }

  /// The first transition away from normal: of a deployment if any left it, else of a region, a link.
  ///
  /// A deployment's incident begins with its first evidence, which is before the transition.
  private static func beginning(of changes: [Transition], in engine: Engine) -> Timestamp? {
    let normal: Set<String> = ["STEADY", "STEADY_SWAPPED", "HEALTHY", "OK", "WARN", "MAINTENANCE"]
    for kind in [Transition.Kind.failover, .region, .link] {
      let first = changes.first {
        $0.kind == kind && normal.contains($0.from) && !normal.contains($0.to)
      }
      guard let first else { continue }
      guard kind == .failover else { return first.time }
      let reading = engine.moment(at: first.time).failovers.first { $0.group == first.name }
      return reading?.incidentStart ?? first.time
    }
    return nil
  }

  private static func courses(
    _ engine: Engine, _ changes: [Transition], _ from: Timestamp, _ to: Timestamp
  ) -> [RegionCourse] {
    engine.moment(at: from).regions.map { region in
      let own = changes.filter { $0.kind == .region && $0.name == region.region }
      return RegionCourse(
        region: region.region, role: region.role,
        stretches: stretches(own, from: from, to: to) {
          engine.moment(at: $0).regions.first { $0.region == region.region }?.health.rawValue
        })
    }
  }

  /// The states between transitions; `state` tells the one at the beginning.
  static func stretches(
    _ changes: [Transition], from: Timestamp, to: Timestamp, state: (Timestamp) -> String?
  ) -> [Stretch] {
    var result: [Stretch] = []
    var known = changes.first?.from ?? state(to) ?? "unknown"
    var start = from
    for change in changes {
      if change.time > start {
        result.append(Stretch(from: start, to: change.time, state: known))
      }
      (known, start) = (change.to, change.time)
    }
    if to > start || result.isEmpty { result.append(Stretch(from: start, to: to, state: known)) }
    return result
  }

  private static func stories(
    _ engine: Engine, _ changes: [Transition], _ report: IncidentReport
  ) -> [DeploymentStory] {
    let before = engine.moment(at: max(report.from, (report.began ?? report.to) - 60_000))
    let readyBefore = before.failovers
    return engine.moment(at: report.to).failovers.map { reading in
      let own = changes.filter { $0.kind == .failover && $0.name == reading.group }
      let earlier = readyBefore.first { $0.group == reading.group }
      let last = own.last { $0.to == "FAILED_OVER" }?.time
      let move = last.map { outcome(engine, after: $0, of: reading, own) }
      var story = DeploymentStory(
        name: reading.group, model: reading.model,
        stretches: stretches(own, from: report.from, to: report.to) { _ in
          reading.state.rawValue
        },
        rpo: .init(
          objectiveSeconds: reading.rpoSeconds,
          achievedSeconds: move?.rpoAchievedSeconds),
        rto: .init(
          objectiveSeconds: reading.rtoSeconds,
          achievedSeconds: move?.rtoAchievedSeconds))
      story.isDrill = own.contains { isDrill(engine, at: $0.time, of: reading.group) }
      (story.writerBefore, story.writerAfter) = (earlier?.writer, reading.writer)
      story.fencing = own.compactMap { fencing(engine, at: $0.time, of: reading.group) }.last
      story.phases = RecoveryPhase.allCases.map {
        .init(phase: $0, seconds: move?.clock.seconds(of: $0))
      }
      story.readyBefore = earlier?.ready ?? []
      return story
    }
  }

  private static func isDrill(_ engine: Engine, at time: Timestamp, of group: String) -> Bool {
    engine.moment(at: time).failovers.first { $0.group == group }?.drill ?? false
  }

  private static func fencing(_ engine: Engine, at time: Timestamp, of group: String) -> Fencing? {
    engine.moment(at: time).failovers.first { $0.group == group }?.fencing
  }

  /// What the last move that was completed took and cost: as it stood before whatever came next.
  ///
  /// Users who were not served until the deployment went back had to wait for that: the time goes on.
  private static func outcome(
    _ engine: Engine, after moved: Timestamp, of reading: FailoverReading, _ own: [Transition]
  ) -> FailoverReading {
    func before(_ next: Transition?) -> FailoverReading {
      guard let next else { return reading }
      let moment = engine.moment(at: next.time - 1)
      return moment.failovers.first { $0.group == reading.group } ?? reading
    }
    let later = own.filter { $0.time > moved && !["STEADY", "STEADY_SWAPPED"].contains($0.to) }
    var outcome = before(later.first)
    if outcome.rtoAchievedSeconds == nil, later.first?.to == "FAILING_BACK" {
      outcome.rtoAchievedSeconds = before(later.dropFirst().first).rtoAchievedSeconds
    }
    return outcome
  }
}
