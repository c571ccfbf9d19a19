import Telemetry

/// Since when users are served: told by the newest minutes of a service's requests in all its regions.
///
/// Errors arrive apart from the requests they belong to, and later. Until those of a minute are told they
/// are taken to be as before: so nobody looks served because a count is late or lost, and the end of the
/// failures is where it was once it is known, however far apart the points are.
struct ServedMinutes: Hashable, Sendable {
  private var minutes: [Minute] = []
  /// The first minute after the last failure; nil: users are not served, or it is not known yet.
  private(set) var since: Timestamp?
  /// The end of the newest minute of which it is known.
  private var until: Timestamp?
  private var period = EstateRules.minute

  struct Minute: Hashable, Sendable {
    var time: Timestamp
    var requests: Double
    /// Whether nearly all requests arrive; whether they are answered is told by the errors.
    var isServed: Bool
    /// What is told of each signal of errors, which forgets it sooner.
    var errors: [Int: Double] = [:]
  }

  mutating func note(_ minute: Minute) {
    let index = minutes.firstIndex { $0.time >= minute.time } ?? minutes.endIndex
    if index < minutes.endIndex, minutes[index].time == minute.time {
      minutes[index].requests = minute.requests
      minutes[index].isServed = minute.isServed
    } else {
      minutes.insert(minute, at: index)
    }
    if minutes.count > EstateRules.pointsKept { minutes.removeFirst() }
  }

  /// Looks at the newest minutes again: what is told of their errors may have changed.
  mutating func judge(
    _ board: SignalBoard, errors: [Int], accepted: Double?, period: Int64, now: Timestamp
  ) {
    for index in minutes.indices {
      for number in errors {
        let told = board.signals[number].points.first { $0.time == minutes[index].time }
        if let told { minutes[index].errors[number] = told.value }
      }
    }
    let fails: (Minute, (Int) -> Double) -> Bool = { minute, count in
      guard let accepted else { return false }
      let sum = errors.reduce(0) { $0 + count($1) }
      return FailedRequests(time: minute.time, requests: minute.requests, errors: sum)
        .exceeds(accepted)
    }
    let failed = minutes.lastIndex { minute in
      !minute.isServed || fails(minute) { minute.errors[$0] ?? 0 }
    }
    let moment = max(period, 2 * EstateRules.minute)
    let good = minutes.last { minute in
      minute.isServed
        && !fails(minute) {
          minute.errors[$0] ?? assumed(board.signals[$0], $0, in: minute.time, moment, now)
        }
    }
    if let failed, good.map({ $0.time <= minutes[failed].time }) ?? true {
      (since, until) = (nil, nil)
      return
    }
    guard let good else { return }
    let first = minutes[failed.map { $0 + 1 } ?? 0].time
    since = failed == nil ? since ?? first : first
    until = good.time + period
    self.period = period
  }

  /// Whether they are seen to have been served long enough after an instant: one good point is none.
  func stays(after begun: Timestamp) -> Bool {
    guard let since, let until else { return false }
    let quiet = max(EstateRules.servedQuiet, Int64(EstateRules.badPoints) * period)
    return until - max(since, begun) >= quiet
  }

  /// What was told of a signal before: of a minute that may still be told the last count, and for a moment
  /// after one also where it should have come.
  private func assumed(
    _ signal: Signal, _ number: Int, in minute: Timestamp, _ moment: Int64, _ now: Timestamp
  ) -> Double {
    let told = minutes.last { $0.time < minute && $0.errors[number] != nil }
    let point = signal.points.last { $0.time < minute }
    guard let time = [told?.time, point?.time].compactMap({ $0 }).max() else { return 0 }
    let value = point?.time == time ? point?.value : told?.errors[number]
    let isDue = signal.points.contains { $0.time > minute } || now - minute > signal.overdueAfter
    return isDue && minute - time > moment ? 0 : value ?? 0
  }
}
