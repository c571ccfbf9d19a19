import Telemetry

/// What failed of a minute's requests.
struct FailedRequests {
  var time: Timestamp
  var requests: Double
  var errors: Double

  init(time: Timestamp, requests: Double, errors: Double) {
    self.time = time
    self.requests = requests
    self.errors = errors
  }

  /// Counts the errors of a minute, which are absent where there are none.
  init(_ minute: Signal.Point, errors: [Int], _ board: SignalBoard) {
    time = minute.time
    requests = minute.value
    self.errors = errors.reduce(0) { sum, number in
      sum + (board.signals[number].points.first { $0.time == minute.time }?.value ?? 0)
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

extension FailedRequests {
  /// The newest minutes of a door's requests whose errors are known.
  ///
  /// Those of a minute may have been lost on the way where errors were counted until a moment ago, and
  /// none are in it.
  static func known(of requests: Signal, errors: [Int], _ board: SignalBoard) -> [FailedRequests] {
    let counted = errors.flatMap { board.signals[$0].points.map(\.time) }
    let moment = max(requests.periodMilliseconds, 2 * EstateRules.minute)
    return requests.points.filter { minute in
      counted.contains(minute.time)
        || !counted.contains { $0 < minute.time && minute.time - $0 <= moment }
    }
    .suffix(EstateRules.pointsJudged).map { FailedRequests($0, errors: errors, board) }
  }
}
