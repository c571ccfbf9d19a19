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
        writers: writtenService(of: plan.name).map { intervals($0.writers) { [$0] } } ?? [],
        recovery: plan.recovery.flatMap { recovery(of: plan.name, $0) })
    }
    result.redAlarms = truth.redAlarms?.sorted()
    result.instants = truth.instants.map {
      GroundTruth.Instant(name: $0.name, time: time(atOffset: $0.offset), exitCode: $0.exitCode)
    }
    return result
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
  ) -> (service: ServicePlan, writers: Steps<String>)? {
    let names = plan.deployments.first { $0.name == deployment }?.services ?? []
    return names.compactMap { plan.service($0) }
      .filter { [.auroraGlobalDatabase, .rdsReadReplica].contains($0.kind) }
      .compactMap { service in story.writers[service.name].map { (service, $0) } }
      .first
  }

  /// What the first change of writer cost.
  private func recovery(
    of deployment: String, _ recovery: TruthPlan.Recovery
  ) -> GroundTruth.Recovery? {
    guard let (service, writers) = writtenService(of: deployment), writers.steps.count > 1,
      let old = writers.steps.first?.value,
      let new = writers.steps.first(where: { $0.value != old && $0.value != "none" })?.value
    else { return nil }
    let lost = time(atOffset: writers.steps[1].offset)
    let link = LinkCourse(scenario: self, service: service, from: old, to: new)
    let rpo = link.lag(at: lost).seconds ?? 0
    let (began, restored) = (
      time(atOffset: recovery.began), time(atOffset: recovery.restored)
    )
    let rto = restored.seconds(since: began)
    let slack = recovery.rtoToleranceSeconds
    return GroundTruth.Recovery(
      began: began, lost: lost, restored: restored, service: service.name,
      rpo: GroundTruth.Figure(
        seconds: rpo, atLeast: max(0, rpo - 1), atMost: rpo + recovery.rpoToleranceSeconds),
      rto: GroundTruth.Figure(seconds: rto, atLeast: rto - slack, atMost: rto + slack))
  }
}
