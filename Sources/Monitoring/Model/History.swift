import Telemetry

/// Values by the time from which they hold, so that any earlier instant can be read.
struct History<Value: Sendable>: Sendable {
  private(set) var entries: [(time: Timestamp, value: Value)] = []

  var latest: Value? { entries.last?.value }

  /// Adds a value, or replaces the one of the same instant.
  mutating func append(_ value: Value, at time: Timestamp) {
    if entries.last?.time == time { entries.removeLast() }
    entries.append((time, value))
  }

  /// Drops what ended before an instant, many at a time.
  mutating func forget(before time: Timestamp) {
    let ended = entries.partitionIndex { $0.time > time } - 1
    if ended >= Self.forgottenTogether { entries.removeFirst(ended) }
  }

  private static var forgottenTogether: Int { 256 }

  /// The value that held at an instant; nil before the first.
  func at(_ time: Timestamp) -> Value? {
    let index = entries.partitionIndex { $0.time > time }
    return index > 0 ? entries[index - 1].value : nil
  }
}
