import Telemetry

extension RegionSenses {
  /// Requests, errors, latency and hosts of one door.
  func judge(
    _ front: Front, _ board: SignalBoard, _ now: Timestamp, _ isEmptyByPlan: Bool,
    _ usual: (Int, Int) -> TrafficTotal.Usual?, _ findings: inout [Finding]
  ) {
    if let number = front.requests {
      if let usual = usual(front.service, number) {
        judgeTraffic(board.signals[number], usual, now, &findings)
      }
      judgeErrors(front, board, number, now, &findings)
    }
    for number in front.latency {
      let metric = board.signals[number].metric
      let scale = metric.secondsPerUnit
      var finding = board.signals[number].judged(
        at: now, family: .latency, warn: metric.warn, critical: metric.critical)
      finding?.value *= scale
      finding?.limit *= scale
      add(finding, to: &findings)
    }
    for number in front.healthy where !(isEmptyByPlan && isEmpty(front, board)) {
      judgeHosts(front, board, number, now, &findings)
    }
  }

  /// Requests that fell and did not appear in another region: those never arrived.
  ///
  /// While another region is not seen it cannot be told, and nothing is said.
  private func judgeTraffic(
    _ signal: Signal, _ usual: TrafficTotal.Usual, _ now: Timestamp, _ findings: inout [Finding]
  ) {
    guard
      let finding = signal.judged(
        at: now, family: .traffic, warn: signal.metric.warn, critical: signal.metric.critical,
        usual.baseline.fraction)
    else { return }
    let lost = usual.baseline.value * (1 - finding.value)
    guard usual.missing > lost / 2 else { return }
    add(finding, isLoss: finding.level == .critical, to: &findings)
  }

  /// The ratio of errors, which are absent where there are none, to requests, minute by minute.
  private func judgeErrors(
    _ front: Front, _ board: SignalBoard, _ requests: Int, _ now: Timestamp,
    _ findings: inout [Finding]
  ) {
    guard let first = front.errors.first, !board.signals[requests].isOverdue(at: now) else {
      return
    }
    let metric = board.signals[first].metric
    let minutes = FailedRequests.known(
      of: board.signals[requests], errors: front.errors, board)
    let needed = max(1, min(EstateRules.badPoints, minutes.count))
    for (level, bound) in [(Finding.Level.critical, metric.critical), (.warn, metric.warn)] {
      guard let bound else { continue }
      let bad = minutes.filter { $0.exceeds(bound) }
      guard bad.count >= needed, let since = bad.first, let last = bad.last else { continue }
      let isLoss = minutes.count { $0.ratio >= EstateRules.lossRatio } >= needed
      let finding = Finding(
        family: .errors, level: level, since: since.time, value: last.ratio, limit: bound)
      return add(finding, isLoss: isLoss, to: &findings)
    }
  }

  /// Whether nothing is, or was a moment ago, registered at a door: neither a healthy host nor an
  /// unhealthy one.
  private func isEmpty(_ front: Front, _ board: SignalBoard) -> Bool {
    front.unhealthy.allSatisfy { (board.signals[$0].points.last?.value ?? 0) == 0 }
      && front.healthy.allSatisfy {
        let judged = board.signals[$0].points.suffix(EstateRules.pointsJudged)
        return judged.isEmpty || judged.contains { $0.value == 0 }
      }
  }

  private func judgeHosts(
    _ front: Front, _ board: SignalBoard, _ number: Int, _ now: Timestamp,
    _ findings: inout [Finding]
  ) {
    let metric = board.signals[number].metric
    if let finding = board.signals[number].judged(
      at: now, family: .hosts, warn: nil, critical: metric.critical)
    {
      return add(finding, isLoss: true, to: &findings)
    }
    var unhealthy = 0.0
    for other in front.unhealthy where !board.signals[other].isOverdue(at: now) {
      unhealthy += board.signals[other].points.last?.value ?? 0
    }
    guard unhealthy > 0 else { return }
    let share: (Double) -> Double = { $0 / ($0 + unhealthy) }
    add(
      board.signals[number].judged(
        at: now, family: .hosts, warn: metric.warn, critical: nil, share),
      to: &findings)
  }
}
