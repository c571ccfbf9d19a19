import Telemetry

/// When a copy that is behind will have caught up: a range, for it never goes straight.
///
/// GitHub told two hours in October 2018 and needed nine more, because the day's writes came on top. So
/// a line through the newest samples is only one guess: longer windows, a decay, and the same
/// replication under the day's highest rate of writes are others. The range is from the first to the
/// last of them (https://github.blog/2018-10-30-oct21-post-incident-analysis/).
package struct CatchUp: Hashable, Sendable {
  /// What counts as caught up, in seconds of lag.
  package var targetSeconds: Double
  /// Seconds of lag won (below zero) or lost in each second, by the newest samples.
  package var slope: Double
  /// Nil: diverging.
  package var earliestSeconds: Double?
  /// Nil: at the day's highest rate of writes it would not catch up at all.
  package var latestSeconds: Double?

  package init(
    targetSeconds: Double, slope: Double, earliestSeconds: Double? = nil,
    latestSeconds: Double? = nil
  ) {
    self.targetSeconds = targetSeconds
    self.slope = slope
    self.earliestSeconds = earliestSeconds
    self.latestSeconds = latestSeconds
  }

  /// Whether the copy falls further behind, or does not come closer.
  package var isDiverging: Bool { slope >= 0 }

  /// `diverging`, or how long it will take: `caught up in 12 min to 40 min`.
  package var sentence: String {
    guard let earliestSeconds else {
      return "diverging: the lag grows by \(secondsText(slope * 60)) a minute"
    }
    let first = secondsText(earliestSeconds)
    guard let latestSeconds else {
      return "caught up in \(first) at the earliest; with the day's highest writes not at all"
    }
    let last = secondsText(latestSeconds)
    return first == last ? "caught up in about \(first)" : "caught up in \(first) to \(last)"
  }
}

extension CatchUp {
  struct Point {
    /// Seconds before now, so below zero.
    var time: Double
    var lag: Double
  }

  /// How fast the source writes now and at the day's peak, in any one unit.
  struct Load {
    var now: Double
    var peak: Double
  }

  /// Windows of newest samples through which a line is laid.
  private static let windows = [5, 15, 30, 60]

  /// The forecast from samples, oldest first; nil where the copy is not behind, or too few are there.
  init?(_ points: [Point], target: Double, load: Load? = nil) {
    guard let last = points.last, last.lag > target, points.count >= Self.windows[0],
      let line = Line(points.suffix(Self.windows[0]))
    else { return nil }
    self.init(targetSeconds: target, slope: line.slope)
    guard line.slope < 0 else { return }
    let excess = max(last.lag - target, 0)
    var guesses = Self.windows.compactMap { count -> Double? in
      guard points.count >= count, let line = Line(points.suffix(count)), line.slope < 0 else {
        return nil
      }
      return excess / -line.slope
    }
    if let decay = Self.decay(points.suffix(Self.windows[1]), to: target) { guesses.append(decay) }
    earliestSeconds = guesses.min()
    latestSeconds = guesses.max()
    guard let load, load.now > 0, load.peak > load.now else { return }
    // What is applied in a second, in seconds of writes as they are now, stays; the writes rise.
    let slope = 1 - (1 - line.slope) * load.now / load.peak
    latestSeconds = slope < 0 ? max(latestSeconds ?? 0, excess / -slope) : nil
  }

  /// How long an exponential through the samples takes to the target; nil where it does not fall.
  private static func decay(_ points: ArraySlice<Point>, to target: Double) -> Double? {
    guard target > 0, points.allSatisfy({ $0.lag > 0 }), let last = points.last,
      let line = Line(points.map { Point(time: $0.time, lag: Double.logarithm($0.lag)) }[...]),
      line.slope < 0
    else { return nil }
    return (Double.logarithm(last.lag) - Double.logarithm(target)) / -line.slope
  }

  /// The line of least squares.
  private struct Line {
    var slope: Double

    init?(_ points: ArraySlice<Point>) {
      let count = Double(points.count)
      let (x, y) = points.reduce((0, 0)) { ($0.0 + $1.time, $0.1 + $1.lag) }
      var (above, below) = (0.0, 0.0)
      for point in points {
        above += (point.time - x / count) * (point.lag - y / count)
        below += (point.time - x / count) * (point.time - x / count)
      }
      guard below > 0 else { return nil }
      slope = above / below
    }
  }
}

extension Double {
  /// The natural logarithm of a number above zero, from its binary exponent and a series: the same to
  /// the last bit on every machine, which mathematics libraries are not.
  fileprivate static func logarithm(_ number: Double) -> Double {
    let ratio = (number.significand - 1) / (number.significand + 1)
    var term = ratio
    var sum = 0.0
    for odd in stride(from: 1.0, to: 30, by: 2) {
      sum += term / odd
      term *= ratio * ratio
    }
    return 2 * sum + Double(number.exponent) * 0.693_147_180_559_945_3
  }
}
