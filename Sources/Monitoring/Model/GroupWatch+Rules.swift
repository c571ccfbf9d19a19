import Telemetry

extension GroupWatch {
  /// What the estate knows about the deployment at an instant.
  struct Scene {
    var now: Timestamp
    var primaryHealth: RegionHealth?
    /// What is found about the primary, with its sentences' region.
    var findings: [Finding]
    /// What is seen of the primary and speaks for it, a family each.
    var soundness: [Evidence]
    var regionName: (Int) -> String
    var writers: [Int]
    /// Whether no region that may write is out of sight.
    var areWritersKnown: Bool
    /// The primary's writes have stopped, as far as they are seen.
    var primaryIdle: Timestamp?
    var primaryWrites: Bool
    /// Whether it wrote when it was last seen: a point that was lost on the way does not end that.
    var mayPrimaryWrite: Bool
    /// Whether the primary is seen to write, or no store can tell.
    var isWriterSeen: Bool
    /// Nothing arrives from any region of the deployment.
    var isUnseen: Bool
    /// Nothing arrives from the primary: one that is BLIND may have just come back.
    var isPrimarySilent: Bool
    /// Where requests, or capacity, are seen to go while nobody has said so.
    var shift: [Evidence]
    /// What a failover still lacks besides a writer: traffic or capacity, as sentences.
    var shortfalls: [Evidence]
    /// Whether users who still go to the region that is left are cut off there.
    var isLeftLost: Bool
    /// Replication to where the primary was is healthy again.
    var isProtected: Bool
    /// The provider says so too.
    var isResynchronised: Bool
  }

  /// The next move; nil: everything stays.
  ///
  /// What one kind of evidence says moves nothing; what speaks against a move is kept beside it.
  mutating func move(_ scene: Scene) -> Move? {
    guard let state, var move = next(scene), move.isProven(from: state) else { return nil }
    move.evidence += doubts(about: move, scene)
    return move
  }

  private mutating func next(_ scene: Scene) -> Move? {
    guard let state else { return nil }
    if state != .splitBrain, let move = split(scene) { return move }
    if state != .blind, pending == nil, isBlinded(state, scene) {
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

  /// A move away from a primary that is not seen is told by the others.
  private func isBlinded(_ state: FailoverState, _ scene: Scene) -> Bool {
    scene.isUnseen
      || (state != .failingOver && scene.primaryHealth == .blind && scene.isPrimarySilent)
  }

  // Every state's own rule, in the order of the enumeration above.

  private mutating func fromSteady(_ scene: Scene) -> Move? {
    if let pending { return Move(to: moving(pending.to), evidence: pending.evidence) }
    if let move = started(scene) { return move }
    if let move = stuck(scene, needsBeginning: true) { return move }
    guard beginsIncident(scene) else { return nil }
    wasUnprotected = false
    return Move(to: .detecting, evidence: sickness(scene))
  }

  private mutating func fromDetecting(_ scene: Scene) -> Move? {
    if let pending { return Move(to: .failingOver, evidence: pending.evidence) }
    if let move = stuck(scene, needsBeginning: false) { return move }
    if let move = underWay(scene) { return move }
    guard isQuiet(!isSick(scene), for: EstateRules.detectionQuiet, scene.now) else { return nil }
    return Move(to: wasUnprotected ? .failedOver : steady, evidence: calm(scene))
  }

  private mutating func fromMoving(_ scene: Scene) -> Move? {
    if let pending {
      if state == .failingBack {
        self.pending = nil
        return nil
      }
      guard isFinished(pending, scene) else { return overdue(scene) }
      return Move(to: .failedOver, evidence: pending.evidence)
    }
    if state == .failingBack, primary == home {
      guard isQuiet(scene.isProtected && isWell(scene), for: EstateRules.steadyQuiet, scene.now)
      else { return nil }
      return Move(to: .steady, evidence: [protection(scene)] + calm(scene))
    }
    if let move = stuck(scene, needsBeginning: false) { return move }
    if let last = currentNotes.last(where: { $0.event.proves != .issue }),
      last.event.proves == .cancelled
    {
      return Move(to: steady, evidence: [last.evidence] + calm(scene))
    }
    if let move = overdue(scene) { return move }
    guard beginning(scene.now) == nil, scene.primaryWrites,
      isQuiet(!isSick(scene), for: EstateRules.detectionQuiet, scene.now)
    else { return nil }
    return Move(to: steady, evidence: calm(scene))
  }

  /// Whether a move is over: the new primary writes, and nothing is missing.
  ///
  /// Requests that go on to where they were are waited for while they are lost there; where they are
  /// served, as of a store that moved alone, not for long. A standby that has to be scaled first is not
  /// finished before it is.
  private func isFinished(_ promotion: WriterWatch.Promotion, _ scene: Scene) -> Bool {
    guard scene.isWriterSeen else { return false }
    if scene.shortfalls.isEmpty { return true }
    guard !deployment.model.scalesFirst, !scene.isLeftLost else { return false }
    return scene.now - promotion.time >= EstateRules.steadyQuiet
  }

  private mutating func fromFailedOver(_ scene: Scene) -> Move? {
    if let pending { return Move(to: moving(pending.to), evidence: pending.evidence) }
    if let move = started(scene) { return move }
    if let move = stuck(scene, needsBeginning: true) { return move }
    if beginsIncident(scene) {
      wasUnprotected = true
      return Move(to: .detecting, evidence: sickness(scene))
    }
    // With the provider's word beside the lag there are two kinds of evidence: no need to wait long.
    let quiet = scene.isResynchronised ? EstateRules.minute : EstateRules.steadyQuiet
    let isOver = scene.isProtected && isWell(scene) && unserved == nil
    guard isQuiet(isOver, for: quiet, scene.now) else { return nil }
    return Move(to: steady, evidence: [protection(scene)] + calm(scene))
  }

  private mutating func fromStuck(_ scene: Scene) -> Move? {
    if let pending {
      // What is still missing after it has served for long is not coming.
      let isServing = isQuiet(
        scene.isWriterSeen && isWell(scene) && !scene.isLeftLost, for: EstateRules.stuckQuiet,
        scene.now)
      guard isServing || isFinished(pending, scene) else { return nil }
      return Move(to: .failedOver, evidence: pending.evidence)
    }
    let failure = currentNotes.last { $0.event.proves == .stuck }?.time ?? since ?? scene.now
    if let again = currentNotes.last(where: { $0.event.proves.startsMove && $0.time > failure }) {
      return Move(to: .failingOver, evidence: [again.evidence] + evidence.filter(\.supports))
    }
    let isServing = isWell(scene) && (lead == nil || scene.mayPrimaryWrite)
    guard isQuiet(isServing, for: EstateRules.stuckQuiet, scene.now),
      lead == nil || scene.primaryWrites
    else { return nil }
    return Move(to: steady, evidence: calm(scene))
  }

  /// One writer for a quiet time, and it is known of every other region that it does not write.
  private mutating func fromSplit(_ scene: Scene) -> Move? {
    let isOver = scene.areWritersKnown && scene.writers.count == 1 && scene.isWriterSeen
    guard isQuiet(isOver, for: EstateRules.steadyQuiet, scene.now) else { return nil }
    guard let pending else { return Move(to: steady, evidence: reunion(scene) + calm(scene)) }
    let evidence = reunion(scene) + pending.evidence
    guard pending.to == home else { return Move(to: .failedOver, evidence: evidence) }
    self.pending = nil
    return Move(to: .failingBack, evidence: evidence)
  }

  private mutating func fromBlind(_ scene: Scene) -> Move? {
    if let pending { return Move(to: .failingOver, evidence: pending.evidence) }
    if !scene.isUnseen, var move = started(scene), move.isProven(from: .steady) {
      // Since when it is not seen belongs to the story, and to the clock.
      if scene.primaryHealth == .blind { move.evidence += sickness(scene) }
      return move
    }
    guard scene.primaryHealth != .blind else { return nil }
    if scene.primaryHealth == .down, frozen ?? steady == steady, beginsIncident(scene) {
      wasUnprotected = false
      return Move(to: .detecting, evidence: sickness(scene))
    }
    let region = primary.map(scene.regionName) ?? "the deployment"
    let text = "\(region) is seen again"
    return Move(
      to: frozen ?? steady,
      evidence: [Evidence(time: scene.now, family: Family.silence.name, text: text, region: region)]
    )
  }
}
