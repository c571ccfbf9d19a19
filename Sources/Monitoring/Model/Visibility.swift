import Telemetry

/// Which sample was the newest one known, at any instant: what was known when.
///
/// The store keeps when samples happened, not when each arrived. A steady feed is one run of equal
/// steps, so a week of it costs as much as a minute.
struct Visibility: Sendable {
  private var runs: [Run] = []

  /// A feed with jitter has a run a minute: some five weeks of it; the oldest go first.
  private static let runLimit = 50_000

  private struct Run: Sendable {
    var firstSeen: Timestamp
    var firstSample: Timestamp
    var step: Int64
    var count: Int64
  }

  /// Notes at `now` that the newest sample is of `sample`.
  mutating func note(_ sample: Timestamp, at now: Timestamp) {
    guard let last = runs.indices.last else { return start(sample, now) }
    let seen = now - runs[last].firstSeen
    let moved = sample - runs[last].firstSample
    if runs[last].count == 1, seen == moved, seen > 0 {
      runs[last].step = seen
      runs[last].count = 2
    } else if seen == moved, runs[last].step > 0, seen == runs[last].step * runs[last].count {
      runs[last].count += 1
    } else {
      start(sample, now)
    }
  }

  private mutating func start(_ sample: Timestamp, _ now: Timestamp) {
    if runs.count >= Self.runLimit { runs.removeFirst(Self.runLimit / 10) }
    runs.append(Run(firstSeen: now, firstSample: sample, step: 0, count: 1))
  }

  /// The newest sample that was known at an instant; nil before the first.
  func newest(at time: Timestamp) -> Timestamp? {
    let index = runs.partitionIndex { $0.firstSeen > time }
    guard index > 0 else { return nil }
    let run = runs[index - 1]
    guard run.step > 0 else { return run.firstSample }
    let steps = min((time - run.firstSeen) / run.step, run.count - 1)
    return run.firstSample + steps * run.step
  }
}
