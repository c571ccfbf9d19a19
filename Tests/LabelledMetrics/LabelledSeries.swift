/// A made series with labelled anomalies, of the kinds that AWS metrics are.
///
/// Two weeks of five-minute points; what is labelled is windows around each anomaly that together
/// cover a tenth of the series, as the Numenta Anomaly Benchmark's are. What merely disturbs
/// (recurring jobs, heavy tails, drift, gaps, small shifts) is not labelled.
package struct LabelledSeries {
  package let shape: Shape
  /// NaN where a datapoint is missing.
  package let values: [Double]
  package let windows: [ClosedRange<Int>]
  /// What happens in the windows, in their order.
  package let anomalies: [Anomaly]

  package static let points = 4032
  package static let perDay = 288
  package static let periodSeconds = 300

  package enum Shape: Int, CaseIterable, Sendable {
    case quietProcessor, noisyProcessor, requestCount, network, disk, database, steps, periodic
    case plateaus, latency, heavyNetwork, scalingGroup, wandering, storage
  }

  package init(_ shape: Shape, seed: UInt64) {
    self.shape = shape
    var random = SeededGenerator(seed: seed &* 32 &+ UInt64(shape.rawValue))
    var values = shape.course(&random)
    let starts = Self.starts(&random)
    let kinds = shape.anomalies
    anomalies = starts.map { start in
      let kind = kinds[random.below(kinds.count)]
      kind.apply(to: &values, at: start, &random)
      return kind
    }
    for index in values.indices { values[index] = shape.bounded(values[index]) }
    Self.makeGaps(in: &values, &random)
    self.values = values
    let half = Self.points / 10 / starts.count / 2
    windows = starts.map { max(0, $0 - half)...min(Self.points - 1, $0 + half) }
  }

  /// Where anomalies begin: one to three, after the probation and away from each other.
  private static func starts(_ random: inout SeededGenerator) -> [Int] {
    let count = [1, 1, 2, 2, 3][random.below(5)]
    var starts: [Int] = []
    while starts.count < count {
      let start = random.within(points * 20 / 100, points * 94 / 100)
      if starts.allSatisfy({ abs($0 - start) > points / 8 }) { starts.append(start) }
    }
    return starts.sorted()
  }

  private static func makeGaps(in values: inout [Double], _ random: inout SeededGenerator) {
    if random.below(3) == 0 {
      let gap = random.within(0, points - 300)
      for index in gap..<gap + random.within(6, 200) { values[index] = .nan }
    }
    for index in values.indices where random.unit() < 0.001 { values[index] = .nan }
  }
}
