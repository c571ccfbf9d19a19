import Telemetry

/// A deployment whose regions are all active: losing one is an evacuation, not a promotion.
///
/// The machine is the same, told by traffic: FAILING_OVER while a region's requests go elsewhere,
/// FAILED_OVER when hardly any are left and the others carry them, FAILING_BACK as they return.
extension GroupWatch {
  struct Load: Hashable, Sendable {
    var time: Timestamp
    var requests = 0.0
    var normal = 0.0

    /// The part of normal; nil while normal is too small to compare with.
    var fraction: Double? {
      normal >= EstateRules.smallestBaseline ? requests / normal : nil
    }
  }

  struct ActiveScene {
    var now: Timestamp
    var health: (Int) -> RegionHealth?
    var findings: (Int) -> [Finding]
    var regionName: (Int) -> String
    /// By place among the members; nil: no door of the region is seen.
    var loads: [Load?]
    /// What is seen of the region in question and speaks for it.
    var soundness: [Evidence]
    /// By place: what a region whose door is not seen must still have, were all its requests either
    /// there or with the others.
    var leftovers: [Double?]
    /// The part of all normal requests that is served.
    var kept: Double?
  }

  /// A region is left when it has less than half, and abandoned with less than a tenth, of normal.
  private static let leaving = 0.5
  static let abandoned = 0.1
  /// It is back with more than this of normal; the rest follows the day's curve.
  private static let back = 0.7

  mutating func activeMove(_ scene: ActiveScene) -> Move? {
    guard let state, var move = nextActive(scene), move.isProven(from: state) else { return nil }
    if move.to == .steady { move = settled(move, scene) }
    let supporting = Set(move.evidence.map(\.family))
    if move.to == .detecting || move.to == .failingOver {
      for var doubt in scene.soundness where !supporting.contains(doubt.family) {
        doubt.supports = false
        move.evidence.append(doubt)
      }
    }
    return move
  }

  private mutating func nextActive(_ scene: ActiveScene) -> Move? {
    guard let state else { return nil }
    let isUnseen = members.allSatisfy { scene.health($0) == .blind }
    if state == .blind {
      let text = "its regions are seen again"
      let sight = Evidence(time: scene.now, family: Family.silence.name, text: text)
      return isUnseen ? nil : Move(to: frozen ?? .steady, evidence: [sight])
    }
    if isUnseen {
      frozen = state
      let text = "nothing is seen from any of its regions; the last state is kept"
      return Move(
        to: .blind,
        evidence: [Evidence(time: scene.now, family: Family.silence.name, text: text)])
    }
    if state == .steady { return commanded(scene) ?? activeSickness(scene) }
    guard let subject else { return nil }
    if state == .failedOver, let move = activeSickness(scene) {
      evacuated.append(subject)
      return move
    }
    return move(of: subject, from: state, scene)
  }

  /// Nothing is the matter with the region in question any more: what was evacuated before it counts, as
  /// long as it is not back.
  private mutating func settled(_ move: Move, _ scene: ActiveScene) -> Move {
    subject = nil
    while let earlier = evacuated.popLast() {
      guard let fraction = fraction(earlier, scene), fraction < Self.back else { continue }
      subject = earlier
      let evidence = [traffic(earlier, fraction, scene)] + sentences(earlier, scene)
      return Move(to: .failedOver, evidence: evidence + move.evidence)
    }
    return move
  }

  private mutating func move(
    of subject: Int, from state: FailoverState, _ scene: ActiveScene
  ) -> Move? {
    let fraction = fraction(subject, scene)
    let isWell = scene.health(subject) == .healthy || scene.health(subject) == .degraded
    switch state {
    case .detecting:
      if let fraction, fraction < Self.leaving, isTakenOver(from: subject, scene) {
        return evacuation(.failingOver, fraction, scene)
      }
    case .failingOver:
      if let fraction, fraction < Self.abandoned, isServed(scene) {
        return evacuation(.failedOver, fraction, scene)
      }
    case .failedOver:
      guard isWell, let fraction, fraction > Self.abandoned else { return nil }
      return evacuation(.failingBack, fraction, scene)
    default: break
    }
    let isBack = state == .detecting || (fraction ?? 0) > Self.back
    let quiet = state == .detecting ? EstateRules.detectionQuiet : EstateRules.steadyQuiet
    guard state != .failedOver, isQuiet(isWell && isBack, for: quiet, scene.now) else { return nil }
    let text = "nothing speaks against \(scene.regionName(subject)) any more"
    let calm = Evidence(time: scene.now, family: "quiet", text: text)
    return Move(to: .steady, evidence: [calm] + scene.soundness)
  }

  /// What a region has of its normal requests: as its doors say, else as the others' gain does.
  private func fraction(_ region: Int, _ scene: ActiveScene) -> Double? {
    if let seen = load(region, scene) { return seen.fraction }
    return members.firstIndex(of: region).flatMap { scene.leftovers[$0] }
  }

  private func load(_ region: Int, _ scene: ActiveScene) -> Load? {
    members.firstIndex(of: region).flatMap { scene.loads[$0] }
  }

  /// Whether other regions have gained at least half of what one has lost: traffic that moves, as
  /// against traffic that never arrives.
  private func isTakenOver(from region: Int, _ scene: ActiveScene) -> Bool {
    guard let own = load(region, scene) else { return fraction(region, scene) != nil }
    let gained = members.reduce(0.0) { sum, other in
      guard other != region, let load = load(other, scene) else { return sum }
      return sum + max(0, load.requests - load.normal)
    }
    return gained >= (own.normal - own.requests) / 2
  }

  /// N-1 regions carry what all did; unknown counts as carried only after some time.
  private func isServed(_ scene: ActiveScene) -> Bool {
    if let kept = scene.kept, kept >= EstateRules.movedShare { return true }
    return since.map { scene.now - $0 >= EstateRules.steadyQuiet } ?? false
  }

  /// A region is evacuated although nothing is wrong with it: somebody's command and the traffic agree.
  private mutating func commanded(_ scene: ActiveScene) -> Move? {
    let shifts = notes.filter {
      $0.event.proves == .trafficShift && scene.now - $0.time <= longestMove
    }
    guard !shifts.isEmpty else { return nil }
    for region in members {
      guard let load = load(region, scene), let fraction = load.fraction, fraction < Self.leaving,
        isTakenOver(from: region, scene)
      else { continue }
      subject = region
      isOrdered = true
      return Move(
        to: .failingOver,
        evidence: shifts.map(\.evidence) + [traffic(region, fraction, scene)])
    }
    return nil
  }

  private mutating func activeSickness(_ scene: ActiveScene) -> Move? {
    let sick = members.first { region in
      guard region != subject, !evacuated.contains(region) else { return false }
      let health = scene.health(region)
      guard scene.findings(region).count >= 2 else { return false }
      let isLocked = finished.map {
        scene.now - $0 <= Int64(deployment.lockOutSeconds * 1000)
      }
      return health == .down || (health == .impaired && isLocked != true)
    }
    guard let sick else { return nil }
    subject = sick
    isOrdered = false
    return Move(to: .detecting, evidence: sentences(sick, scene))
  }

  /// Whether a region that was well has been emptied by somebody's command.
  func isDrained(_ region: Int) -> Bool {
    home == nil && isOrdered && subject == region && state == .failedOver
  }

  private func traffic(_ region: Int, _ fraction: Double, _ scene: ActiveScene) -> Evidence {
    let own = load(region, scene)
    let (name, part) = (scene.regionName(region), percentText(fraction))
    return Evidence(
      time: own?.time ?? scene.now, family: Family.traffic.name,
      text: own == nil
        ? "the others carry all but \(part) of the normal requests of \(name)"
        : "\(name) has \(part) of its normal requests",
      region: name)
  }

  /// A move of the traffic of the region in question, beside what is found about it, or what was.
  private func evacuation(
    _ to: FailoverState, _ fraction: Double, _ scene: ActiveScene
  ) -> Move? {
    guard let subject else { return nil }
    var evidence = [traffic(subject, fraction, scene)] + sentences(subject, scene)
    if to == .failingBack {
      evidence += scene.soundness.filter { $0.family != Family.traffic.name }
    } else if Set(evidence.map(\.family)).count < 2 {
      evidence += self.evidence.filter(\.supports)
    }
    return Move(to: to, evidence: evidence)
  }

  private func sentences(_ region: Int, _ scene: ActiveScene) -> [Evidence] {
    scene.findings(region).map {
      Evidence(
        time: $0.began, family: $0.family.name,
        text: "\(scene.regionName(region)): \($0.sentence)", region: scene.regionName(region))
    }
  }
}
