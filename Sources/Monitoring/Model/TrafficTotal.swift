import Telemetry

/// The requests of one service in all its regions together: tells lost traffic from moved traffic.
struct TrafficTotal: Sendable {
  let service: Int
  let signals: [Int]
  private var baseline = Baseline()
  /// How many requests a minute are missing from normal; nil while a region is not seen.
  private(set) var missing: Double?

  init(service: Int, signals: [Int]) {
    self.service = service
    self.signals = signals
  }

  mutating func refresh(_ board: SignalBoard, now: Timestamp) {
    missing = nil
    var minute: Timestamp?
    for number in signals where board.signals[number].newest != nil {
      guard !board.signals[number].isOverdue(at: now), let last = board.signals[number].points.last
      else { return }
      minute = min(minute ?? last.time, last.time)
    }
    guard let minute else { return }
    var sum = 0.0
    for number in signals where board.signals[number].newest != nil {
      guard let point = board.signals[number].points.last(where: { $0.time == minute }) else {
        return
      }
      sum += point.value
    }
    baseline.learn([Signal.Point(time: minute, value: sum)])
    missing = max(0, baseline.value - sum)
  }
}
