import Telemetry

/// One replication link, from a source to a target, of one service.
///
/// Services whose primary moves have a watch for each ordered pair of members; only those that start
/// at the present primary are active. So the link follows the role, not the region.
struct LinkWatch: Sendable {
  let service: Int
  let from: Int
  let to: Int
  /// Signals, by their number on the board.
  let lag: Int
  /// What answers while the lag itself has never been seen: the second place, then other measures.
  let fallbacks: [Int]
  let flow: Int?
  let failures: Int?
  let sourceWrites: Int?
  /// The objective: the service's, else the deployment's.
  let objective: Double?

  /// Whether it runs in the present epoch, and since when.
  var isActive = false
  var activeSince: Timestamp?
  private(set) var history = History<Entry>()
  private(set) var state: LinkState?
  /// Whether the region that publishes the lag is silent: then its age says nothing about the copy.
  private(set) var isUnseen = false

  struct Entry: Hashable, Sendable {
    var state: LinkState
    /// When the state began, which is before the entry where only the reasons changed.
    var since: Timestamp
    var reasons: [String]
  }

  init(
    service: Int, from: Int, to: Int, lag: Int, fallbacks: [Int], flow: Int?, failures: Int?,
    sourceWrites: Int?, objective: Double?
  ) {
    self.service = service
    self.from = from
    self.to = to
    self.lag = lag
    self.fallbacks = fallbacks
    self.flow = flow
    self.failures = failures
    self.sourceWrites = sourceWrites
    self.objective = objective
  }

  /// Judges the link; the previous state when it has changed and one was known before.
  mutating func judge(_ board: SignalBoard, now: Timestamp) -> LinkState? {
    guard isActive else { return nil }
    isUnseen = board.places[board.signals[answering(board)].place].isSilent(at: now)
    guard let verdict = verdict(board, now: now), verdict != state else { return nil }
    let previous = state
    state = verdict
    history.append(
      Entry(state: verdict, since: now, reasons: reasons(for: verdict, board, now: now)), at: now)
    return previous
  }

  /// The signal that answers: another one only while the first never has in this epoch.
  func answering(_ board: SignalBoard) -> Int {
    ([lag] + fallbacks).first { hasSample(board.signals[$0]) } ?? lag
  }

  /// A sample from before the link began says nothing about it.
  func hasSample(_ signal: Signal) -> Bool {
    guard let newest = signal.newest else { return false }
    return activeSince.map { newest >= $0 } ?? true
  }

  /// The state that the objective, the sample's age and the evidence of a standstill make.
  ///
  /// Nil: no sample yet, and too early to say that something is wrong.
  private func verdict(_ board: SignalBoard, now: Timestamp) -> LinkState? {
    let number = answering(board)
    guard hasSample(board.signals[number]), let point = board.signals[number].points.last else {
      let start = activeSince ?? now
      return now - start > EstateRules.firstSampleGrace ? .stale : nil
    }
    if standstill(board, number, now) != nil { return .broken }
    let isOverdue = board.signals[number].isOverdue(at: now)
    let lag = board.signals[number].metric.seconds(point.value)
    if let objective {
      if lag > objective { return .breached }
      if isOverdue, lag + now.seconds(since: point.time) > objective { return .breached }
    }
    if isOverdue { return .stale }
    return warns(board.signals[number]) ? .warn : .ok
  }

  /// Two of the newest three samples above the bound; a link that warns goes on until none is.
  private func warns(_ signal: Signal) -> Bool {
    guard let warn = signal.metric.warn else { return false }
    let judged = signal.points.suffix(EstateRules.pointsJudged)
    let high = judged.count { $0.value > warn }
    if high == 0 { return false }
    return state == .warn || high >= min(EstateRules.badPoints, judged.count)
  }
}

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
    guard let value = signal.points.last?.value, !signal.metric.sentinels.isEmpty else {
      return false
    }
    return signal.metric.sentinels.contains { $0.means == meaning && $0.value == value }
  }

  /// A zero may be one quiet minute: it must be the newest value and stand twice.
  private func repeats(_ signal: Signal, _ meaning: ServiceMetric.Sentinel.Meaning) -> Bool {
    guard isSentinel(signal, meaning), let value = signal.points.last?.value else { return false }
    let judged = signal.points.suffix(EstateRules.pointsJudged)
    return judged.count { $0.value == value } >= EstateRules.badPoints
  }

  private func isLongAbsent(_ board: SignalBoard, _ number: Int, _ now: Timestamp) -> Bool {
    guard board.signals[number].metric.reporting == .always,
      let newest = board.signals[number].newest,
      now - newest > board.signals[number].overdueAfter + EstateRules.brokenByAbsence
    else { return false }
    return !board.places[board.signals[number].place].isSilent(at: now)
  }
}

extension Signal {
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
