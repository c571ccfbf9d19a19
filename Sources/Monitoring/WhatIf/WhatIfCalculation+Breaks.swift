import Telemetry

extension WhatIfCalculation {
  /// Everything that breaks: at once, as traffic arrives, and what stays broken until somebody acts.
  func breaks(_ result: WhatIf) -> [WhatIf.Breakage] {
    var breaks = result.deployments.flatMap(breaks)
    breaks += result.stores.compactMap(breakage)
    breaks += result.headroom.compactMap(breakage)
    return breaks.sorted { left, right in
      let (a, b) = (left.afterSeconds ?? .infinity, right.afterSeconds ?? .infinity)
      if a != b { return a < b }
      return left.severity != right.severity
        ? left.severity > right.severity : left.text < right.text
    }
  }

  private func breaks(_ loss: WhatIf.DeploymentLoss) -> [WhatIf.Breakage] {
    var breaks: [WhatIf.Breakage] = []
    let group = loss.group
    switch loss.effect {
    case .none: return []
    case .unprotected:
      return [.init(severity: .warning, text: "\(group) has a standby less")]
    case .failover:
      breaks.append(.init(afterSeconds: 0, severity: .critical, text: "\(group) has no writer"))
    case .evacuation:
      breaks.append(
        .init(afterSeconds: 0, severity: .warning, text: "\(group) loses an active region"))
    }
    if loss.effect == .failover, loss.target == nil {
      breaks.append(.init(severity: .critical, text: "\(group) has no standby to take over"))
    }
    if let target = loss.target, let readiness = loss.readiness, readiness != .ready {
      let first = loss.blockers.first.map { ": \($0)" } ?? ""
      breaks.append(
        .init(
          severity: readiness == .notReady ? .critical : .warning,
          text: "\(target) is \(readiness.rawValue) for \(group)\(first)"))
    }
    for step in loss.steps where step.isBlocked {
      breaks.append(
        .init(
          severity: .critical,
          text: "the step '\(step.name)' of \(group) needs the control plane of \(code), "
            + "which is lost"))
    }
    if let rto = loss.rtoSeconds, let objective = loss.objectiveSeconds, rto > objective {
      breaks.append(
        .init(
          afterSeconds: objective, severity: .critical,
          text: "\(group) is past its RTO of \(secondsText(objective)): recovery takes "
            + secondsText(rto)))
    }
    return breaks
  }

  private func breakage(_ loss: WhatIf.StoreLoss) -> WhatIf.Breakage? {
    switch loss.effect {
    case .unprotected: return nil
    case .lost, .late:
      guard let target = loss.target else {
        return .init(
          afterSeconds: 0, severity: .critical, text: "\(loss.service) has no copy elsewhere")
      }
      guard let seconds = loss.seconds else {
        return .init(
          afterSeconds: 0, severity: .warning,
          text: "what \(loss.service) would lose is unknown: \(target) tells no lag")
      }
      guard loss.breaksObjective == true, let objective = loss.objectiveSeconds else { return nil }
      return .init(
        afterSeconds: 0, severity: loss.effect == .lost ? .critical : .warning,
        text: "\(loss.service): up to \(secondsText(seconds)) of writes \(loss.effect.rawValue), "
          + "the objective is \(secondsText(objective))")
    }
  }

  private func breakage(_ headroom: WhatIf.Headroom) -> WhatIf.Breakage? {
    guard let use = headroom.use, use > 1, headroom.basis != .busiestMinute else { return nil }
    let group = topology.deployments.first { $0.services.contains(headroom.service) }
    return .init(
      afterSeconds: group?.timeToLiveSeconds ?? 60, severity: .critical,
      text: "\(headroom.service) in \(headroom.region) needs \(percentText(use)) of its capacity")
  }
}
