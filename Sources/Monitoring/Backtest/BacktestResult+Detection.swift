import Telemetry

extension BacktestResult.Instance {
  /// A labelled window and what the alarm made of it.
  package struct Detection: Hashable, Sendable {
    package var window: ClosedRange<Timestamp>
    /// Milliseconds from the window's beginning until the alarm was in ALARM; nil: never in it.
    package var afterMilliseconds: Int64?
  }

  /// One for each labelled window, in order.
  package var detections: [Detection] {
    (windows ?? []).map { window in
      let firing = firings.first { $0.end > window.lowerBound && $0.start <= window.upperBound }
      return Detection(
        window: window, afterMilliseconds: firing.map { max(0, $0.start - window.lowerBound) })
    }
  }

  /// The firings outside all labelled windows; nil without labels.
  package var falseAlarms: [BacktestResult.Firing]? {
    windows.map { windows in
      firings.filter { firing in
        !windows.contains { firing.end > $0.lowerBound && firing.start <= $0.upperBound }
      }
    }
  }

  /// How often it fired again so soon that it had better not stopped.
  package var flaps: Int {
    zip(firings, firings.dropFirst()).count { $1.start - $0.end <= flapMilliseconds }
  }

  /// Five periods, and a quarter of an hour at least.
  private var flapMilliseconds: Int64 {
    max(Self.leastFlapMilliseconds, 5 * Int64(definition.periodSeconds) * 1000)
  }

  private static let leastFlapMilliseconds: Int64 = 900_000

  /// The points of the series that a firing began with, as scores of 1.
  fileprivate var firingScores: [Double] {
    var scores = [Double](repeating: 0, count: points.count)
    for firing in firings {
      let after = points.partitionIndex { $0.time >= firing.start }
      if after > 0 { scores[after - 1] = 1 }
    }
    return scores
  }

  fileprivate var labelled: [ClosedRange<Int>]? {
    windows?.compactMap { window in
      let first = points.partitionIndex { $0.time >= window.lowerBound }
      let last = points.partitionIndex { $0.time > window.upperBound } - 1
      return first <= last ? first...last : nil
    }
  }
}

extension BacktestResult.Outcome {
  init(_ variant: Backtest.Variant, _ instances: [BacktestResult.Instance]) {
    self.init(variant: variant, instances: instances, score: nil, firingScore: nil)
    let labelled = instances.filter { $0.windows != nil && !$0.points.isEmpty }
    firingScore = NumentaScore.at(
      threshold: 1, labelled.map { .init(scores: $0.firingScores, windows: $0.labelled ?? []) })
    let scored = labelled.filter { $0.points.contains { $0.anomalyScore != nil } }
    score =
      scored.isEmpty
      ? firingScore
      : NumentaScore.best(
        scored.map { instance in
          .init(
            scores: instance.points.map { $0.anomalyScore ?? 0 }, windows: instance.labelled ?? [])
        })
  }

  /// All firings, whatever the series.
  package var firings: Int { instances.reduce(0) { $0 + $1.firings.count } }
  package var flaps: Int { instances.reduce(0) { $0 + $1.flaps } }
  package var alarmMilliseconds: Int64 { instances.reduce(0) { $0 + $1.alarmMilliseconds } }
  package var detections: [BacktestResult.Instance.Detection] { instances.flatMap(\.detections) }
  /// Nil where no series is labelled.
  package var falseAlarms: Int? {
    let counts = instances.compactMap { $0.falseAlarms?.count }
    return counts.isEmpty ? nil : counts.reduce(0, +)
  }

  /// The mean time to detect, over the windows that were detected.
  package var meanMillisecondsToDetect: Int64? {
    let found = detections.compactMap(\.afterMilliseconds)
    return found.isEmpty ? nil : found.reduce(0, +) / Int64(found.count)
  }

  /// False alarms a day, over all labelled series together.
  package func falseAlarmsPerDay(_ result: BacktestResult) -> Double? {
    let days = Double(result.end - result.start) / 86_400_000
    guard let falseAlarms, days > 0 else { return nil }
    return Double(falseAlarms) / days
  }
}
