import Telemetry

/// Why a replication is judged to have stopped.
enum Standstill: Hashable, Sendable {
  /// The metric says so by a special value.
  case sentinel
  /// The metric says zero, or no bytes move, while the source writes.
  case idleWhileWriting
  case noFlow
  /// Operations are given up.
  case failures
  /// No sample for long, although its region is seen and the source writes.
  case absence
}

extension LinkWatch {
  /// Positive evidence that replication has stopped; nil where there is none.
  func standstill(_ board: SignalBoard, _ number: Int, _ now: Timestamp) -> Standstill? {
    if isSentinel(board.signals[number], .broken) { return .sentinel }
    let writes = sourceWrites.map { board.signals[$0].isWriting(at: now) } ?? false
    if writes, repeats(board.signals[number], .stalledWhileWriting) { return .idleWhileWriting }
    if writes, let flow, board.signals[flow].isZero(at: now), hasSample(board.signals[flow]) {
      return .noFlow
    }
    if let failures, board.signals[failures].hasFailed(at: now) { return .failures }
    if writes, isLongAbsent(board, number, now) { return .absence }
    return nil
  }

  private func isSentinel(_ signal: Signal, _ meaning: ServiceMetric.Sentinel.Meaning) -> Bool {
    signal.points.last.flatMap { signal.metric.sentinel($0.value) }?.means == meaning
  }

  /// A zero may be one quiet minute: it must be the newest value and stand twice.
  private func repeats(_ signal: Signal, _ meaning: ServiceMetric.Sentinel.Meaning) -> Bool {
    guard isSentinel(signal, meaning), let value = signal.points.last?.value else { return false }
    let judged = signal.points.suffix(EstateRules.pointsJudged)
    return judged.count { $0.value == value } >= EstateRules.badPoints
  }

  private func isLongAbsent(_ board: SignalBoard, _ number: Int, _ now: Timestamp) -> Bool {
    let signal = board.signals[number]
    let place = board.places[signal.place]
    guard signal.metric.reporting == .always, let newest = signal.newest,
      let since = place.seenSince.map({ max(newest, $0) }),
      now - since > signal.overdueAfter + EstateRules.brokenByAbsence
    else { return false }
    return !place.isSilent(at: now)
  }
}

extension Signal {
  /// Since when the newest points are next to nothing, given since when they were known to be; nil: they
  /// are not, or are not seen.
  func isResting(since known: Timestamp?, _ now: Timestamp) -> Timestamp? {
    guard !isOverdue(at: now), let last = points.last else { return nil }
    let bound = max(metric.idleBelow ?? 0, baseline.value * EstateRules.writingFraction)
    guard last.value <= bound else { return nil }
    return known ?? points.reversed().prefix { $0.value <= bound }.last?.time
  }

  /// Whether the newest samples say that something is written.
  func isWriting(at now: Timestamp) -> Bool {
    guard !isOverdue(at: now), let last = points.last else { return false }
    return last.value > baseline.value * EstateRules.writingFraction
  }

  /// Whether the newest two samples are zero.
  fileprivate func isZero(at now: Timestamp) -> Bool {
    guard !isOverdue(at: now), points.count >= EstateRules.badPoints else { return false }
    return points.suffix(EstateRules.badPoints).allSatisfy { $0.value <= 0 }
  }

  /// Whether every kept sample is above its bound: AWS's five of five.
  fileprivate func hasFailed(at now: Timestamp) -> Bool {
    guard let critical = metric.critical, !isOverdue(at: now),
      points.count >= EstateRules.pointsKept
    else { return false }
    return points.allSatisfy { $0.value > critical }
  }
}
