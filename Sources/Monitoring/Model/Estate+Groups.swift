import Telemetry

extension Estate {
  mutating func judgeGroups(
    _ now: Timestamp, _ store: SeriesStore, _ alarms: AlarmBook, _ changes: inout [Transition]
  ) {
    for index in groups.indices {
      takePromotion(index, store, now)
      countStray(index)
      if groups[index].state == nil {
        guard isGroupKnown(groups[index]) else { continue }
        groups[index].begin(now)
      }
      let previous = groups[index].state
      if let move = nextMove(index, now), move.to != previous {
        groups[index].enter(move, now)
        if let began = groups[index].clock.began, let fired = alarms.firstAlarm(since: began) {
          groups[index].clock.noteAlarm(fired)
        }
        changes.append(
          Transition(
            time: now, kind: .failover, name: groups[index].deployment.name,
            from: previous?.rawValue ?? "", to: move.to.rawValue,
            reasons: groups[index].evidence.filter(\.supports).map(\.text)))
      }
      groups[index].lookForCommand(now)
      stopClock(index, now)
      groups[index].expect(now)
      groups[index].mark(isDrilling: isDrilling, now)
      record(index, now)
      judgeReadiness(index, now, alarms, &changes)
    }
  }

  private mutating func nextMove(_ index: Int, _ now: Timestamp) -> GroupWatch.Move? {
    if groups[index].home == nil {
      let scene = activeScene(groups[index], now)
      return groups[index].activeMove(scene)
    }
    let scene = scene(groups[index], now)
    groups[index].lookForBreach(scene)
    return groups[index].move(scene)
  }

  /// Ends the RTO clock when the requests of all doors are back to nearly normal, and are seen to stay so.
  private mutating func stopClock(_ index: Int, _ now: Timestamp) {
    guard let moved = groups[index].unserved else { return }
    let doors = totals.filter { groups[index].services.contains($0.service) && $0.isMeasured }
    if doors.isEmpty, now - moved < EstateRules.servedQuiet { return }
    let restored = doors.compactMap(\.served.since).max()
    // The minutes of the move itself may look served: what follows decides.
    guard doors.allSatisfy({ $0.served.stays(after: max(restored ?? moved, moved)) }) else {
      return
    }
    groups[index].serve(since: restored)
  }

  /// A deployment is judged from the time at which anything of its regions is seen.
  private func isGroupKnown(_ group: GroupWatch) -> Bool {
    group.members.contains { regions[$0].state != nil }
  }

  /// Hands a promotion of the lead to the machine, with what it cost.
  private mutating func takePromotion(_ index: Int, _ store: SeriesStore, _ now: Timestamp) {
    if let moved = trafficPromotion(groups[index], now) {
      groups[index].lossOfMove = copyLoss(groups[index], moved, store)
      groups[index].take(moved)
    }
    guard let lead = groups[index].lead, let promotion = writers[lead].lastPromotion,
      groups[index].primary != promotion.to
    else { return }
    groups[index].take(promotion)
    groups[index].lossOfMove =
      promotion.isPlanned ? 0 : loss(groups[index], promotion, store)
  }

  /// Counts what the old primary takes although another has its role.
  private mutating func countStray(_ index: Int) {
    guard let lead = groups[index].lead, let last = writers[lead].lastPromotion,
      groups[index].primary == last.to,
      let number = writers[lead].members.first(where: { $0.region == last.from })?.writes,
      let newest = board.signals[number].points.last?.time
    else { return }
    groups[index].stray.note(
      writers[lead].writing(of: last.from), after: last.lost, seenUntil: newest + EstateRules.minute
    )
  }

  /// What a failover to copies lost: the age of the newest one when the incident began; nil where there
  /// are only stores that replicate on their own.
  private func copyLoss(
    _ group: GroupWatch, _ promotion: WriterWatch.Promotion, _ store: SeriesStore
  ) -> Double? {
    let start = group.incidentStart ?? promotion.lost
    return links.indices.compactMap { index -> Double? in
      let link = links[index]
      guard group.services.contains(link.service), link.from == promotion.from,
        link.to == promotion.to, board.signals[link.lag].metric.measures != .lag
      else { return nil }
      return linkReading(index, at: start, store: store)?.rpoNowSeconds
    }.max()
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

  /// The greatest of (sample - lag) up to an instant, where a lag is known to a part of itself only: the
  /// shortest lags tell best.
  private func lastSafe(
    _ link: LinkWatch, before lost: Timestamp, _ store: SeriesStore
  ) -> Timestamp? {
    let signal = board.signals[link.answering(board)]
    var safe: Timestamp?
    for series in signal.series {
      for point in store.datapoints(of: series, from: lost - 86_400_000, to: lost + 1) {
        let value = point.statistics.value(of: signal.metric.statistic)
        guard signal.metric.sentinel(value) == nil else { continue }
        let lag = Int64(
          millisecondsOf: signal.metric.seconds(value) * (1 + EstateRules.lagError))
        safe = max(safe ?? .distantPast, point.time - lag)
      }
    }
    return safe
  }

  private func scene(_ group: GroupWatch, _ now: Timestamp) -> GroupWatch.Scene {
    let watch = group.lead.map { writers[$0] }
    let writing = group.primary.flatMap { watch?.writing(of: $0) }
    let topology = topology
    var scene = GroupWatch.Scene(
      now: now, primaryHealth: group.primary.flatMap { regions[$0].state },
      findings: group.primary.map { regions[$0].findings } ?? [], soundness: [],
      regionName: { topology.regions[$0].code }, writers: watch?.writers ?? [],
      areWritersKnown: watch?.isKnown ?? true, primaryWrites: writing?.isWriting ?? false,
      mayPrimaryWrite: writing?.mayWrite ?? false,
      isWriterSeen: watch.map { isWriterSeen($0) } ?? true,
      isUnseen: group.members.allSatisfy {
        regions[$0].state == .blind && board.places[$0].isSilent(at: now)
      },
      isPrimarySilent: group.primary.map { board.places[$0].isSilent(at: now) } ?? false,
      shift: [], shortfalls: [], isLeftLost: false, isProtected: isProtected(group, watch),
      isResynchronised: isResynchronised(group, watch))
    if case .idle(let since)? = writing { scene.primaryIdle = since }
    // Only a deployment with which something is the matter needs more.
    guard group.isStirred || scene.findings.count >= 2, let primary = group.primary else {
      return scene
    }
    scene.soundness = soundness(of: primary, now)
    scene.shift = shift(away: primary, group, now)
    if let pending = group.pending {
      scene.shortfalls = shortfalls(pending, group, now)
      scene.isLeftLost = regions[pending.from].findings.contains {
        $0.isLoss && $0.family != .writes
      }
    }
    return scene
  }

  /// Whether the primary of a store is seen to write: by its writes, or by the roles where no writes
  /// are measured at all.
  private func isWriterSeen(_ watch: WriterWatch) -> Bool {
    watch.writing(of: watch.primary)?.isWriting ?? false || inferredWriter(watch) != nil
  }

  /// Keeps what a reading needs, where anything of it has changed.
  private mutating func record(_ index: Int, _ now: Timestamp) {
    let group = groups[index]
    guard let state = group.state, let since = group.since else { return }
    let (found, isKnown) = writersOf(group, now)
    let outage = isKnown && found.isEmpty ? outageStart(group) : nil
    let latest = group.history.latest
    guard
      latest?.state != state || latest?.since != since || latest?.writers != found
        || latest?.writersKnown != isKnown || latest?.epoch != group.epoch
        || latest?.primary != group.primary || latest?.rtoAchieved != group.rtoAchieved
        || latest?.rpoAchieved != group.rpoAchieved
        || latest?.writeOutageStart != outage || latest?.clock != group.clock
        || latest?.expectation != group.expectation || latest?.fencing != group.fencing
        || latest?.isDrill != group.isDrill
    else { return }
    groups[index].history.append(
      GroupWatch.Record(
        state: state, since: since, evidence: group.evidence, primary: group.primary,
        writers: found, writersKnown: isKnown, writeOutageStart: outage, epoch: group.epoch,
        incidentStart: group.incidentStart, rpoAchieved: group.rpoAchieved,
        rtoAchieved: group.rtoAchieved, clock: group.clock, expectation: group.expectation,
        fencing: group.fencing, isDrill: group.isDrill), at: now)
  }

  /// When the last region that wrote stopped.
  private func outageStart(_ group: GroupWatch) -> Timestamp? {
    guard let lead = group.lead else { return nil }
    return writers[lead].writing.compactMap { state in
      if case .idle(let since) = state { since } else { nil }
    }.max()
  }

  /// Where no writes are measured at all, the primary is the writer when its copies report fresh lag, or
  /// when the provider has promoted it and it has ceased to be a copy.
  func inferredWriter(_ watch: WriterWatch) -> Int? {
    guard watch.writing.allSatisfy({ $0 == .never }) else { return nil }
    let copies = links.filter { $0.service == watch.service && $0.isActive }
    if copies.contains(where: { $0.state == .ok || $0.state == .warn }) { return watch.primary }
    guard let last = watch.lastPromotion, last.to == watch.primary else { return nil }
    let kinds = Set(last.evidence.map(\.family))
    return kinds.contains(Family.replication.name) && kinds.contains(Family.events.name)
      ? watch.primary : nil
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
