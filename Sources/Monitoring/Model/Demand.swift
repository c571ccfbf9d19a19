import Telemetry

/// What must serve of what is asked for: instances and tasks take minutes to start.
struct Demand: Sendable {
  /// The rises of the last minutes: when, and from what.
  private var rises: [Signal.Point] = []
  private var last: Signal.Point?

  /// Takes in newer points, oldest first.
  mutating func note(_ points: [Signal.Point]) {
    for point in points where point.time > last?.time ?? .distantPast {
      rises.removeAll { point.time - $0.time >= EstateRules.startUp }
      if let last, point.value > last.value {
        rises.append(Signal.Point(time: point.time, value: last.value))
      }
      last = point
    }
  }

  /// What has been asked for long enough to be there; nil where nothing is known.
  func due(at now: Timestamp) -> Double? {
    last.map { recent(at: now).map(\.value).reduce($0.value, min) }
  }

  /// Whether more was asked for so recently that it may still be starting.
  func isRising(at now: Timestamp) -> Bool { !recent(at: now).isEmpty }

  private func recent(at now: Timestamp) -> [Signal.Point] {
    rises.filter { now - $0.time < EstateRules.startUp }
  }
}
