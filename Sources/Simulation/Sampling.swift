import Telemetry

/// Turns what a series reports during a period into the statistic set CloudWatch would hold.
struct Sampling {
  let reporter: Reporter
  private let minutes: Int
  /// Looked at six times a minute, so that a change inside the minute shows.
  private let offsets: [Int64]

  init(reporter: Reporter, periodMilliseconds: Int64) {
    self.reporter = reporter
    minutes = Int(periodMilliseconds / 60_000)
    offsets = (0..<Int64(6 * minutes)).map { 5_000 + 10_000 * $0 }
  }

  /// The datapoint of the period from `start` on; nil: none is published.
  func statistics(of start: Timestamp, _ random: inout RandomSource) -> StatisticSet? {
    let series = reporter.series
    let deviation = random.noise(series.noise) - 1
    let spread = random.uniform()
    let values = offsets.compactMap { reporter.value(at: start + $0) }
    guard let low = values.min(), let high = values.max() else { return nil }
    let mean = disturbed(values.reduce(0, +) / Double(values.count), by: deviation)
    switch series.form {
    case .single: return StatisticSet(rounded(mean, digits: 4))
    case .count: return counted(mean * Double(minutes), &random)
    case .samples(let perMinute, let part):
      return spreadOut(
        perMinute * minutes, mean, disturbed(low, by: (1 + deviation) * (1 - part * spread) - 1),
        disturbed(high, by: (1 + deviation) * (1 + part * (2 - spread)) - 1))
    case .wholeNumbers(let perMinute):
      let count = perMinute * minutes
      let sum = (mean * Double(count)).rounded()
      let average = sum / Double(count)
      return StatisticSet(
        count: Double(count), sum: sum,
        minimum: min(average.rounded(.down), disturbed(low, by: deviation).rounded()),
        maximum: max(average.rounded(.up), disturbed(high, by: deviation).rounded()))
    }
  }

  private func disturbed(_ value: Double, by deviation: Double) -> Double {
    value + reporter.noisyPart(of: value) * deviation
  }

  /// A count per period; the fraction decides by chance, so that rare things happen at times.
  private func counted(_ expected: Double, _ random: inout RandomSource) -> StatisticSet? {
    let whole = expected.rounded(.down)
    let count = whole + (random.happens(withProbability: expected - whole) ? 1 : 0)
    if count > 0 { return StatisticSet(count: count, sum: count, minimum: 1, maximum: 1) }
    return reporter.series.isSparse ? nil : StatisticSet(0)
  }

  private func spreadOut(
    _ count: Int, _ mean: Double, _ low: Double, _ high: Double
  ) -> StatisticSet {
    let average = rounded(mean, digits: 4)
    return StatisticSet(
      count: Double(count), sum: rounded(average * Double(count), digits: 5),
      minimum: min(average, rounded(low, digits: 4)),
      maximum: max(average, rounded(high, digits: 4)))
  }
}
