import Telemetry

extension GroupWatch {
  func sickness(_ scene: Scene) -> [Evidence] {
    let region = primary.map(scene.regionName) ?? ""
    return scene.findings.map {
      Evidence(
        time: $0.began, family: $0.family.name, text: "\(region): \($0.sentence)", region: region)
    }
  }

  /// That nothing speaks against the primary any more, and what is seen to work: silence alone would be
  /// one kind of evidence, and no proof.
  func calm(_ scene: Scene) -> [Evidence] {
    let region = primary.map(scene.regionName) ?? "the deployment"
    let quiet = Evidence(
      time: scene.now, family: "quiet", text: "nothing speaks against \(region) any more",
      region: primary.map(scene.regionName))
    return [quiet] + scene.soundness
  }

  func protection(_ scene: Scene) -> Evidence {
    let region = primary.map(scene.regionName) ?? "the primary"
    return Evidence(
      time: scene.now, family: Family.replication.name,
      text: "replication from \(region) to the former primary is healthy",
      region: primary.map(scene.regionName))
  }

  func blindness(_ scene: Scene) -> Evidence {
    let region =
      scene.isUnseen
      ? "any of its regions" : primary.map(scene.regionName) ?? "the deployment"
    return Evidence(
      time: scene.now, family: Family.silence.name,
      text: "nothing is seen from \(region); the last state is kept",
      region: scene.isUnseen ? nil : primary.map(scene.regionName))
  }

  /// That only one region writes again.
  func reunion(_ scene: Scene) -> [Evidence] {
    scene.writers.map { region in
      Evidence(
        time: scene.now, family: Family.writes.name,
        text: "only \(scene.regionName(region)) writes", region: scene.regionName(region))
    }
  }

  /// What speaks against a move: a part of the primary that works while it is said to be ill or left,
  /// what a finished failover still lacks, what is still found when all is said to be quiet.
  func doubts(about move: Move, _ scene: Scene) -> [Evidence] {
    let supporting = Set(move.evidence.map(\.family))
    var doubts: [Evidence] =
      switch move.to {
      case .detecting, .failingOver, .failingBack, .stuck:
        scene.soundness.filter { !supporting.contains($0.family) }
      case .failedOver, .splitBrain: scene.shortfalls
      case .steady, .steadySwapped: sickness(scene)
      case .blind: scene.soundness
      }
    if move.to == .failedOver, fencing == .timedOut || fencing == .noEvidence, pending != nil {
      doubts.append(
        Evidence(
          time: scene.now, family: Family.events.name,
          text: fencing == .timedOut
            ? "the attempt to block the old writer timed out"
            : "nothing says that the old writer was blocked"))
    }
    if move.to == .failedOver, let pending, let overlap = pending.overlap {
      let (old, new) = (scene.regionName(pending.from), scene.regionName(pending.to))
      doubts.append(
        Evidence(
          time: overlap, family: Family.writes.name,
          text: "\(old) and \(new) both wrote in one minute: writes of \(old) may be missing",
          region: old))
    }
    for index in doubts.indices { doubts[index].supports = false }
    return doubts
  }
}
