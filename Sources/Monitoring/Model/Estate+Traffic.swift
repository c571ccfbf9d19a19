import Telemetry

extension Estate {
  /// Requests a minute at a region's doors of a deployment: the newest minute's and the normal number.
  ///
  /// Nil where none is seen.
  func load(of region: Int, in group: GroupWatch, _ now: Timestamp) -> GroupWatch.Load? {
    load(of: region, in: group) { $0.isOverdue(at: now) }
  }

  /// As above, given of which signals nothing is known any more.
  func load(
    of region: Int, in group: GroupWatch, _ isGone: (Signal) -> Bool
  ) -> GroupWatch.Load? {
    var load: GroupWatch.Load?
    for front in senses[region].fronts where group.services.contains(front.service) {
      guard let number = front.requests, !isGone(board.signals[number]),
        let last = board.signals[number].points.last
      else { continue }
      var sum = load ?? GroupWatch.Load(time: last.time)
      sum.time = max(sum.time, last.time)
      sum.requests += last.value
      let planned = topology.regions[region].trafficShare
      let total = totals.first { $0.service == front.service }
      let normal = total?.normal(of: number, plannedShare: planned) ?? 0
      sum.normal += normal > 0 ? normal : board.signals[number].baseline.value
      load = sum
    }
    return load
  }

  /// That most requests of a service's deployments have come to a region of late.
  func arrivals(at region: Int, with service: Int, _ now: Timestamp) -> Evidence? {
    for total in totals {
      guard
        groups.contains(where: {
          $0.services.contains(service) && $0.services.contains(total.service)
        }),
        let number = total.signals.first(where: { board.signals[$0].source == region }),
        let share = total.arrived(at: number), let last = board.signals[number].newest
      else { continue }
      return Evidence(
        time: last, family: Family.traffic.name,
        text: "requests move to \(name(region)): it takes \(percentText(share))",
        region: name(region))
    }
    return nil
  }

  /// What a silent region can still have of its normal requests: all that the others have not gained.
  ///
  /// Nil while a door of it is seen, where it never had requests, and where another region is not seen.
  private func leftover(
    of region: Int, in group: GroupWatch, _ now: Timestamp
  ) -> GroupWatch.Load? {
    guard board.places[region].isSilent(at: now) else { return nil }
    var (lacking, normal) = (0.0, 0.0)
    for total in totals where group.services.contains(total.service) {
      for number in total.signals where board.signals[number].source == region {
        let own = total.normal(
          of: number, plannedShare: topology.regions[region].trafficShare)
        guard own >= EstateRules.smallestBaseline, let gained = total.gained(without: number)
        else { continue }
        normal += own
        lacking += max(0, own - gained)
      }
    }
    return normal > 0 ? GroupWatch.Load(time: now, requests: lacking, normal: normal) : nil
  }

  /// The move of a deployment's traffic away from its primary, where no store tells who the primary is.
  ///
  /// Proven by the requests and one more family: the primary's sickness, or a shift that was commanded.
  func trafficPromotion(_ group: GroupWatch, _ now: Timestamp) -> WriterWatch.Promotion? {
    guard group.lead == nil, let primary = group.primary,
      let own = load(of: primary, in: group, now) ?? leftover(of: primary, in: group, now),
      own.normal >= EstateRules.smallestBaseline
    else { return nil }
    let others = group.members.filter { $0 != primary }
      .compactMap { region in load(of: region, in: group, now).map { (region, $0) } }
    let total = others.reduce(own.requests) { $0 + $1.1.requests }
    guard total > 0,
      let winner = others.first(where: { $0.1.requests / total >= EstateRules.movedShare })
    else { return nil }
    let share = percentText(winner.1.requests / total)
    var evidence = [
      Evidence(
        time: winner.1.time, family: Family.traffic.name,
        text: "\(name(winner.0)) takes \(share) of the requests", region: name(winner.0))
    ]
    let shifts = group.currentNotes.filter { $0.event.proves == .trafficShift }
    evidence += shifts.map(\.evidence)
    let sick = regions[primary].findings.filter { $0.family != .traffic }
    evidence += sick.map {
      Evidence(
        time: $0.since, family: $0.family.name, text: "\(name(primary)): \($0.sentence)",
        region: name(primary))
    }
    guard Set(evidence.map(\.family)).count >= 2 else { return nil }
    return WriterWatch.Promotion(
      time: now, from: primary, to: winner.0, completed: winner.1.time, lost: winner.1.time,
      isPlanned: sick.isEmpty, evidence: evidence.sorted())
  }

  func activeScene(_ group: GroupWatch, _ now: Timestamp) -> GroupWatch.ActiveScene {
    let (regions, topology) = (regions, topology)
    let kept = totals.filter { group.services.contains($0.service) }.compactMap { $0.kept?.value }
    return GroupWatch.ActiveScene(
      now: now, health: { regions[$0].state }, findings: { regions[$0].findings },
      regionName: { topology.regions[$0].code },
      loads: group.members.map { load(of: $0, in: group, now) },
      soundness: group.state == .steady ? [] : group.subject.map { soundness(of: $0, now) } ?? [],
      leftovers: group.members.map { leftover(of: $0, in: group, now)?.fraction }, kept: kept.min())
  }
}
