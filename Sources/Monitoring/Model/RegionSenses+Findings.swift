import Telemetry

extension RegionSenses {
  /// What the region's own and Route 53's signals say; `isWriter` names services it should write for.
  func findings(
    _ board: SignalBoard, now: Timestamp, isWriter: (Int) -> Bool,
    isEmptyByPlan: (Int) -> Bool, usual: (Int, Int) -> TrafficTotal.Usual?,
    isFed: (Int, Timestamp) -> Bool, mayTell: (Int, Timestamp) -> Bool
  ) -> [Finding] {
    var findings: [Finding] = []
    for number in checks {
      let signal = board.signals[number]
      add(
        signal.judged(
          at: now, family: .routing, warn: signal.metric.warn, critical: signal.metric.critical),
        isLoss: true, to: &findings)
    }
    for number in canaries { add(probed(board.signals[number], now), isLoss: true, to: &findings) }
    for front in fronts {
      judge(front, board, now, isEmptyByPlan(front.service), usual, &findings)
    }
    for number in counts { add(counted(board.signals[number], now), to: &findings) }
    for (number, family) in plain {
      add(board.signals[number].judged(at: now, family: family), to: &findings)
    }
    for crew in crews { add(manned(crew, board, now), to: &findings) }
    for starter in starters { add(starting(starter, board, now), to: &findings) }
    for number in sharedWrites {
      // What is replicated from elsewhere counts here too: a fall may be the source's.
      if let fall = collapse(board, number, now), isFed(board.signals[number].service, fall.since) {
        add(fall, isLoss: true, to: &findings)
      }
    }
    for (service, number) in ownWrites where isWriter(service) {
      guard let fall = collapse(board, number, now), mayTell(service, fall.since) else { continue }
      add(fall, isLoss: true, to: &findings)
    }
    return findings
  }

  /// The success of a canary, as a part of one.
  private func probed(_ signal: Signal, _ now: Timestamp) -> Finding? {
    var finding = signal.judged(at: now, family: .canary)
    finding?.value *= 0.01
    finding?.limit *= 0.01
    return finding
  }

  /// Errors by themselves: a number, or a part of requests that the service makes itself.
  private func counted(_ signal: Signal, _ now: Timestamp) -> Finding? {
    var finding = signal.judged(at: now, family: .errors)
    finding?.value *= signal.metric.ratioScale ?? 1
    finding?.limit *= signal.metric.ratioScale ?? 1
    return finding
  }

  /// What serves as a part of what has been asked for long enough; nothing asked for is nothing missing.
  private func manned(
    _ crew: (inService: Int, desired: Int), _ board: SignalBoard, _ now: Timestamp
  ) -> Finding? {
    guard !board.signals[crew.desired].isOverdue(at: now) else { return nil }
    let (metric, demand) = (
      board.signals[crew.inService].metric, board.signals[crew.desired].demand
    )
    return board.signals[crew.inService].judged(
      at: now, family: .capacity, warn: metric.warn, critical: metric.critical,
      by: { point in
        demand.due(at: point.time).flatMap { $0 > 0 ? point.value / $0 : nil }
      })
  }

  /// What starts and never gets there: while more was asked for only now, some always starts.
  private func starting(
    _ starter: (pending: Int, desired: Int?), _ board: SignalBoard, _ now: Timestamp
  ) -> Finding? {
    if let desired = starter.desired, let last = board.signals[starter.pending].points.last,
      board.signals[desired].demand.isRising(at: last.time)
    {
      return nil
    }
    return board.signals[starter.pending].judged(at: now, family: .capacity)
  }

  /// Writes that fell to next to nothing.
  private func collapse(_ board: SignalBoard, _ number: Int, _ now: Timestamp) -> Finding? {
    let baseline = board.signals[number].baseline
    return board.signals[number].judged(
      at: now, family: .writes, warn: nil, critical: board.signals[number].metric.critical,
      baseline.fraction)
  }

  /// Keeps the worst finding of each family.
  func add(_ finding: Finding?, isLoss: Bool = false, to findings: inout [Finding]) {
    guard var finding else { return }
    finding.isLoss = isLoss && finding.level == .critical
    if let index = findings.firstIndex(where: { $0.family == finding.family }) {
      if findings[index].level < finding.level { findings[index] = finding }
    } else {
      findings.append(finding)
    }
  }
}
