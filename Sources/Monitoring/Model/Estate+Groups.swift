import Telemetry

extension Estate {
  mutating func judgeGroups(
    _ now: Timestamp, _ store: SeriesStore, _ changes: inout [Transition]
  ) {
    for index in groups.indices {
      takePromotion(index, store, now)
      if groups[index].state == nil {
        guard isGroupKnown(groups[index]) else { continue }
        groups[index].begin(now)
      }
      let previous = groups[index].state
      let move: GroupWatch.Move?
      if groups[index].home == nil {
        let scene = activeScene(groups[index], now)
        move = groups[index].activeMove(scene)
      } else {
        let scene = scene(groups[index], now)
        move = groups[index].move(scene)
      }
      if let move, move.to != previous {
        groups[index].enter(move, now)
        changes.append(
          Transition(
            time: now, kind: .failover, name: groups[index].deployment.name,
            from: previous?.rawValue ?? "", to: move.to.rawValue,
            reasons: groups[index].evidence.map(\.text)))
      }
      stopClock(index)
      record(index, now)
      judgeReadiness(index, now, &changes)
    }
  }

  /// Ends the RTO clock when the requests of all doors are back to nearly normal.
  private mutating func stopClock(_ index: Int) {
    guard groups[index].unserved != nil else { return }
    var restored: Timestamp?
    for total in totals where groups[index].services.contains(total.service) {
      guard let kept = total.kept else { continue }
      guard kept.value >= EstateRules.movedShare else { return }
      restored = max(restored ?? kept.time, kept.time)
    }
    groups[index].serve(since: restored)
  }

  /// A deployment is judged from the time at which anything of its regions is seen.
  private func isGroupKnown(_ group: GroupWatch) -> Bool {
    group.members.contains { regions[$0].state != nil }
  }

  /// Hands a promotion of the lead to the machine, with what it cost.
  private mutating func takePromotion(_ index: Int, _ store: SeriesStore, _ now: Timestamp) {
    if let moved = trafficPromotion(groups[index], now) { groups[index].take(moved) }
    guard let lead = groups[index].lead, let promotion = writers[lead].lastPromotion,
      groups[index].primary != promotion.to
    else { return }
    groups[index].take(promotion)
    groups[index].rpoAchieved =
      promotion.isPlanned ? 0 : loss(groups[index], promotion, store)
  }

  /// The bound of what was lost: the worst, over the stores whose primary moved, of the time between
  /// the last write and the last moment to which the new primary's copy was proven complete.
  ///
  /// Stores that replicate on their own, as tables and buckets, are late and not lost: their source
  /// sends the rest when it is back.
  private func loss(
    _ group: GroupWatch, _ promotion: WriterWatch.Promotion, _ store: SeriesStore
  ) -> Double? {
    var worst: Double?
    for link in links
    where group.services.contains(link.service) && link.from == promotion.from
      && link.to == promotion.to && writers.contains(where: { $0.service == link.service })
    {
      guard let safe = lastSafe(link, before: promotion.lost, store) else { continue }
      let seconds = max(0, promotion.lost.seconds(since: safe))
      worst = max(worst ?? 0, seconds)
    }
    return worst
  }

  /// The greatest of (sample - lag) up to an instant.
  private func lastSafe(
    _ link: LinkWatch, before lost: Timestamp, _ store: SeriesStore
  ) -> Timestamp? {
    let signal = board.signals[link.answering(board)]
    var safe: Timestamp?
    for series in signal.series {
      for point in store.datapoints(of: series, from: lost - 86_400_000, to: lost + 1) {
        let value = point.statistics.value(of: signal.metric.statistic)
        guard !signal.metric.sentinels.contains(where: { $0.value == value }) else { continue }
        let lag = Int64((signal.metric.seconds(value) * 1000).rounded())
        safe = max(safe ?? .distantPast, point.time - lag)
      }
    }
    return safe
  }

  private func scene(_ group: GroupWatch, _ now: Timestamp) -> GroupWatch.Scene {
    let watch = group.lead.map { writers[$0] }
    let writing = group.primary.flatMap { watch?.writing(of: $0) }
    var idle: Timestamp?
    if case .idle(let since)? = writing { idle = since }
    return GroupWatch.Scene(
      now: now, primaryHealth: group.primary.flatMap { regions[$0].state },
      findings: group.primary.map { regions[$0].findings } ?? [], regionName: { name($0) },
      writers: watch?.writers ?? [], primaryIdle: idle, primaryWrites: writing?.isWriting ?? false,
      isProtected: isProtected(group, watch), isResynchronised: isResynchronised(group, watch))
  }

  /// Whether the provider says that the former primary is a copy again.
  private func isResynchronised(_ group: GroupWatch, _ watch: WriterWatch?) -> Bool {
    guard let watch, let former = watch.lastPromotion?.from else { return false }
    return watch.currentNotes.contains {
      $0.event.proves == .resynchronised && $0.target == former
    }
  }

  /// Whether every store of the deployment that follows a primary replicates, healthily, to where its
  /// primary was.
  private func isProtected(_ group: GroupWatch, _ watch: WriterWatch?) -> Bool {
    guard group.state == .failedOver || group.state == .failingBack else { return false }
    guard let former = watch?.lastPromotion?.from else {
      // Without a store that tells, a group is protected when the region that traffic left is well.
      let left = group.members.filter { $0 != group.primary }
      return left.contains { regions[$0].state == .healthy }
    }
    let back = links.filter {
      group.services.contains($0.service) && $0.isActive && $0.to == former
        && $0.from == group.primary
    }
    return !back.isEmpty && back.allSatisfy { $0.state == .ok || $0.state == .warn }
  }

  /// Keeps what a reading needs, where anything of it has changed.
  private mutating func record(_ index: Int, _ now: Timestamp) {
    let group = groups[index]
    guard let state = group.state, let since = group.since else { return }
    let (found, isKnown) = writersOf(group, now)
    let latest = group.history.latest
    guard
      latest?.state != state || latest?.since != since || latest?.writers != found
        || latest?.writersKnown != isKnown || latest?.epoch != group.epoch
        || latest?.primary != group.primary || latest?.rtoAchieved != group.rtoAchieved
    else { return }
    groups[index].history.append(
      GroupWatch.Record(
        state: state, since: since, evidence: group.evidence, primary: group.primary,
        writers: found, writersKnown: isKnown, epoch: group.epoch,
        incidentStart: group.incidentStart, rpoAchieved: group.rpoAchieved,
        rtoAchieved: group.rtoAchieved), at: now)
  }

  /// Where no writes are measured at all, a primary whose copies report fresh lag is the writer.
  func inferredWriter(_ watch: WriterWatch) -> Int? {
    guard watch.writing.allSatisfy({ $0 == .never }) else { return nil }
    let copies = links.filter { $0.service == watch.service && $0.isActive }
    guard copies.contains(where: { $0.state == .ok || $0.state == .warn }) else { return nil }
    return watch.primary
  }

  /// Who writes: by the lead's commits; without a lead, where the writes of services that all regions
  /// write are seen.
  private func writersOf(_ group: GroupWatch, _ now: Timestamp) -> ([Int], Bool) {
    if let lead = group.lead {
      if let primary = inferredWriter(writers[lead]) { return ([primary], true) }
      return (writers[lead].writers, writers[lead].isKnown)
    }
    var found: [Int] = []
    var isKnown = false
    for region in group.members {
      let writes = senses[region].sharedWrites.filter {
        group.services.contains(board.signals[$0].service)
      }
      if writes.contains(where: { !board.signals[$0].isOverdue(at: now) }) { isKnown = true }
      if writes.contains(where: { board.signals[$0].isWriting(at: now) }) { found.append(region) }
    }
    return (found, isKnown)
  }
}

extension WriterWatch {
  func writing(of region: Int) -> Writing? {
    members.firstIndex { $0.region == region }.map { writing[$0] }
  }
}
