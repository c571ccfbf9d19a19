import Telemetry

/// What must serve of what is asked for: instances and tasks take minutes to start.
struct Demand: Sendable {
  /// What was asked for since when, where it changed; the oldest first.
  private var changes: [Signal.Point] = []
  private var last: Timestamp?

  /// As long as the oldest sample that is judged, and what was asked for before it, may matter.
  private static let memory = EstateRules.longestStep

  /// Takes in newer points, oldest first.
  mutating func note(_ points: [Signal.Point]) {
    for point in points where point.time > last ?? .distantPast {
      last = point.time
      if changes.last?.value != point.value { changes.append(point) }
      while changes.count > 1, point.time - changes[1].time > Self.memory { changes.removeFirst() }
    }
  }

  /// What had been asked for long enough to be there at a sample's time; nil where nothing is known.
  ///
  /// A sample is measured against its own time, however late it is looked at.
  func due(at time: Timestamp) -> Double? {
    inForce(at: time).map(\.value).min() ?? changes.first?.value
  }

  /// Whether more was asked for so shortly before that it may still be starting.
  func isRising(at time: Timestamp) -> Bool {
    let known = inForce(at: time)
    return zip(known, known.dropFirst()).contains { $0.value < $1.value }
  }

  /// What was asked for at any time in the minutes that a start takes.
  private func inForce(at time: Timestamp) -> ArraySlice<Signal.Point> {
    let end = changes.partitionIndex { $0.time > time }
    let begin = changes.partitionIndex { $0.time > time - EstateRules.startUp }
    return changes[max(0, begin - 1)..<max(end, max(0, begin - 1))]
  }
}
