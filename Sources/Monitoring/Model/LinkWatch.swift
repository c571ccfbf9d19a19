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
  /// What is added to the lag: other parts of the way.
  let parts: [Int]
  let backlogs: [Int]
  /// By role: what a lag or a backlog in bytes or operations is divided by.
  let rates: [MetricRole: Int]
  let flow: Int?
  let failures: Int?
  let sourceWrites: Int?
  /// The objective: the service's, else the deployment's.
  let objective: Double?
  /// Milliseconds between two copies, where copies are made.
  let schedule: Int64

  /// Whether it runs in the present epoch, and since when.
  var isActive = false
  var activeSince: Timestamp?
  private(set) var history = History<Entry>()
  private(set) var state: LinkState?
  /// Whether the region that publishes the lag is silent: then its age says nothing about the copy.
  private(set) var isUnseen = false
  /// Whether the newest lag itself, or the age of a copy, breaks the objective: not a sample's age.
  private(set) var isBehind = false
  /// The newest complete copy, by when it was known.
  private(set) var copies = History<Timestamp>()
  /// Since when the source is seen to write nothing; nil: it writes, or is not seen.
  private(set) var rest = History<Timestamp?>()

  struct Entry: Hashable, Sendable {
    var state: LinkState
    /// When the state began, which is before the entry where only the reasons changed.
    var since: Timestamp
    var reasons: [String]
  }

  /// The signals that answer for a link, by their numbers on the board.
  struct Senses {
    var lag: Int
    var fallbacks: [Int] = []
    var parts: [Int] = []
    var backlogs: [Int] = []
    var rates: [MetricRole: Int] = [:]
    var flow: Int?
    var failures: Int?
    var sourceWrites: Int?
  }

  init(
    service: Int, from: Int, to: Int, senses: Senses, objective: Double?, schedule: Int64?
  ) {
    self.service = service
    self.from = from
    self.to = to
    lag = senses.lag
    fallbacks = senses.fallbacks
    parts = senses.parts
    backlogs = senses.backlogs
    rates = senses.rates
    flow = senses.flow
    failures = senses.failures
    sourceWrites = senses.sourceWrites
    self.objective = objective
    self.schedule = schedule ?? EstateRules.usualSchedule
  }

  /// Takes note of a complete copy.
  mutating func noteCopy(_ time: Timestamp, at now: Timestamp) {
    guard copies.latest.map({ time > $0 }) ?? true else { return }
    copies.append(time, at: now)
  }

  /// Judges the link; the previous state when it has changed and one was known before.
  mutating func judge(_ board: SignalBoard, now: Timestamp) -> LinkState? {
    lookForCopies(board, now)
    lookForRest(board, now)
    guard isActive else { return nil }
    let signal = board.signals[answering(board)]
    isUnseen = board.places[signal.place].isSilent(at: now)
    let lag = signal.points.last.flatMap { seconds($0.value, of: signal, board) }
    isBehind = copyAge(board, at: now) != nil || (objective.map { lag ?? 0 > $0 } ?? false)
    guard let verdict = verdict(board, now: now), verdict != state else { return nil }
    let previous = state
    state = verdict
    history.append(
      Entry(state: verdict, since: now, reasons: reasons(for: verdict, board, now: now)), at: now)
    return previous
  }

  private mutating func lookForCopies(_ board: SignalBoard, _ now: Timestamp) {
    for number in fallbacks where board.signals[number].metric.measures == .completions {
      guard let newest = board.signals[number].points.last(where: { $0.value > 0 }) else {
        continue
      }
      noteCopy(newest.time, at: now)
    }
  }

  /// The source rests when its newest points are next to nothing.
  private mutating func lookForRest(_ board: SignalBoard, _ now: Timestamp) {
    let since = sourceWrites.flatMap { board.signals[$0].isResting(since: rest.latest ?? nil, now) }
    if since != rest.latest ?? nil { rest.append(since, at: now) }
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
    let signal = board.signals[number]
    if let age = copyAge(board, at: now) { return verdict(onCopyOf: age, signal.metric) }
    guard hasSample(signal), let point = signal.points.last else {
      let start = activeSince ?? now
      return now - start > EstateRules.firstSampleGrace ? .stale : nil
    }
    if standstill(board, number, now) != nil { return .broken }
    let isOverdue = signal.isOverdue(at: now)
    guard let lag = seconds(point.value, of: signal, board) else {
      return isOverdue ? .stale : warns(signal, board) ? .warn : .ok
    }
    if isMerelyAtRest(lag, point.time, signal.metric) { return isOverdue ? .stale : .ok }
    if let objective {
      if lag > objective { return .breached }
      // One sample that was lost on the way is an old sample, not an old copy.
      let isLost = signal.isOverdue(at: now - signal.periodMilliseconds)
      if isLost, lag + now.seconds(since: point.time) > objective { return .breached }
    }
    if isOverdue { return .stale }
    return warns(signal, board) ? .warn : .ok
  }

  /// The age of the newest copy is what a loss costs, now and not as of a sample.
  private func verdict(onCopyOf age: Double, _ metric: ServiceMetric) -> LinkState {
    if let objective, age > objective { return .breached }
    let interval = Double(schedule) / 1000
    if age > interval * (metric.critical ?? EstateRules.copyOverdue) { return .stale }
    return age > interval * (metric.warn ?? EstateRules.copyLate) ? .warn : .ok
  }

  /// Two of the newest three samples above the bound; a link that warns goes on until none is.
  private func warns(_ signal: Signal, _ board: SignalBoard) -> Bool {
    guard let warn = warnBound(signal.metric) else { return false }
    let judged = signal.points.suffix(EstateRules.pointsJudged)
    let high = judged.count { whole($0, of: signal, board) > warn }
    if high == 0 { return false }
    return state == .warn || high >= min(EstateRules.badPoints, judged.count)
  }
}
