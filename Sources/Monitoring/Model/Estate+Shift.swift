import Telemetry

extension Estate {
  /// Where the requests of a deployment, or the capacity for them, are seen to go from a region.
  func shift(away primary: Int, _ group: GroupWatch, _ now: Timestamp) -> [Evidence] {
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

  /// What a failover lacks although the new primary writes: its share of the requests.
  func shortfalls(
    _ promotion: WriterWatch.Promotion, _ group: GroupWatch, _ now: Timestamp
  ) -> [Evidence] {
    guard let new = load(of: promotion.to, in: group, now) else { return [] }
    let loads = group.members.compactMap { load(of: $0, in: group, now) }
    let total = loads.reduce(0) { $0 + $1.requests }
    let normal = loads.reduce(0) { $0 + $1.normal }
    let left = load(of: promotion.from, in: group, now)?.normal ?? 0
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
