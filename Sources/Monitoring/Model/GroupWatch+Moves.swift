import Telemetry

extension GroupWatch {
  /// Two families, and the region's health agrees.
  func isSick(_ scene: Scene) -> Bool {
    scene.findings.count >= 2 && (scene.primaryHealth == .impaired || scene.primaryHealth == .down)
  }

  /// Whether a sick primary begins an incident: soon after a finished failover only one that is down
  /// does, for a new primary that takes the load cold is often impaired.
  func beginsIncident(_ scene: Scene) -> Bool {
    guard isSick(scene) else { return false }
    guard let finished, scene.primaryHealth != .down else { return true }
    return scene.now - finished > Int64(deployment.lockOutSeconds * 1000)
  }

  func isWell(_ scene: Scene) -> Bool {
    scene.primaryHealth == .healthy || scene.primaryHealth == .degraded
  }

  /// A move towards home is a failing back, unless home was never left.
  func moving(_ target: Int) -> FailoverState {
    target == home && (state == .steadySwapped || state == .failedOver || state == .failingBack)
      ? .failingBack : .failingOver
  }

  /// The provider has begun to move the primary, and somebody's call or a metric agrees.
  func started(_ scene: Scene) -> Move? {
    guard let first = beginning(scene.now) else { return nil }
    let told = currentNotes.filter {
      ($0.event.proves == .failingOver || $0.event.proves == .commanded)
        && scene.now - $0.time <= longestMove
    }
    var evidence = told.map(\.evidence) + idleness(scene)
    if isSick(scene) { evidence += sickness(scene) }
    return Move(to: moving(target(first)), evidence: evidence)
  }

  /// A sick primary is being left: somebody commands it, or its writes have stopped and traffic or
  /// capacity move.
  func underWay(_ scene: Scene) -> Move? {
    let start = (incidentStart ?? scene.now) - EstateRules.detectionQuiet
    let first = currentNotes.first { note in
      note.event.proves.startsMove && note.time >= start
        && (note.event.proves != .restoring || note.region != primary)
    }
    if let first {
      let known = evidence.filter { $0.supports && $0.family != Family.events.name }
      return Move(to: .failingOver, evidence: [first.evidence] + sickness(scene) + known)
    }
    guard !scene.shift.isEmpty, lead == nil || scene.primaryIdle != nil else { return nil }
    return Move(to: .failingOver, evidence: scene.shift + idleness(scene) + sickness(scene))
  }

  private func idleness(_ scene: Scene) -> [Evidence] {
    guard let idle = scene.primaryIdle, let primary else { return [] }
    let region = scene.regionName(primary)
    return [
      Evidence(
        time: idle, family: Family.writes.name, text: "\(region) has stopped writing",
        region: region)
    ]
  }

  /// Where a move leads: as its event says, else to the only other region of the lead's service.
  func target(_ note: FailoverNote) -> Int {
    let others = members.filter { $0 != primary }
    if note.event.fenced == nil, let target = note.target, target != primary { return target }
    return others.count == 1 ? others[0] : -1
  }

  /// The provider says that a move has failed, and the writes agree: they are where they were, or
  /// nowhere.
  func stuck(_ scene: Scene, needsBeginning: Bool) -> Move? {
    guard let failure = currentNotes.last(where: { $0.event.proves == .stuck }) else { return nil }
    let later = currentNotes.last { $0.event.proves.startsMove || $0.event.proves == .promoted }
    if let later, later.time > failure.time { return nil }
    if needsBeginning, let since, failure.time < since { return nil }
    let begun = currentNotes.filter { $0.event.proves.startsMove && $0.time <= failure.time }
    guard !needsBeginning || !begun.isEmpty else { return nil }
    var evidence = [failure.evidence] + begun.map(\.evidence) + idleness(scene)
    evidence += sickness(scene).filter { $0.family != Family.events.name }
    if scene.primaryWrites, let primary {
      let region = scene.regionName(primary)
      evidence.append(
        Evidence(
          time: scene.now, family: Family.writes.name, text: "\(region) still writes",
          region: region))
    }
    return Move(to: .stuck, evidence: evidence)
  }

  /// A move that takes longer than twice its objective.
  func overdue(_ scene: Scene) -> Move? {
    guard let since, scene.now - since > longestMove else { return nil }
    let text =
      "the failover has not completed for \(secondsText(scene.now.seconds(since: since)))"
    var evidence = [Evidence(time: scene.now, family: "time", text: text)]
    evidence += currentNotes.filter { $0.event.proves.startsMove }.map(\.evidence)
    if !scene.isWriterSeen || pending == nil {
      evidence.append(
        Evidence(
          time: scene.now, family: Family.writes.name,
          text: scene.primaryWrites && pending == nil
            ? "the old primary still writes" : "no other region is seen to write"))
    }
    return Move(to: .stuck, evidence: evidence + scene.shortfalls + sickness(scene))
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
