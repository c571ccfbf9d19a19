import Telemetry

/// A deployment whose regions are all active: losing one is an evacuation, not a promotion.
///
/// The machine is the same, told by traffic: FAILING_OVER while a sick region's requests go elsewhere,
/// FAILED_OVER when hardly any are left, FAILING_BACK as they return.
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
    var load: (Int) -> Load?
  }

  /// A region is left when it has less than half, and abandoned with less than a tenth, of normal.
  private static let leaving = 0.5
  private static let abandoned = 0.1
  /// It is back with more than this of normal; the rest follows the day's curve.
  private static let back = 0.7

  mutating func activeMove(_ scene: ActiveScene) -> Move? {
    guard let state else { return nil }
    let isUnseen = members.allSatisfy { scene.health($0) == .blind }
    if state == .blind { return isUnseen ? nil : Move(to: frozen ?? .steady, evidence: []) }
    if isUnseen {
      frozen = state
      let text = "nothing is seen from any of its regions; the last state is kept"
      return Move(
        to: .blind,
        evidence: [Evidence(time: scene.now, family: Family.silence.name, text: text)])
    }
    if state == .steady { return activeSickness(scene) }
    guard let subject else { return nil }
    let fraction = scene.load(subject)?.fraction
    let isWell = scene.health(subject) == .healthy || scene.health(subject) == .degraded
    switch state {
    case .detecting:
      if let fraction, fraction < Self.leaving { return evacuated(.failingOver, fraction, scene) }
    case .failingOver:
      if let fraction, fraction < Self.abandoned { return evacuated(.failedOver, fraction, scene) }
    case .failedOver:
      guard isWell, let fraction, fraction > Self.abandoned else { return nil }
      return evacuated(.failingBack, fraction, scene)
    default: break
    }
    let isBack = state == .detecting || (fraction ?? 0) > Self.back
    let quiet = state == .detecting ? EstateRules.detectionQuiet : EstateRules.steadyQuiet
    guard state != .failedOver, isQuiet(isWell && isBack, for: quiet, scene.now) else { return nil }
    self.subject = nil
    let text = "\(scene.regionName(subject)) is well, and serves"
    return Move(to: .steady, evidence: [Evidence(time: scene.now, family: "quiet", text: text)])
  }

  private mutating func activeSickness(_ scene: ActiveScene) -> Move? {
    let sick = members.first { region in
      let health = scene.health(region)
      return scene.findings(region).count >= 2 && (health == .impaired || health == .down)
    }
    guard let sick else { return nil }
    subject = sick
    return Move(to: .detecting, evidence: sentences(sick, scene))
  }

  /// A move of the traffic of the region in question, beside what is found about it.
  private func evacuated(
    _ to: FailoverState, _ fraction: Double, _ scene: ActiveScene
  ) -> Move? {
    guard let subject else { return nil }
    let text = "\(scene.regionName(subject)) has \(percentText(fraction)) of its normal requests"
    let time = scene.load(subject)?.time ?? scene.now
    var evidence = [
      Evidence(
        time: time, family: Family.traffic.name, text: text, region: scene.regionName(subject))
    ]
    evidence += sentences(subject, scene)
    if to == .failingBack {
      evidence.append(
        Evidence(
          time: scene.now, family: "health", text: "\(scene.regionName(subject)) is well again",
          region: scene.regionName(subject)))
    } else if Set(evidence.map(\.family)).count < 2 {
      evidence += self.evidence
    }
    guard Set(evidence.map(\.family)).count >= 2 else { return nil }
    return Move(to: to, evidence: evidence)
  }

  private func sentences(_ region: Int, _ scene: ActiveScene) -> [Evidence] {
    scene.findings(region).map {
      Evidence(
        time: $0.since, family: $0.family.name,
        text: "\(scene.regionName(region)): \($0.sentence)", region: scene.regionName(region))
    }
  }
}
