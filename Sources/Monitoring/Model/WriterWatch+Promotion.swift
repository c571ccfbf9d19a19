import Telemetry

extension WriterWatch {
  /// What the rest of the estate knows at this instant.
  struct Surroundings {
    var now: Timestamp
    var regionName: (Int) -> String
    var health: (Int) -> RegionHealth?
    /// Families that find a region bad.
    var bad: (Int) -> [Finding]
    /// That requests have come to a region of late; nil: they have not.
    var arrivals: (Int) -> Evidence?
  }

  /// The promotion that two independent kinds of evidence prove; nil: none.
  func promotion(_ board: SignalBoard, _ around: Surroundings) -> Promotion? {
    let said = currentNotes.last { $0.event.proves == .promoted }
    let candidate = members.indices.first {
      members[$0].region != primary && writing[$0].isWriting
    }
    if let candidate, let seen = observed(candidate, said, board, around) { return seen }
    if let swapped = swapped(board, around) { return swapped }
    return said.flatMap { announced($0, board, around) }
  }

  /// The lag metric has ended in one region and begun in the primary's: the roles have moved.
  ///
  /// Two regions publish it, so these are two observations. It decides only where no writes are seen.
  private func swapped(_ board: SignalBoard, _ around: Surroundings) -> Promotion? {
    guard let old = primaryIndex, !writing[old].isWriting || onlyApplies(old, board),
      let began = lastLag(members[old], board), epochStart.map({ began > $0 }) ?? false,
      members[old].lags.contains(where: { !board.signals[$0].isOverdue(at: around.now) })
    else { return nil }
    let period = members[old].lags.map { board.signals[$0].periodMilliseconds }.max() ?? 0
    // Of a feed of five minutes the newest lag of both may be a period apart with nothing missing.
    let gap = max(EstateRules.blindAfter - 2 * EstateRules.minute, 2 * period - 1)
    let ended = members.indices.filter { index in
      // Who ceased to be a replica in an earlier epoch has not taken over in this one.
      guard index != old, let last = lastLag(members[index], board),
        epochStart.map({ last >= $0 }) ?? false
      else { return false }
      return began - last > gap
    }
    guard ended.count == 1, let last = lastLag(members[ended[0]], board) else { return nil }
    let region = members[ended[0]].region
    let (name, new) = (around.regionName(primary), around.regionName(region))
    let evidence = [
      Evidence(
        time: began, family: Family.replication.name,
        text: "\(name) publishes lag: it is a replica",
        region: name),
      Evidence(
        time: last, family: "role", text: "\(new) publishes lag no more: it is no replica",
        region: new),
    ]
    return Promotion(
      time: around.now, from: primary, to: region, completed: last + EstateRules.minute, lost: last,
      isPlanned: isPlanned, evidence: evidence.sorted())
  }

  /// Whether what a region writes may be what it applies: then its writes say nothing about its role.
  private func onlyApplies(_ index: Int, _ board: SignalBoard) -> Bool {
    members[index].writes.map { board.signals[$0].metric.includesReplicated } ?? false
  }

  private func lastLag(_ member: Member, _ board: SignalBoard) -> Timestamp? {
    member.lags.compactMap { board.signals[$0].newest }.max()
  }

  private var primaryIndex: Int? { members.firstIndex { $0.region == primary } }

  /// Another region writes: proven by the end of the old writer's writes and one more family.
  private func observed(
    _ candidate: Int, _ said: FailoverNote?, _ board: SignalBoard, _ around: Surroundings
  ) -> Promotion? {
    let region = members[candidate].region
    guard case .writes(let since) = writing[candidate] else { return nil }
    let old = primaryIndex.map { writing[$0] } ?? .never
    guard hasEnded(old, since: since, said, board, around) else { return nil }
    let name = around.regionName
    var evidence = [
      Evidence(
        time: since, family: Family.writes.name, text: "\(name(region)) writes",
        region: name(region))
    ]
    if case .idle(let stopped) = old {
      evidence.append(
        Evidence(
          time: stopped, family: Family.writes.name, text: "\(name(primary)) has stopped writing",
          region: name(primary)))
    }
    if let said { evidence.append(said.evidence) }
    if let ended = lagEnd(members[candidate], board) {
      evidence.append(
        Evidence(
          time: ended, family: Family.replication.name,
          text: "\(name(region)) publishes no lag any more: it is no replica", region: name(region))
      )
    }
    evidence += sickness(around)
    if let arrivals = around.arrivals(region) { evidence.append(arrivals) }
    guard Set(evidence.map(\.family)).count >= 2 else { return nil }
    return Promotion(
      time: around.now, from: primary, to: region, completed: max(since, said?.time ?? since),
      lost: lastWrite(besides: since), isPlanned: isPlanned, evidence: evidence.sorted(),
      overlap: isPlanned ? nil : overlap(candidate, board))
  }

  /// The last minute in which the old primary and the new one both wrote.
  ///
  /// One minute may be a clean handover or two writers for seconds: metrics of a minute cannot tell.
  private func overlap(_ candidate: Int, _ board: SignalBoard) -> Timestamp? {
    guard let new = members[candidate].writes,
      let old = primaryIndex.flatMap({ members[$0].writes })
    else { return nil }
    let threshold = board.signals[old].baseline.value * EstateRules.writingFraction
    let minutes = board.signals[old].points.filter { $0.value > threshold }.map(\.time)
    return board.signals[new].points.last {
      $0.value > threshold && minutes.contains($0.time)
    }?.time
  }

  /// Whether the old primary writes no more, as far as can be told.
  ///
  /// One lost point of a region that is seen proves nothing: it may write on, and then there are two. Nor
  /// does it where users cannot reach the region: an isolated primary writes on for those who can.
  private func hasEnded(
    _ old: Writing, since begun: Timestamp, _ said: FailoverNote?, _ board: SignalBoard,
    _ around: Surroundings
  ) -> Bool {
    switch old {
    case .writes: return false
    case .idle, .never: return true
    case .unknown:
      if said != nil { return true }
      guard let number = primaryIndex.flatMap({ members[$0].writes }),
        let newest = board.signals[number].newest
      else { return true }
      // The minute of a handover has writes of both; the next one tells.
      if newest >= begun, board.signals[number].isWriting(at: around.now) { return false }
      let health = around.health(primary)
      if health == .blind || health == .down { return true }
      return board.signals[number].hasEnded(at: around.now)
        && around.now - newest > EstateRules.blindAfter
    }
  }

  /// The provider says so where no writes are measured at all, and the new primary has ceased to publish
  /// lag, as a copy would.
  ///
  /// Where writes are measured, nothing but writes in the new region shows that it took over.
  private func announced(
    _ said: FailoverNote, _ board: SignalBoard, _ around: Surroundings
  ) -> Promotion? {
    guard writing.allSatisfy({ $0 == .never }) else { return nil }
    let others = members.indices.filter { members[$0].region != primary }
    let told = others.first { members[$0].region == said.target }
    guard let index = told ?? (others.count == 1 ? others[0] : nil),
      let ended = lastLag(members[index], board),
      around.now - ended > EstateRules.blindAfter, around.health(members[index].region) != .blind
    else { return nil }
    let region = members[index].region
    var evidence = currentNotes.filter { $0.event.proves != .issue }.map(\.evidence)
    evidence.append(
      Evidence(
        time: ended, family: Family.replication.name,
        text: "\(around.regionName(region)) publishes no lag any more: it is no replica",
        region: around.regionName(region)))
    evidence += sickness(around)
    return Promotion(
      time: around.now, from: primary, to: region, completed: said.time,
      lost: lastWrite(before: said.time), isPlanned: isPlanned, evidence: evidence.sorted())
  }

  /// What else finds the old primary bad: families other than its writes.
  private func sickness(_ around: Surroundings) -> [Evidence] {
    around.bad(primary).filter { $0.family != .writes && $0.family != .events }.map {
      Evidence(
        time: $0.began, family: $0.family.name,
        text: "\(around.regionName(primary)): \($0.sentence)", region: around.regionName(primary))
    }
  }

  /// When a region that was a replica published its last lag; nil where it still does or never did.
  private func lagEnd(_ member: Member, _ board: SignalBoard) -> Timestamp? {
    guard let writes = member.writes, let time = board.signals[writes].newest else { return nil }
    guard !isReplica(member, time, board) else { return nil }
    return member.lags.compactMap { board.signals[$0].newest }.max()
  }

  /// As `lastWrite(before:)`; but where both wrote for more than the minute of a handover, what the
  /// old primary took to its end is not in the new one.
  private func lastWrite(besides start: Timestamp) -> Timestamp {
    let handover = Int64(EstateRules.badPoints) * EstateRules.minute
    if let index = primaryIndex, case .idle(let stopped) = writing[index],
      stopped - start > handover
    {
      return stopped
    }
    return lastWrite(before: start)
  }

  /// The end of the last minute in which the old primary wrote, at the latest `end`.
  private func lastWrite(before end: Timestamp) -> Timestamp {
    guard let index = primaryIndex else { return end }
    let fence = currentNotes.first { $0.event.fenced == true }?.time ?? end
    let latest = min(end, fence)
    switch writing[index] {
    case .idle(let since): return min(since, latest)
    default: return latest
    }
  }

  /// Whether the move is a planned one: its events say so, and none says otherwise.
  var isPlanned: Bool {
    let told = currentNotes.compactMap(\.event.planned)
    return !told.isEmpty && !told.contains(false)
  }
}

extension Evidence: Comparable {
  /// By time, then family, then text.
  package static func < (left: Evidence, right: Evidence) -> Bool {
    if left.time != right.time { return left.time < right.time }
    if left.family != right.family { return left.family < right.family }
    return left.text < right.text
  }
}
