/// The score of the Numenta Anomaly Benchmark, standard profile.
///
/// Every window that is detected counts for the earliest detection in it, the more the earlier it
/// is; every window missed costs 1; every detection outside costs up to 0.11, less when it follows a
/// window closely. 100 is the score of a detector that finds every window with its first point, 0 of
/// one that says nothing. One threshold serves all series together.
///
/// Lavin and Ahmad, "Evaluating Real-time Anomaly Detection Algorithms: the Numenta Anomaly
/// Benchmark", https://arxiv.org/abs/1510.03336, and the benchmark's own sweeper.
package struct NumentaScore: Hashable, Sendable {
  /// Up to 100; below 0 when false alarms cost more than was found.
  package var value: Double
  /// Points with at least this anomaly score count as detections.
  package var threshold: Double
  package var windows: Int
  package var windowsDetected: Int
  /// Detections outside all windows.
  package var falseDetections: Int

  /// What a false detection costs, against 1 for a window found or missed.
  static let falsePositiveWeight = 0.11
  /// The share of a series, of its first 5,000 points at most, in which nothing counts.
  static let probationShare = 0.15
  private static let probationPoints = 5000

  /// The scores of one series, in order of time, and the windows by first and last point.
  package struct Series: Hashable, Sendable {
    package var scores: [Double]
    package var windows: [ClosedRange<Int>]

    package init(scores: [Double], windows: [ClosedRange<Int>]) {
      self.scores = scores
      self.windows = windows.sorted { $0.lowerBound < $1.lowerBound }
    }

    /// Points before this one are not judged.
    var probation: Int {
      Int(NumentaScore.probationShare * Double(min(scores.count, NumentaScore.probationPoints)))
    }
  }

  /// Scores several series with the threshold that suits them best together; nil without windows.
  package static func best(_ series: [Series]) -> NumentaScore? {
    sweep(series, choosing: nil)
  }

  /// Scores them with a given threshold.
  package static func at(threshold: Double, _ series: [Series]) -> NumentaScore? {
    sweep(series, choosing: threshold)
  }

  private static func sweep(_ series: [Series], choosing fixed: Double?) -> NumentaScore? {
    var points = series.enumerated().flatMap { $0.element.judged(series: $0.offset) }
    points.sort { $0.score > $1.score }
    var sum = Sum(windows: series.reduce(0) { $0 + $1.windows.count })
    guard sum.windows > 0 else { return nil }
    var best = sum.scored(threshold: fixed ?? .infinity)
    for (index, point) in points.enumerated() {
      if let fixed, point.score < fixed { break }
      sum.detect(point)
      let isLast = index + 1 == points.count || points[index + 1].score < point.score
      guard isLast else { continue }
      let scored = sum.scored(threshold: fixed ?? point.score)
      if fixed != nil || scored.value > best.value { best = scored }
    }
    return best
  }
}

/// The running total while the threshold sinks.
private struct Sum {
  let windows: Int
  var found: [Judged.Window: Double] = [:]
  var gained = 0.0
  var lost = 0.0
  var falseDetections = 0

  init(windows: Int) { self.windows = windows }

  mutating func detect(_ point: Judged) {
    guard let window = point.window else {
      lost += point.weight
      falseDetections += 1
      return
    }
    let before = found[window]
    if point.weight <= before ?? -.infinity { return }
    gained += point.weight - (before ?? 0)
    found[window] = point.weight
  }

  func scored(threshold: Double) -> NumentaScore {
    let missed = Double(windows - found.count)
    let raw = gained - missed + lost
    let null = -Double(windows)
    return NumentaScore(
      value: 100 * (raw - null) / (Double(windows) - null), threshold: threshold, windows: windows,
      windowsDetected: found.count, falseDetections: falseDetections)
  }
}

/// What a detection at one point would be worth.
private struct Judged {
  var score: Double
  var weight: Double
  var window: Window?

  struct Window: Hashable {
    var series: Int
    var number: Int
  }
}

extension NumentaScore.Series {
  fileprivate func judged(series: Int) -> [Judged] {
    var result: [Judged] = []
    result.reserveCapacity(scores.count)
    var next = 0
    for (index, score) in scores.enumerated() {
      while next < windows.count, windows[next].upperBound < index { next += 1 }
      if index < probation { continue }
      let isInside = next < windows.count && windows[next].contains(index)
      let weight =
        isInside
        ? insideWeight(index, windows[next])
        : outsideWeight(index, next == 0 ? nil : windows[next - 1])
      let window = isInside ? Judged.Window(series: series, number: next) : nil
      result.append(Judged(score: score, weight: weight, window: window))
    }
    return result
  }

  private func insideWeight(_ index: Int, _ window: ClosedRange<Int>) -> Double {
    let position = -Double(window.upperBound - index + 1) / Double(window.count)
    return scaledSigmoid(position) / scaledSigmoid(-1)
  }

  private func outsideWeight(_ index: Int, _ last: ClosedRange<Int>?) -> Double {
    guard let last, last.count > 1 else { return -NumentaScore.falsePositiveWeight }
    let position = Double(index - last.upperBound) / Double(last.count - 1)
    return scaledSigmoid(position) * NumentaScore.falsePositiveWeight
  }
}

/// 1 at the far left of a window, 0 at its end, -1 well beyond it.
private func scaledSigmoid(_ position: Double) -> Double {
  position > 3 ? -1 : 2 / (1 + exponential(5 * position)) - 1
}
