import Telemetry

extension Estate {
  /// What the configuration tells of the plan: its control planes, its practice, the distance.
  func planGauges(
    _ group: GroupWatch, _ region: Int, _ now: Timestamp
  ) -> [Readiness.Gauge] {
    var gauges = storeGauges(group, region)
    if !group.deployment.plan.isEmpty {
      let needs = blockingSteps(group.deployment, primary: group.primary, standby: region)
      gauges.append(
        Readiness.Gauge(check: .staticStability, verdict: needs.isEmpty ? .go : .noGo))
    }
    if let evaluation = group.evaluation(for: region) {
      gauges.append(
        Readiness.Gauge(
          check: .planEvaluation(evaluation), verdict: evaluation.verdict(at: now)))
    }
    let practice = group.deployment.practice
    if practice.isConfigured || group.drilled != nil {
      let last = [practice.lastDrill, group.drilled].compactMap { $0 }.max()
      gauges.append(
        Readiness.Gauge(
          check: .drill(last: last), verdict: age(last, now, practice.drillEverySeconds)))
    }
    if practice.lastRestore != nil || restores(group) && practice.isConfigured {
      gauges.append(
        Readiness.Gauge(
          check: .restore, verdict: age(practice.lastRestore, now, practice.restoreEverySeconds)))
    }
    if let distance = distance(group, region, primary: group.primary) {
      gauges.append(
        Readiness.Gauge(
          check: .blastRadius,
          verdict: distance >= group.deployment.minimumDistanceKilometres ? .go : .noGo))
    }
    return gauges
  }

  private func restores(_ group: GroupWatch) -> Bool { group.deployment.model == .backupAndRestore }

  private func age(
    _ last: Timestamp?, _ now: Timestamp, _ limit: Double
  ) -> ReadinessReading.CheckVerdict {
    // That none is known may mean that none was written down.
    guard let last else { return .unknown }
    return now.seconds(since: last) <= limit ? .go : .noGo
  }

  /// Versions that a switchover needs equal, and secondaries without an instance.
  private func storeGauges(_ group: GroupWatch, _ region: Int) -> [Readiness.Gauge] {
    var gauges: [Readiness.Gauge] = []
    for service in group.services {
      let definition = topology.services[service]
      guard topology.members(of: definition).contains(region) else { continue }
      if !definition.versions.isEmpty {
        let own = definition.versions.first { $0.name == name(region) }?.value
        let primary = group.primary.map(name) ?? definition.primary
        let other = definition.versions.first { $0.name == primary }?.value
        let verdict: ReadinessReading.CheckVerdict =
          own == nil || other == nil ? .unknown : own == other ? .go : .noGo
        gauges.append(Readiness.Gauge(check: .engineVersion(service: service), verdict: verdict))
      }
      if definition.headless.contains(name(region)) {
        gauges.append(Readiness.Gauge(check: .headless(service: service), verdict: .noGo))
      }
    }
    return gauges
  }

  /// The steps of a plan that need the control plane of the region that is lost, or of one that is ill.
  func blockingSteps(
    _ deployment: Deployment, primary: Int?, standby: Int
  ) -> [(step: PlanStep, region: String)] {
    deployment.plan.compactMap { step in
      guard let needed = step.controlPlaneRegion(target: name(standby)) else { return nil }
      let isLost = needed == primary.map(name)
      let health = topology.index(needed).flatMap { regions[$0].state }
      return isLost || health == .down ? (step, needed) : nil
    }
  }

  /// Kilometres to the primary, or to the nearest other region of a deployment whose regions are all
  /// active; nil where the atlas does not know one.
  func distance(_ group: GroupWatch, _ region: Int, primary: Int?) -> Double? {
    let others = primary.map { [$0] } ?? group.members.filter { $0 != region }
    return others.compactMap { distances[$0][region] }.min()
  }
}
