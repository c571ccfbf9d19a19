import LabelledMetrics
import Monitoring
import Telemetry

/// The Numenta Anomaly Benchmark's score (standard profile) on made series of each shape, whose
/// seeds played no part in choosing the detector's constants.
///
/// `score` takes the one threshold of the anomaly score that is best for all series together; the
/// others know only whether a datapoint was outside the band: of width 2 and 3, as the first
/// datapoint of each excursion, and as alarms of 2 and of 3 out of 3 datapoints.
func measureAnomalyScores() {
  let passes = LabelledSeries.Shape.allCases.map { shape in
    (9_001...9_012 as ClosedRange<UInt64>).map { AnomalyPass(LabelledSeries(shape, seed: $0)) }
  }
  let all = passes.flatMap { $0 }
  let threshold = NumentaScore.best(all.map { $0.series($0.scores) })?.threshold ?? 0
  print("anomaly-scores: score, width 2, width 3, firings, 2 of 3, 3 of 3; found, false")
  for (shape, passes) in zip(LabelledSeries.Shape.allCases, passes) {
    printScores("\(shape)", passes, threshold)
  }
  printScores("all \(all.count) series", all, threshold)
  let clock = NumentaScore.at(threshold: 1, all.map { $0.series($0.clock) })?.value ?? 0
  printFigure("anomaly-scores: of a clock that fires twice a day and looks at nothing", clock, "")
}

private func printScores(_ name: String, _ passes: [AnomalyPass], _ threshold: Double) {
  guard let score = NumentaScore.at(threshold: threshold, passes.map { $0.series($0.scores) })
  else { return }
  let binary =
    [
      { $0.outside }, { $0.outsideWide }, { $0.alarms(1, of: 1) }, { $0.alarms(2, of: 3) },
      { $0.alarms(3, of: 3) },
    ] as [(AnomalyPass) -> [Double]]
  let values = binary.map { points in
    NumentaScore.at(threshold: 1, passes.map { $0.series(points($0)) })?.value ?? 0
  }
  let figures = ([score.value] + values).map { "\(($0 * 10).rounded() / 10)" }
  print(
    "anomaly-scores: \(name): \(figures.joined(separator: ", "));",
    "\(score.windowsDetected) of \(score.windows), \(score.falseDetections)")
}

/// A detector's way through one series.
private struct AnomalyPass {
  let windows: [ClosedRange<Int>]
  private(set) var scores: [Double] = []
  /// 1 where the datapoint was outside the band of width 2, and of width 3.
  private(set) var outside: [Double] = []
  private(set) var outsideWide: [Double] = []

  init(_ made: LabelledSeries) {
    windows = made.windows
    var detector = AnomalyDetector(periodSeconds: LabelledSeries.periodSeconds)
    for (index, value) in made.values.enumerated() {
      let time = Timestamp(seconds: Int64(index * LabelledSeries.periodSeconds))
      let forecast = detector.forecast(at: time)
      let isOutside = { (width: Double) in
        forecast?.band(width: width).map { value < $0.lower || value > $0.upper } ?? false
      }
      outside.append(isOutside(2) ? 1 : 0)
      outsideWide.append(isOutside(3) ? 1 : 0)
      scores.append(detector.observe(value, at: time))
    }
  }

  func series(_ scores: [Double]) -> NumentaScore.Series { .init(scores: scores, windows: windows) }

  /// 1 where an alarm of so many out of so many datapoints, width 2, begins to fire.
  func alarms(_ datapoints: Int, of periods: Int) -> [Double] {
    let firing = outside.indices.map { index in
      outside[max(0, index - periods + 1)...index].reduce(0, +) >= Double(datapoints)
    }
    return firing.indices.map { firing[$0] && ($0 == 0 || !firing[$0 - 1]) ? 1 : 0 }
  }

  var clock: [Double] {
    outside.indices.map { $0 % (LabelledSeries.perDay / 2) == 0 ? 1 : 0 }
  }
}
