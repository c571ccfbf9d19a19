import Telemetry

/// The requests of one service in all its regions together: tells lost traffic from moved traffic.
struct TrafficTotal: Sendable {
  let service: Int
  let signals: [Int]
  private var baseline = Baseline()
  /// How many requests a minute are missing from normal; nil while a region is not seen.
  private(set) var missing: Double?
  /// The part of normal that is seen, and its minute; a region that is not seen could only add.
  private(set) var kept: Signal.Point?

  /// The first minute since which users are served; nil: they are not, or it is not seen.
  private(set) var servedSince: Timestamp?

  init(service: Int, signals: [Int]) {
    self.service = service
    self.signals = signals
  }

  mutating func refresh(_ board: SignalBoard, now: Timestamp) {
    missing = nil
    kept = nil
    let known = signals.filter { board.signals[$0].newest != nil }
    let seen = known.filter { !board.signals[$0].isOverdue(at: now) }
    guard let minute = seen.compactMap({ board.signals[$0].points.last?.time }).min() else {
      return
    }
    let points = seen.compactMap { number in
      board.signals[number].points.last { $0.time == minute }
    }
    let sum = points.reduce(0) { $0 + $1.value }
    let isComplete = points.count == known.count
    if isComplete { baseline.learn([Signal.Point(time: minute, value: sum)]) }
    kept = baseline.fraction(of: sum).map { Signal.Point(time: minute, value: $0) }
    if isComplete { missing = max(0, baseline.value - sum) }
    let isServed = kept.map { $0.value >= EstateRules.movedShare } ?? false
    servedSince = isServed ? servedSince ?? minute : nil
  }
}
