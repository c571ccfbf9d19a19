import Telemetry

extension ServiceEvent.Proof {
  /// Whether it says that a move is wanted or under way.
  var startsMove: Bool { self == .failingOver || self == .commanded || self == .trafficShift }
}

extension GroupWatch {
  /// Two families, and the region's health agrees.
  func isSick(_ scene: Scene) -> Bool {
    scene.findings.count >= 2 && (scene.primaryHealth == .impaired || scene.primaryHealth == .down)
  }

  func isWell(_ scene: Scene) -> Bool {
    scene.primaryHealth == .healthy || scene.primaryHealth == .degraded
  }

  /// A move towards home is a failing back, unless home was never left.
  func moving(_ target: Int) -> FailoverState {
    target == home && (state == .steadySwapped || state == .failedOver)
      ? .failingBack : .failingOver
  }

  /// Whether the present move leads home.
  var isReturning: Bool { state == .failingBack }

  func sickness(_ scene: Scene) -> [Evidence] {
    let region = primary.map(scene.regionName) ?? ""
    return scene.findings.map {
      Evidence(
        time: $0.since, family: $0.family.name, text: "\(region): \($0.sentence)", region: region)
    }
  }

  func calm(_ scene: Scene) -> Evidence {
    let region = primary.map(scene.regionName) ?? "the deployment"
    return Evidence(
      time: scene.now, family: "quiet", text: "nothing speaks against \(region) any more",
      region: primary.map(scene.regionName))
  }

  func protection(_ scene: Scene) -> Evidence {
    let region = primary.map(scene.regionName) ?? "the primary"
    return Evidence(
      time: scene.now, family: Family.replication.name,
      text: "replication from \(region) to the former primary is healthy",
      region: primary.map(scene.regionName))
  }

  func blindness(_ scene: Scene) -> Evidence {
    let region = primary.map(scene.regionName) ?? "the deployment"
    return Evidence(
      time: scene.now, family: Family.silence.name,
      text: "nothing is seen from \(region); the last state is kept", region: region)
  }

  /// The provider has begun to move the primary: two of its stages, or one and a metric.
  func started(_ scene: Scene) -> Move? {
    let started = currentNotes.filter { $0.event.proves == .failingOver }
    let asked = currentNotes.filter { $0.event.proves == .commanded }
    guard let first = started.first ?? asked.first else { return nil }
    let ended = currentNotes.last { $0.event.proves == .cancelled || $0.event.proves == .stuck }
    if let ended, ended.time >= (started.last ?? first).time { return nil }
    var evidence = started.map(\.evidence) + asked.map(\.evidence)
    let stages = Set(currentNotes.filter { $0.event.proves.startsMove }.map(\.event.name)).count
    if let idle = scene.primaryIdle, let primary {
      evidence.append(
        Evidence(
          time: idle, family: Family.writes.name,
          text: "\(scene.regionName(primary)) has stopped writing",
          region: scene.regionName(primary)))
    }
    if isSick(scene) { evidence += sickness(scene) }
    let kinds = Set(evidence.map(\.family)).count
    guard !started.isEmpty, stages >= 2 || kinds >= 2 else {
      return started.isEmpty && kinds >= 2
        ? Move(to: moving(target(first)), evidence: evidence) : nil
    }
    return Move(to: moving(target(started[0])), evidence: evidence)
  }

  /// Where a move leads: as its event says, else to the only other region of the lead's service.
  private func target(_ note: FailoverNote) -> Int {
    let others = members.filter { $0 != primary }
    if note.event.fenced == nil, let target = note.target, target != primary { return target }
    return others.count == 1 ? others[0] : -1
  }

  /// The provider says that the move has failed, and something else says that there was one.
  func stuck(_ scene: Scene, needs kinds: Int) -> Move? {
    guard let failure = currentNotes.last(where: { $0.event.proves == .stuck }) else { return nil }
    let later = currentNotes.last { $0.event.proves.startsMove || $0.event.proves == .promoted }
    if let later, later.time > failure.time { return nil }
    if state == .steady || state == .steadySwapped || state == .failedOver,
      let since, failure.time < since
    {
      return nil
    }
    var evidence = currentNotes.filter { $0.event.proves.startsMove }.map(\.evidence)
    evidence += sickness(scene).filter { $0.family != Family.events.name }
    guard kinds < 2 || !evidence.isEmpty else { return nil }
    return Move(to: .stuck, evidence: [failure.evidence] + evidence)
  }

  /// Two regions write: their own metrics, from two regions, say so.
  func split(_ scene: Scene) -> Move? {
    guard lead != nil, scene.writers.count >= 2 else { return nil }
    var evidence = scene.writers.map { region in
      Evidence(
        time: scene.now, family: Family.writes.name, text: "\(scene.regionName(region)) writes",
        region: scene.regionName(region))
    }
    evidence.append(
      Evidence(
        time: scene.now, family: Family.replication.name,
        text: "neither of them publishes lag: neither is a replica"))
    if let fence = currentNotes.last(where: { $0.event.fenced == false }) {
      evidence.append(fence.evidence)
    }
    return Move(to: .splitBrain, evidence: evidence)
  }

  /// Whether a condition has held for a time; asks once an instant.
  mutating func isQuiet(_ holds: Bool, for milliseconds: Int64, _ now: Timestamp) -> Bool {
    guard holds else {
      quietSince = nil
      return false
    }
    let start = quietSince ?? now
    quietSince = start
    return now - start >= milliseconds
  }
}
