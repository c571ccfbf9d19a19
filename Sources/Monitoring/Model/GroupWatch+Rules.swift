import Telemetry

extension GroupWatch {
  /// What the estate knows about the deployment at an instant.
  struct Scene {
    var now: Timestamp
    var primaryHealth: RegionHealth?
    /// What is found about the primary, with its sentences' region.
    var findings: [Finding]
    var regionName: (Int) -> String
    var writers: [Int]
    /// The primary's writes have stopped, as far as they are seen.
    var primaryIdle: Timestamp?
    var primaryWrites: Bool
    /// Replication to where the primary was is healthy again.
    var isProtected: Bool
    /// The provider says so too.
    var isResynchronised: Bool
  }

  /// The next move; nil: everything stays.
  mutating func move(_ scene: Scene) -> Move? {
    guard let state else { return nil }
    if state != .splitBrain, let move = split(scene) { return move }
    if state != .blind, state != .failingOver, pending == nil, scene.primaryHealth == .blind {
      frozen = state
      return Move(to: .blind, evidence: [blindness(scene)])
    }
    switch state {
    case .steady, .steadySwapped: return fromSteady(scene)
    case .detecting: return fromDetecting(scene)
    case .failingOver, .failingBack: return fromMoving(scene)
    case .failedOver: return fromFailedOver(scene)
    case .stuck: return fromStuck(scene)
    case .splitBrain: return fromSplit(scene)
    case .blind: return fromBlind(scene)
    }
  }

  // Every state's own rule, in the order of the enumeration above.

  private mutating func fromSteady(_ scene: Scene) -> Move? {
    if let pending { return Move(to: moving(pending.to), evidence: pending.evidence) }
    if let move = started(scene) { return move }
    if let move = stuck(scene, needs: 2) { return move }
    guard isSick(scene) else { return nil }
    return Move(to: .detecting, evidence: sickness(scene))
  }

  private mutating func fromDetecting(_ scene: Scene) -> Move? {
    if let pending { return Move(to: .failingOver, evidence: pending.evidence) }
    if let move = stuck(scene, needs: 1) { return move }
    let commanded = currentNotes.filter { $0.event.proves.startsMove }
    if let first = commanded.first(where: {
      $0.time >= (incidentStart ?? scene.now) - EstateRules.detectionQuiet
    }) {
      return Move(to: .failingOver, evidence: [first.evidence] + sickness(scene) + evidence)
    }
    guard isQuiet(!isSick(scene), for: EstateRules.detectionQuiet, scene.now) else { return nil }
    return Move(to: steady, evidence: [calm(scene)])
  }

  private mutating func fromMoving(_ scene: Scene) -> Move? {
    if let pending {
      if state == .failingBack || pending.to == home && primary == home && isReturning {
        self.pending = nil
        return nil
      }
      return Move(to: .failedOver, evidence: pending.evidence)
    }
    if state == .failingBack, primary == home {
      guard isQuiet(scene.isProtected && isWell(scene), for: EstateRules.steadyQuiet, scene.now)
      else { return nil }
      return Move(to: .steady, evidence: [calm(scene)])
    }
    if let move = stuck(scene, needs: 1) { return move }
    if let last = currentNotes.last(where: { $0.event.proves != .issue }),
      last.event.proves == .cancelled
    {
      return Move(to: steady, evidence: [last.evidence, calm(scene)])
    }
    let longest = max(
      EstateRules.longestFailover, Int64((deployment.rtoSeconds ?? 0) * 2000))
    if let since, scene.now - since > longest {
      let text =
        "the failover has not completed for \(secondsText(scene.now.seconds(since: since)))"
      return Move(
        to: .stuck,
        evidence: [Evidence(time: scene.now, family: "time", text: text)] + sickness(scene))
    }
    guard currentNotes.isEmpty, scene.primaryWrites,
      isQuiet(!isSick(scene), for: EstateRules.detectionQuiet, scene.now)
    else { return nil }
    return Move(to: steady, evidence: [calm(scene)])
  }

  private mutating func fromFailedOver(_ scene: Scene) -> Move? {
    if let pending { return Move(to: moving(pending.to), evidence: pending.evidence) }
    if let move = started(scene) { return move }
    if let move = stuck(scene, needs: 2) { return move }
    // With the provider's word beside the lag there are two kinds of evidence: no need to wait long.
    let quiet = scene.isResynchronised ? EstateRules.minute : EstateRules.steadyQuiet
    guard isQuiet(scene.isProtected && isWell(scene), for: quiet, scene.now) else { return nil }
    return Move(to: steady, evidence: [protection(scene)])
  }

  private mutating func fromStuck(_ scene: Scene) -> Move? {
    if let pending { return Move(to: .failedOver, evidence: pending.evidence) }
    let failure = currentNotes.last { $0.event.proves == .stuck }?.time ?? since ?? scene.now
    if let again = currentNotes.last(where: { $0.event.proves.startsMove && $0.time > failure }) {
      return Move(to: .failingOver, evidence: [again.evidence] + evidence)
    }
    let isServing = isWell(scene) && (lead == nil || scene.primaryWrites)
    guard isQuiet(isServing, for: EstateRules.stuckQuiet, scene.now) else { return nil }
    return Move(to: steady, evidence: [calm(scene)])
  }

  private mutating func fromSplit(_ scene: Scene) -> Move? {
    if let pending, scene.writers.count < 2 {
      return Move(to: .failedOver, evidence: pending.evidence)
    }
    guard isQuiet(scene.writers.count == 1, for: EstateRules.steadyQuiet, scene.now) else {
      return nil
    }
    return Move(to: steady, evidence: [calm(scene)])
  }

  private mutating func fromBlind(_ scene: Scene) -> Move? {
    if let pending { return Move(to: .failingOver, evidence: pending.evidence) }
    guard scene.primaryHealth != .blind else { return nil }
    let region = primary.map(scene.regionName) ?? "the deployment"
    let text = "\(region) is seen again"
    return Move(
      to: frozen ?? steady,
      evidence: [Evidence(time: scene.now, family: Family.silence.name, text: text, region: region)]
    )
  }
}
