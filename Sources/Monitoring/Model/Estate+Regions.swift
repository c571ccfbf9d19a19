import Telemetry

extension Estate {
  mutating func judgeRegions(_ now: Timestamp, _ changes: inout [Transition]) {
    for index in totals.indices { totals[index].refresh(board, now: now) }
    for index in regions.indices {
      let isProbed = isOnlyProbed(index, now)
      let isSilent = board.places[index].isSilent(at: now) && !isProbed
      let previous = regions[index].judge(
        findings(index, isSilent: isSilent, now), isSilent: isSilent,
        wasSeen: board.places[index].newest != nil || isProbed,
        isAlive: isSeenAlive(index, now), isDrained: isDrained(index, now), now: now)
      guard let previous, let state = regions[index].state else { continue }
      changes.append(
        Transition(
          time: now, kind: .region, name: name(index), region: name(index),
          from: previous.rawValue, to: state.rawValue,
          reasons: regions[index].history.latest?.reasons(at: now) ?? []))
    }
  }

  /// Whether somebody has taken all requests from a region that was well: what fails there fails nobody.
  private func isDrained(_ region: Int, _ now: Timestamp) -> Bool {
    let concerned = groups.filter { $0.members.contains(region) }
    return !concerned.isEmpty
      && concerned.allSatisfy { group in
        guard group.isDrained(region),
          let load = load(of: region, in: group, { $0.hasEnded(at: now) })?.fraction
        else {
          return false
        }
        return load < GroupWatch.abandoned
      }
  }

  /// Whether a region that never published anything is watched from elsewhere alone, by health checks,
  /// canaries, the edge: its silence is then no evidence.
  private func isOnlyProbed(_ region: Int, _ now: Timestamp) -> Bool {
    board.places[region].newest == nil
      && senses[region].remote.contains {
        let signal = board.signals[$0]
        return !signal.role.isOfLink && !signal.isOverdue(at: now)
      }
  }

  private func findings(_ region: Int, isSilent: Bool, _ now: Timestamp) -> [Finding] {
    var findings = senses[region].findings(
      board, now: now, isWriter: { isWriter($0, region) },
      isEmptyByPlan: { isEmptyByPlan($0, region) },
      usual: { service, number in
        totals.first { $0.service == service }?.usual(of: number)
      },
      isFed: { isFed(region, by: $0, since: $1) },
      mayTell: { service, fall in
        let writer = writers.first { $0.service == service }
        guard let writer else { return true }
        return writer.hasSeenOthers(than: region, since: fall, board, now)
          && !writer.isMoved(before: fall)
      })
    if let finding = replication(region, isSilent: isSilent, now) { findings.append(finding) }
    if let finding = provider(region, isSilent: isSilent, now) { findings.append(finding) }
    if isSilent {
      let newest = board.places[region].newest ?? now
      findings.append(
        Finding(
          family: .silence, level: .critical, since: newest,
          dueAfter: board.places[region].nextDueAfter, value: now.seconds(since: newest)))
    }
    return findings
  }

  /// Whether a region should write for a service: it is the primary, no planned move is on, and no
  /// other region has begun: writes that go elsewhere are a move of the role, not a sickness.
  private func isWriter(_ service: Int, _ region: Int) -> Bool {
    guard let writer = writers.first(where: { $0.service == service }) else { return false }
    return writer.primary == region && !(writer.isPlanned && !writer.currentNotes.isEmpty)
      && !writer.writesElsewhere(than: region)
  }

  /// Whether a service has no host in a region before it has taken over: the standby of a pilot light, or
  /// of backups, whose database may be promoted before its hosts are there.
  private func isEmptyByPlan(_ service: Int, _ region: Int) -> Bool {
    groups.contains { group in
      group.services.contains(service) && group.deployment.model.restsEmpty
        && (group.primary != region || group.pending?.to == region)
    }
  }

  /// Whether replication into a region went on after an instant, as far as it was ever seen.
  private func isFed(_ region: Int, by service: Int, since: Timestamp) -> Bool {
    links.allSatisfy { link in
      guard link.service == service, link.to == region,
        let newest = board.signals[link.lag].newest
      else { return true }
      return newest > since
    }
  }

  /// Replication out of a region that stands still; of a silent one also replication into it.
  ///
  /// As its sources see it: where only the monitoring of a region fails, the others go on sending. Of
  /// a region that was never seen nothing is known that could have ended.
  private func replication(_ region: Int, isSilent: Bool, _ now: Timestamp) -> Finding? {
    let outgoing = standstill(now) {
      $0.from == region && !board.places[$0.to].isSilent(at: now)
    }
    guard outgoing == nil, isSilent, board.places[region].newest != nil else { return outgoing }
    var finding = standstill(now) {
      $0.to == region && board.signals[$0.answering(board)].place == $0.from
    }
    finding?.isIncoming = true
    return finding
  }

  /// Replication that stands still on all of some links that can be seen.
  private func standstill(_ now: Timestamp, on isMeant: (LinkWatch) -> Bool) -> Finding? {
    var seen = 0
    var stopped = 0
    var since: Timestamp?
    for link in links where link.isActive && isMeant(link) {
      let signal = board.signals[link.answering(board)]
      let place = board.places[signal.place]
      guard let newest = signal.newest, link.hasSample(signal), !place.isSilent(at: now),
        signal.tellsByAbsence || link.state == .broken
      else { continue }
      seen += 1
      guard
        signal.hasEnded(at: now, seenSince: place.seenSince) || link.state == .broken
          || link.fallsBehind(board)
      else { continue }
      stopped += 1
      // Absence begins when the next sample was due.
      let due = newest + signal.periodMilliseconds
      since = min(since ?? due, due)
    }
    guard let since, stopped == seen else { return nil }
    return Finding(family: .replication, level: .warn, since: since, value: Double(stopped))
  }

  /// Whether another region's fresh samples show that replication out of this one works.
  private func isSeenAlive(_ region: Int, _ now: Timestamp) -> Bool {
    links.contains { link in
      guard link.isActive, link.from == region, link.state == .ok || link.state == .warn,
        !link.fallsBehind(board)
      else { return false }
      let number = link.answering(board)
      return board.signals[number].place != region && !board.signals[number].isOverdue(at: now)
    }
  }

  /// The provider moves a primary out of the region, unplanned, or has done so while it is silent.
  ///
  /// A move that nobody spoke of says where the role is, and nothing about a region that is not seen.
  private func provider(_ region: Int, isSilent: Bool, _ now: Timestamp) -> Finding? {
    for writer in writers {
      if isSilent, let last = writer.lastPromotion, last.from == region, !last.isPlanned,
        last.isTold
      {
        return Finding(family: .events, level: .warn, since: last.completed, value: 1)
      }
      guard writer.primary == region, !writer.isPlanned else { continue }
      let moving = writer.currentNotes.last {
        $0.event.proves == .failingOver || $0.event.proves == .promoted
      }
      if let moving, now - moving.time < EstateRules.longestFailover {
        return Finding(family: .events, level: .warn, since: moving.time, value: 1)
      }
    }
    return nil
  }
}
