import Telemetry

/// What failed of a minute's requests.
struct FailedRequests {
  var time: Timestamp
  var requests: Double
  var errors: Double

  /// Counts the errors of a minute, which are absent where there are none.
  init(_ minute: Signal.Point, errors: [Int], _ board: SignalBoard) {
    time = minute.time
    requests = minute.value
    self.errors = errors.reduce(0) { sum, number in
      sum + (board.signals[number].points.first { $0.time == minute.time }?.value ?? 0)
    }
  }

  /// Whether its errors may have been lost on the way: errors were counted until a moment ago, and none
  /// are in this minute.
  static func mayLackErrors(
    _ minute: Signal.Point, errors: [Int], period: Int64, _ board: SignalBoard
  ) -> Bool {
    let points = errors.flatMap { board.signals[$0].points }
    return !points.contains { $0.time == minute.time }
      && points.contains {
        $0.time < minute.time && minute.time - $0.time <= max(period, 2 * EstateRules.minute)
      }
  }

  var ratio: Double { errors == 0 ? 0 : errors / max(requests, errors) }

  /// Whether more failed than the bound allows, and than chance makes of so few requests: two standard
  /// deviations of a count that is at the bound.
  func exceeds(_ bound: Double) -> Bool {
    let allowed = bound * max(requests, errors)
    return errors >= EstateRules.fewestErrors && errors > allowed + 2 * allowed.squareRoot()
  }
}
