import Telemetry

/// The states of one alarm in the order it took them.
struct AlarmHistory: Sendable {
  /// The first is the state the alarm started with, or was restored to.
  private(set) var changes: [AlarmChange]

  /// CloudWatch keeps an alarm's history for 30 days.
  static let keptMilliseconds: Int64 = 30 * 86_400_000
  /// Old changes are dropped in blocks of this many.
  private static let block = 256

  init(_ initial: AlarmChange) { changes = [initial] }

  var last: AlarmChange { changes[changes.count - 1] }

  mutating func append(_ change: AlarmChange) {
    changes.append(change)
    guard changes.count > Self.block, let time = change.transitioned,
      let old = changes[Self.block].transitioned, time - old > Self.keptMilliseconds
    else { return }
    changes.removeFirst(Self.block)
  }

  /// When the alarm first went to ALARM at or after an instant; nil: it did not.
  func firstAlarm(since start: Timestamp) -> Timestamp? {
    changes.lazy.reversed().prefix { ($0.transitioned ?? .distantPast) >= start }
      .last { $0.state == .alarm }?.transitioned
  }

  /// The newest change at or before `time`; before all changes, the first.
  func change(at time: Timestamp) -> AlarmChange {
    var low = 0
    var high = changes.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if let transitioned = changes[middle].transitioned, transitioned > time {
        high = middle
      } else {
        low = middle
      }
    }
    return changes[low]
  }
}

/// A state an alarm took, and why.
struct AlarmChange: Hashable, Sendable {
  var state: AlarmState
  var previousState: AlarmState?
  var reason: String
  var reasonData: String?
  /// Nil for the state an alarm silently starts with.
  var updated: Timestamp?
  var transitioned: Timestamp?
}
