import Telemetry

extension Estate {
  /// What is seen of a region and speaks for it: an observation of each family that is fresh and of
  /// which nothing bad is found.
  ///
  /// A family that is not seen says nothing: unknown is never fine.
  func soundness(of region: Int, _ now: Timestamp) -> [Evidence] {
    let bad = Set(regions[region].findings.map(\.family))
    return witnesses(of: region, now).compactMap { family, text, numbers, passes in
      guard !bad.contains(family) else { return nil }
      let fresh = numbers.map { board.signals[$0] }.filter { !$0.isOverdue(at: now) && passes($0) }
      guard let time = fresh.compactMap(\.newest).max() else { return nil }
      return Evidence(
        time: time, family: family.name, text: "\(name(region)): \(text)", region: name(region))
    }
  }

  private typealias Witness = (Family, String, [Int], (Signal) -> Bool)

  /// The signals of each family, and what their newest value must be to speak for the region.
  private func witnesses(of region: Int, _ now: Timestamp) -> [Witness] {
    let senses = senses[region]
    let own = senses.ownWrites.filter { entry in
      writers.contains { $0.service == entry.service && $0.primary == region }
    }
    let alive = links.filter {
      $0.isActive && $0.from == region && ($0.state == .ok || $0.state == .warn)
    }
    return [
      (.routing, "its health checks pass", senses.checks, { $0.isAbove(0) }),
      (.canary, "canaries get through", senses.canaries, { $0.isAbove(0) }),
      (
        .traffic, "users reach it", senses.fronts.compactMap(\.requests),
        { $0.isAbove(EstateRules.smallestBaseline) }
      ),
      (.latency, "it answers in time", senses.fronts.flatMap(\.latency), { _ in true }),
      (.hosts, "its hosts are healthy", senses.fronts.flatMap(\.healthy), { $0.isAbove(0) }),
      (
        .writes, "it writes", own.map(\.signal) + senses.sharedWrites,
        { $0.isAbove(0) && $0.isWriting(at: now) }
      ),
      (
        .replication, "replication out of it works", alive.map { $0.answering(board) },
        { _ in true }
      ),
    ]
  }
}

extension Signal {
  fileprivate func isAbove(_ bound: Double) -> Bool {
    points.last.map { $0.value > bound } ?? false
  }
}
