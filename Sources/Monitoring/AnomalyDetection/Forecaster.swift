import Telemetry

/// Guesses the next value of a series in three ways and trusts the one that has done best lately.
///
/// The ways: the median of the same hour of earlier days, moved by part of the last hour's offset;
/// the median of the last hour; the median of the last three datapoints. So a series with a daily
/// shape is followed as well as one that wanders or one that shifts its level, and a season counts
/// only once it has proved itself on datapoints it had not seen.
struct Forecaster: Sendable {
  private let periodHours: Double
  private var season: SeasonalMemory
  /// The last hour.
  private var hour: RecentValues
  /// How far values left the season in the last hour.
  private var offsets: RecentValues
  /// Mean errors of the ways, and of the season and the last day as slow forecasts of the hour.
  private var errors = SIMD4<Double>(repeating: .nan)
  private var driftErrors = SIMD4<Double>(repeating: .nan)
  private var dayMedian = Double.nan
  /// The mean magnitude of values over a day or so.
  private var level = 0.0
  private var count = 0

  init(periodMilliseconds: Int64, zone: TimeZoneTable?) {
    periodHours = Double(periodMilliseconds) / 3_600_000
    let length = max(3, Int(1 / periodHours))
    hour = RecentValues(capacity: length)
    offsets = RecentValues(capacity: length)
    season = SeasonalMemory(periodMilliseconds: periodMilliseconds, zone: zone)
  }

  /// What is expected next, in each way.
  struct Guess: Sendable {
    var centre: Double
    /// The usual size of errors.
    var noise: Double
    /// Nil in the first hours, and where an hour holds too few datapoints.
    var drift: Drift?
    /// The median of the last day; NaN in the first hours.
    var day: Double
    fileprivate var season: Double
    fileprivate var ways: SIMD4<Double>
    fileprivate var drifts: [Drift?]
  }

  /// Where the next datapoint would bring the mean of the last hour back to a slow forecast.
  struct Drift: Sendable {
    var centre: Double
    /// The datapoints of the mean.
    var count: Double
  }

  mutating func guess(at time: Timestamp) -> Guess? {
    guard hour.count >= 3 else { return nil }
    let season = season.season(at: time)
    let offset = season.isNaN || offsets.count == 0 ? 0 : offsets.median()
    let ways = SIMD4(
      season + AnomalyTuning.adaptation * offset, hour.median(), hour.newestMedian, .nan)
    let best = Self.best(ways, errors, otherwise: 2)
    let error = errors[best].isNaN ? 0 : errors[best]
    let drifts = drifts(season)
    let centres = SIMD4(drifts[0]?.centre ?? .nan, drifts[1]?.centre ?? .nan, .nan, .nan)
    return Guess(
      centre: ways[best], noise: max(Self.deviationPerError * error, leastNoise),
      drift: drifts[Self.best(centres, driftErrors, otherwise: 1)], day: dayMedian, season: season,
      ways: ways, drifts: drifts)
  }

  /// From the season, hour by hour, and from the last day.
  private func drifts(_ season: Double) -> [Drift?] {
    guard hour.count >= Self.leastDriftCount else { return [nil, nil] }
    let isSeasonal = !season.isNaN && offsets.count == hour.count
    return [
      isSeasonal ? drift(offsets, from: 0, at: season) : nil,
      dayMedian.isNaN ? nil : drift(hour, from: dayMedian, at: dayMedian),
    ]
  }

  /// `level` is what the others should be on the mean, `next` what the next datapoint should be.
  private func drift(_ past: RecentValues, from level: Double, at next: Double) -> Drift {
    let others = past.steadySum(past.count - 1)
    let count = Double(others.count)
    return Drift(centre: next + level * count - others.sum, count: count + 1)
  }

  /// Takes in the value that was guessed.
  mutating func observe(_ value: Double, _ guess: Guess?, at time: Timestamp) {
    count += 1
    if let guess {
      for way in 0..<3 { learn(&errors[way], abs(value - guess.ways[way])) }
      for (way, drift) in guess.drifts.enumerated() {
        guard let drift else { continue }
        learn(&driftErrors[way], abs(value - drift.centre) / drift.count)
      }
      if !guess.season.isNaN { offsets.append(value - guess.season) }
    }
    season.add(value, at: time)
    hour.append(value)
    level += rate * (abs(value) - level)
  }

  /// Looks at the last day anew; now and then is enough.
  mutating func refresh() { dayMedian = season.dayMedian() }

  private var rate: Double { max(periodHours / AnomalyTuning.errorHours, 1 / Double(count)) }
  private var leastNoise: Double { AnomalyTuning.leastNoiseShare * level }
  /// The standard deviation of normal errors whose mean magnitude is 1.
  private static let deviationPerError = 1.2533
  /// Errors beyond this many usual ones count as this many.
  private static let clip = 5.0
  private static let learningCount = 100
  /// With fewer datapoints in the mean one spike would be a drift.
  private static let leastDriftCount = 4

  private func learn(_ mean: inout Double, _ error: Double) {
    if error.isNaN { return }
    guard !mean.isNaN else {
      mean = error
      return
    }
    let limit = count < Self.learningCount ? error : Self.clip * max(mean, leastNoise)
    mean += rate * (min(error, limit) - mean)
  }

  /// The way with the least error among those that say something.
  private static func best(
    _ ways: SIMD4<Double>, _ errors: SIMD4<Double>, otherwise: Int
  ) -> Int {
    var best = otherwise
    for way in 0..<4 where !ways[way].isNaN && !errors[way].isNaN {
      if errors[best].isNaN || ways[best].isNaN || errors[way] < errors[best] { best = way }
    }
    return best
  }
}
