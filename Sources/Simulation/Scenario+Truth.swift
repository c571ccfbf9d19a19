import Telemetry

extension Scenario {
  /// What the scenario states, at times, with what the story implies: writers, RPO, RTO.
  func groundTruth(seed: UInt64) -> GroundTruth {
    var result = GroundTruth(name: name, seed: seed, start: start, end: end)
    result.regions = truth.regions.map {
      GroundTruth.Course(subject: $0.subject, intervals: intervals($0.words) { $0 })
    }
    result.links = truth.links.map {
      GroundTruth.Course(subject: $0.subject, intervals: intervals($0.words) { $0 })
    }
    result.deployments = truth.deployments.map { plan in
      GroundTruth.Deployment(
        name: plan.name, states: intervals(plan.states) { $0 },
        writers: writtenService(of: plan.name).map { intervals($0.writers) { [Self.word($0)] } }
          ?? [],
        recovery: plan.recovery.flatMap { recovery(of: plan.name, $0) })
    }
    result.redAlarms = truth.redAlarms?.sorted()
    result.instants = truth.instants.map {
      GroundTruth.Instant(name: $0.name, time: time(atOffset: $0.offset), exitCode: $0.exitCode)
    }
    return result
  }

  /// `none`, a region, or regions joined by `+`.
  private static func word(_ writers: [String]) -> String {
    writers.isEmpty ? "none" : writers.joined(separator: "+")
  }

  private func intervals<Value>(
    _ course: Steps<Value>, _ words: (Value) -> [String]
  ) -> [GroundTruth.Interval] {
    course.steps.enumerated().map { index, step in
      let next = index + 1 < course.steps.count ? course.steps[index + 1].offset : nil
      return GroundTruth.Interval(
        from: time(atOffset: step.offset), to: next.map { time(atOffset: $0) } ?? end + 1,
        accepted: words(step.value),
        settlesAfterSeconds: Double(truth.settleMilliseconds) / 1000)
    }
  }

  /// The service that decides who writes: the first with one writer that a failover moves.
  private func writtenService(
    of deployment: String
  ) -> (service: ServicePlan, writers: Steps<[String]>)? {
    let names = plan.deployments.first { $0.name == deployment }?.services ?? []
    return names.compactMap { plan.service($0) }
      .filter(\.hasOneWriter)
      .compactMap { service in story.writers[service.name].map { (service, $0) } }
      .first
  }

  /// What the first change of writer cost; where no writer moves, only time.
  private func recovery(
    of deployment: String, _ recovery: TruthPlan.Recovery
  ) -> GroundTruth.Recovery? {
    let (began, restored) = (
      time(atOffset: recovery.began), time(atOffset: recovery.restored)
    )
    let rto = restored.seconds(since: began)
    let slack = recovery.rtoToleranceSeconds
    var result = GroundTruth.Recovery(
      began: began, restored: restored,
      rto: GroundTruth.Figure(seconds: rto, atLeast: rto - slack, atMost: rto + slack))
    if let loss = loss(of: deployment) {
      result.lost = loss.time
      result.service = loss.service
      result.rpo = GroundTruth.Figure(
        seconds: loss.seconds, atLeast: max(0, loss.seconds - 1),
        atMost: loss.seconds + recovery.rpoToleranceSeconds)
    }
    return result
  }

  /// The last write of the first writer, and how many seconds of its writes the next one never got.
  private func loss(of deployment: String) -> (service: String, time: Timestamp, seconds: Double)? {
    guard let (service, writers) = writtenService(of: deployment),
      let old = writers.steps.first?.value.first,
      let end = writers.steps.first(where: { !$0.value.contains(old) }),
      let new = writers.steps.compactMap({ $0.value.first { $0 != old } }).first
    else { return nil }
    let lost = time(atOffset: end.offset)
    let link = LinkCourse(scenario: self, service: service, from: old, to: new)
    return (service.name, lost, link.lag(at: lost).seconds ?? 0)
  }
}
