import Telemetry

extension Estate {
  /// Where the requests of a deployment, or the capacity for them, are seen to go from a region.
  func shift(away primary: Int, _ group: GroupWatch, _ now: Timestamp) -> [Evidence] {
    movingRequests(away: primary, group, now) + risingCapacity(group, but: primary, now)
  }

  /// A standby for which more is asked than it had in its quietest hour, and more than serves: it is
  /// being scaled.
  private func risingCapacity(
    _ group: GroupWatch, but primary: Int, _ now: Timestamp
  ) -> [Evidence] {
    capacities.compactMap { place in
      guard place.region != primary, group.services.contains(place.service),
        let number = place.desired, let last = board.signals[number].points.last,
        !board.signals[number].isOverdue(at: now), let rest = place.rest,
        last.value >= max(rest * 1.5, rest + 1)
      else { return nil }
      let service = topology.services[place.service].name
      return Evidence(
        time: last.time, family: Self.capacity,
        text: "\(service) in \(name(place.region)) is scaled from \(numberText(rest)) to "
          + numberText(last.value), region: name(place.region))
    }
  }

  private func movingRequests(
    away primary: Int, _ group: GroupWatch, _ now: Timestamp
  ) -> [Evidence] {
    group.members.filter { $0 != primary }.compactMap { region in
      guard let load = load(of: region, in: group, now) else { return nil }
      let own = self.load(of: primary, in: group, now)
      let total = load.requests + (own?.requests ?? 0)
      guard load.requests > 2 * max(load.normal, EstateRules.smallestBaseline),
        total > 0, load.requests / total > EstateRules.shiftingShare
      else { return nil }
      let share = percentText(load.requests / total)
      return Evidence(
        time: load.time, family: Family.traffic.name,
        text: "requests move to \(name(region)): it takes \(share)", region: name(region))
    }
  }

  /// What a failover lacks although the new primary writes: hosts, and its share of the requests.
  ///
  /// What was missing is not there because a sample of it is lost: the last one counts until the feed has
  /// ended.
  func shortfalls(
    _ promotion: WriterWatch.Promotion, _ group: GroupWatch, _ now: Timestamp
  ) -> [Evidence] {
    missingHosts(promotion, group, now) + missingShare(promotion, group, now)
  }

  /// A standby that was scaled in the failover serves when it has the size that it needs.
  private func missingHosts(
    _ promotion: WriterWatch.Promotion, _ group: GroupWatch, _ now: Timestamp
  ) -> [Evidence] {
    guard group.deployment.model.scalesFirst else { return [] }
    return capacities.compactMap { place in
      guard place.region == promotion.to, group.services.contains(place.service),
        let number = place.serving, let last = board.signals[number].points.last,
        !board.signals[number].hasEnded(at: now),
        let need = fullSize(place, promotion, group), last.value < need * EstateRules.movedShare
      else { return nil }
      let service = topology.services[place.service].name
      return Evidence(
        time: last.time, family: Self.capacity,
        text: "\(service) in \(name(place.region)) has \(numberText(last.value)) of "
          + "\(numberText(need)) in service", region: name(place.region))
    }
  }

  /// What must serve where the old primary was: as told, else what served there at most.
  private func fullSize(
    _ place: CapacityPlace, _ promotion: WriterWatch.Promotion, _ group: GroupWatch
  ) -> Double? {
    topology.services[place.service].required.value(in: name(place.region))
      ?? capacities.first { $0.service == place.service && $0.region == promotion.from }?.peak.value
  }

  /// The kind of evidence that hosts, tasks and nodes are.
  static let capacity = "capacity"

  private func missingShare(
    _ promotion: WriterWatch.Promotion, _ group: GroupWatch, _ now: Timestamp
  ) -> [Evidence] {
    let isGone: (Signal) -> Bool = { $0.hasEnded(at: now) }
    guard let new = load(of: promotion.to, in: group, isGone) else { return [] }
    let loads = group.members.compactMap { load(of: $0, in: group, isGone) }
    let total = loads.reduce(0) { $0 + $1.requests }
    let normal = loads.reduce(0) { $0 + $1.normal }
    let left = load(of: promotion.from, in: group, isGone)?.normal ?? 0
    guard total >= EstateRules.smallestBaseline, normal > 0 else { return [] }
    let expected = min(1, (new.normal + left) / normal) * EstateRules.movedShare
    guard new.requests / total < expected else { return [] }
    return [
      Evidence(
        time: new.time, family: Family.traffic.name,
        text:
          "\(name(promotion.to)) takes only \(percentText(new.requests / total)) of the requests",
        region: name(promotion.to))
    ]
  }

  /// Whether the provider says that the former primary is a copy again.
  func isResynchronised(_ group: GroupWatch, _ watch: WriterWatch?) -> Bool {
    guard let watch, let former = watch.lastPromotion?.from else { return false }
    return watch.currentNotes.contains {
      $0.event.proves == .resynchronised && $0.target == former
    }
  }

  /// Whether every store of the deployment that follows a primary replicates, healthily, to where its
  /// primary was.
  func isProtected(_ group: GroupWatch, _ watch: WriterWatch?) -> Bool {
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
}
