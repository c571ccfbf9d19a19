import Telemetry

extension WhatIfCalculation {
  var deployments: [WhatIf.DeploymentLoss] {
    failovers.compactMap { reading in
      guard let deployment = topology.deployments.first(where: { $0.name == reading.group })
      else { return nil }
      return loss(of: deployment, reading)
    }
  }

  private func loss(of deployment: Deployment, _ reading: FailoverReading) -> WhatIf.DeploymentLoss
  {
    let members = topology.services.filter { deployment.services.contains($0.name) }
      .flatMap { topology.members(of: $0) }
    var loss = WhatIf.DeploymentLoss(
      group: deployment.name, model: deployment.model, effect: .none, blockers: [], steps: [],
      objectiveSeconds: deployment.rtoSeconds)
    guard members.contains(lost) || members.isEmpty else { return loss }
    if let primary = reading.primary, primary != code {
      loss.effect = .unprotected
      return loss
    }
    let target = reading.standbys.first { $0.region != code }
    loss.effect = reading.primary == nil ? .evacuation : .failover
    loss.target = loss.effect == .failover ? target?.region : nil
    loss.readiness = target?.verdict
    loss.blockers =
      target?.checks.filter { $0.verdict != .go }
      .map { "\($0.id) \($0.verdict.rawValue): \($0.value), limit \($0.limit)" } ?? []
    loss.steps = steps(deployment, reading, target: target?.region)
    return loss
  }

  /// Detect, then the written plan (or the model's usual steps), then the time until users have moved.
  private func steps(
    _ deployment: Deployment, _ reading: FailoverReading, target: String?
  ) -> [WhatIf.RecoveryStep] {
    let measured = reading.rtoAchievedSeconds == nil ? nil : reading.clock
    var steps = [
      step(.detect, "two of three samples and their delay", measured, assumed: 240)
    ]
    if !deployment.plan.isEmpty {
      for planned in deployment.plan where planned.action.phase != .recover {
        steps.append(step(planned, in: planned.region ?? target))
      }
      if !deployment.plan.contains(where: { $0.action.phase == .decide }) {
        steps.insert(step(.decide, "somebody decides", measured, assumed: 300), at: 1)
      }
    } else {
      steps += usual(deployment, measured, target: target)
    }
    let drain = deployment.timeToLiveSeconds
    steps.append(
      WhatIf.RecoveryStep(
        phase: .recover, name: "resolvers forget the old answer", seconds: drain ?? 60,
        basis: drain == nil ? .assumed : .plan, isBlocked: false))
    for planned in deployment.plan where planned.action.phase == .recover {
      steps.append(step(planned, in: planned.region ?? target))
    }
    return steps
  }

  private func usual(
    _ deployment: Deployment, _ measured: RecoveryClock?, target: String?
  ) -> [WhatIf.RecoveryStep] {
    let actions = PlanAction.usual(for: deployment.model)
    var steps: [WhatIf.RecoveryStep] = []
    for action in actions {
      var step = step(PlanStep(name: action.rawValue, action: action), in: target)
      if action == .decide, let seconds = measured?.seconds(of: .decide) {
        step.seconds = seconds
        step.basis = .measured
      }
      steps.append(step)
    }
    guard let whole = measured?.seconds(of: .execute) else { return steps }
    // The last time tells the whole of the execution, not its parts.
    steps.removeAll { $0.phase == .execute && !$0.isBlocked }
    steps.append(
      WhatIf.RecoveryStep(
        phase: .execute, name: "as the last time", seconds: whole, basis: .measured,
        isBlocked: false))
    return steps
  }

  private func step(
    _ phase: RecoveryPhase, _ name: String, _ measured: RecoveryClock?, assumed: Double
  ) -> WhatIf.RecoveryStep {
    let seconds = measured?.seconds(of: phase)
    return WhatIf.RecoveryStep(
      phase: phase, name: name, seconds: seconds ?? assumed,
      basis: seconds == nil ? .assumed : .measured, isBlocked: false)
  }

  private func step(_ planned: PlanStep, in region: String?) -> WhatIf.RecoveryStep {
    let plane = planned.controlPlaneRegion(target: region)
    return WhatIf.RecoveryStep(
      phase: planned.action.phase, name: planned.name,
      seconds: planned.takesSeconds ?? planned.action.assumedSeconds,
      basis: planned.takesSeconds == nil ? .assumed : .plan, controlPlane: plane,
      isBlocked: plane == code)
  }
}

extension PlanStep {
  /// The region whose control plane the step needs when another takes over; nil: none, or not known.
  func controlPlaneRegion(target: String?) -> String? {
    switch action.controlPlane {
    case .none: nil
    case .regional: region ?? target
    case .fixed(let code): code
    }
  }
}

extension PlanAction {
  /// What a step usually takes, where nobody has said or measured it; ours, from the ranges of AWS's
  /// disaster-recovery white paper.
  var assumedSeconds: Double {
    switch self {
    case .decide: 300
    case .routingControl, .route53HealthCheck, .bucketFailover: 10
    case .signIn, .script: 30
    case .route53Record, .globalAcceleratorDial, .accessManagement: 60
    case .fence, .promote, .verify, .imagePull: 120
    case .cloudFrontOrigin, .scale: 300
    case .launch: 600
    case .restore: 7200
    }
  }
}
