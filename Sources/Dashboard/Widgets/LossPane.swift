import Monitoring

/// What losing a region would do now: what breaks first, and traffic, data and recovery in a line each.
struct LossPane {
  let loss: WhatIf

  func draw(in rect: Rect, boxed: Bool, on frame: inout Frame) {
    let inner = frame.part(
      rect, title: [Run("If \(loss.region) were lost now", .title)],
      note: "calculated, nothing happens · w next region", boxed: boxed)
    for (offset, line) in lines.prefix(inner.rows).enumerated() {
      frame.sentence(line, inner.row + offset, inner.column, end: inner.endColumn)
    }
  }

  private var lines: [[Run]] {
    breaks + deployments.map(recovery) + loss.regions.map(traffic) + loss.stores.map(data)
      + loss.headroom.compactMap(headroom)
  }

  private var breaks: [[Run]] {
    guard !loss.breaks.isEmpty else { return [[Run("nothing that can be seen breaks", .ok)]] }
    return loss.breaks.map { breakage in
      let isCritical = breakage.severity == .critical
      let when = breakage.afterSeconds.map { $0 == 0 ? "at once" : Quantities.duration($0) }
      return [
        Run(isCritical ? "■ " : "▲ ", isCritical ? .crit : .warn, .bold),
        Run((when ?? "from then on") + "  ", .muted), Run(breakage.text, .text),
      ]
    }
  }

  private var deployments: [WhatIf.DeploymentLoss] {
    loss.deployments.filter { $0.effect == .failover || $0.effect == .evacuation }
  }

  private func recovery(_ deployment: WhatIf.DeploymentLoss) -> [Run] {
    let isLate =
      deployment.rtoSeconds.map { $0 > deployment.objectiveSeconds ?? .infinity } ?? false
    var runs = [
      Run("  \(deployment.group) ", .title),
      Run("to \(deployment.target ?? "the others")  ", .text),
      Run("RTO ", .muted),
      Run(Quantities.duration(deployment.rtoSeconds), isLate ? .crit : .text, .bold),
      Run(" of \(Quantities.duration(deployment.objectiveSeconds)):", .muted),
    ]
    for phase in RecoveryPhase.allCases {
      let steps = deployment.steps.filter { $0.phase == phase }
      guard !steps.isEmpty else { continue }
      let known = steps.compactMap(\.seconds)
      let sum = known.count == steps.count ? known.reduce(0, +) : nil
      let isBlocked = steps.contains(where: \.isBlocked)
      runs.append(Run("  \(phase.rawValue) ", .muted))
      runs.append(Run(Quantities.duration(sum), isBlocked ? .crit : .text))
    }
    if deployment.steps.contains(where: { $0.basis == .assumed }) {
      runs.append(Run("  (partly assumed)", .muted))
    }
    return runs
  }

  private func traffic(_ arrival: WhatIf.Arrival) -> [Run] {
    let standing = Standing(arrival.health)
    return [
      Run("  \(standing.glyph) ", standing.role), Run("\(arrival.region)  ", .text),
      Run("traffic ", .muted), Run(Quantities.percent(arrival.share), .text), Run(" > ", .muted),
      Run(Quantities.percent(arrival.shareAfter), .title, .bold),
      Run("  its users wait ", .muted),
      Run(Quantities.duration(arrival.roundTripMilliseconds.map { $0 / 1000 }), .text),
      Run(" more", .muted),
    ]
  }

  private func data(_ store: WhatIf.StoreLoss) -> [Run] {
    guard store.effect != .unprotected else {
      return [Run("  \(store.service)  ", .text), Run("loses a copy, no data", .muted)]
    }
    let role: Role =
      store.seconds == nil ? .unknown : store.breaksObjective == true ? .crit : .text
    return [
      Run("  \(store.service)  ", .text), Run("at most ", .muted),
      Run(Quantities.duration(store.seconds), role, .bold),
      Run(
        " \(store.effect.rawValue), the objective is "
          + Quantities.duration(store.objectiveSeconds), .muted),
    ]
  }

  private func headroom(_ row: WhatIf.Headroom) -> [Run]? {
    guard let use = row.use else { return nil }
    return [
      Run("  \(row.service) in \(row.region)  ", .text), Run("needs ", .muted),
      Run(Quantities.percent(use), use > 1 ? .crit : use > 0.8 ? .warn : .ok, .bold),
      Run(" of what it can (\(row.basis?.rawValue ?? "--"))", .muted),
    ]
  }
}
