import Telemetry

/// The requests of one service in all its regions together: tells lost traffic from moved traffic.
struct TrafficTotal: Sendable {
  let service: Int
  let signals: [Int]
  /// The errors at the same doors, and the part of requests that may fail.
  private let errors: [Int]
  private let acceptedErrors: Double?
  private var baseline = Baseline()
  /// By signal: what it has of late, which follows requests that moved, and not those that were lost.
  private var usual: [Baseline]
  /// By signal: its part of all requests, which hardly follows what is low.
  private var shares: [Baseline]
  /// By signal: for how many minutes in a row it was low while others had gained what it lacked.
  private var movedMinutes: [Int]
  private var unaccounted: [Double]?
  /// By signal: its requests in the newest minute that is known of all.
  private var latest: [Double]?
  /// The one signal that is not seen, where all others are.
  private var seenButOne: Int?
  /// The part of normal that is seen, and its minute; a region that is not seen could only add.
  private(set) var kept: Signal.Point?

  /// When users are served, as far as it is seen.
  private(set) var served = ServedMinutes()

  /// Whether there are enough requests to tell whether users are served; unseen for a minute, it cannot
  /// be told then.
  var isMeasured: Bool { baseline.fraction(of: 0) != nil }

  /// What a region's requests are compared with.
  struct Usual {
    var baseline: Baseline
    /// Requests a minute that it lacks and that went nowhere else.
    var missing: Double
  }

  init(service: Int, signals: [Int], errors: [Int], acceptedErrors: Double?) {
    self.service = service
    self.signals = signals
    self.errors = errors
    self.acceptedErrors = acceptedErrors
    usual = signals.map { _ in Baseline() }
    shares = usual
    movedMinutes = signals.map { _ in 0 }
  }

  /// Nil while a region is not seen: then it cannot be told.
  func usual(of signal: Int) -> Usual? {
    guard let index = signals.firstIndex(of: signal), let unaccounted else { return nil }
    return Usual(baseline: usual[index], missing: unaccounted[index])
  }

  /// The requests a minute that a signal would have now, were it as usual; 0 while none are known.
  ///
  /// What a region has beyond its planned share it carries for others: to lose that is normal.
  func normal(of signal: Int, plannedShare: Double?) -> Double {
    guard let index = signals.firstIndex(of: signal) else { return 0 }
    return min(shares[index].value, plannedShare ?? 1) * baseline.value
  }

  /// The part of all requests that a signal has, where that is most of them and it had less than half as
  /// many of late.
  func arrived(at signal: Int) -> Double? {
    guard let index = signals.firstIndex(of: signal), let latest, unaccounted != nil else {
      return nil
    }
    let (own, sum) = (latest[index], latest.reduce(0, +))
    guard own > 2 * max(usual[index].value, EstateRules.smallestBaseline),
      own >= sum * EstateRules.movedShare
    else { return nil }
    return own / sum
  }

  /// The requests a minute that all others have beyond their normal part; nil while one is not seen.
  func gained(without signal: Int) -> Double? {
    guard let index = signals.firstIndex(of: signal), let kept, seenButOne == index else {
      return nil
    }
    return (kept.value - (1 - shares[index].value)) * baseline.value
  }

  mutating func refresh(_ board: SignalBoard, now: Timestamp) {
    unaccounted = nil
    kept = nil
    seenButOne = nil
    let known = signals.indices.filter { board.signals[signals[$0]].newest != nil }
    let seen = known.filter { !board.signals[signals[$0]].isOverdue(at: now) }
    guard let minute = seen.compactMap({ board.signals[signals[$0]].points.last?.time }).min()
    else {
      return
    }
    var requests = signals.map { _ in 0.0 }
    var count = 0
    for index in seen {
      guard let point = board.signals[signals[index]].points.last(where: { $0.time == minute })
      else { continue }
      requests[index] = point.value
      count += 1
    }
    let sum = requests.reduce(0, +)
    let isComplete = count == known.count
    let unseen = known.filter { !seen.contains($0) }
    if unseen.count == 1, count == seen.count { seenButOne = unseen[0] }
    if isComplete { baseline.learn([Signal.Point(time: minute, value: sum)]) }
    kept = baseline.fraction(of: sum).map { Signal.Point(time: minute, value: $0) }
    if isComplete {
      latest = requests
      compare(requests, sum, at: minute)
    }
    // A point that was lost on the way is no loss of requests.
    let isServed = kept.map { $0.value >= EstateRules.movedShare } ?? false
    let isTold =
      count == seen.count && unseen.allSatisfy { board.signals[signals[$0]].hasEnded(at: now) }
    if isServed || isTold {
      served.note(ServedMinutes.Minute(time: minute, requests: sum, isServed: isServed))
    }
    let period = signals.map { board.signals[$0].periodMilliseconds }.max() ?? EstateRules.minute
    served.judge(board, errors: errors, accepted: acceptedErrors, period: period, now: now)
  }

  /// Tells, for each region, how many requests it lacks that no other region has gained.
  private mutating func compare(_ requests: [Double], _ sum: Double, at minute: Timestamp) {
    let isKept = kept.map { $0.value >= EstateRules.movedShare } ?? true
    let before = usual.map(\.value)
    let gained = requests.indices.reduce(0) { $0 + max(0, requests[$1] - before[$1]) }
    let missing = max(0, baseline.value - sum)
    var unaccounted: [Double] = []
    for index in requests.indices {
      let lost = max(0, before[index] - requests[index])
      let hasMoved = hasMoved(
        index, isLow: requests[index] < before[index] / 2, isSeen: isKept || gained >= lost / 2)
      unaccounted.append(hasMoved ? 0 : min(missing, lost - gained))
      usual[index].learn([Signal.Point(time: minute, value: requests[index])], accepted: hasMoved)
      if sum > 0 {
        shares[index].learn([Signal.Point(time: minute, value: requests[index] / sum)])
      }
    }
    self.unaccounted = unaccounted
  }

  /// Whether what a region lacks is elsewhere: seen in this minute, or in two minutes when it left, since
  /// the noise of the others hides it later.
  private mutating func hasMoved(_ index: Int, isLow: Bool, isSeen: Bool) -> Bool {
    let isKnown = movedMinutes[index] >= EstateRules.badPoints
    if !isLow {
      movedMinutes[index] = 0
    } else if !isKnown {
      movedMinutes[index] = isSeen ? movedMinutes[index] + 1 : 0
    }
    return isSeen || isLow && isKnown
  }
}
