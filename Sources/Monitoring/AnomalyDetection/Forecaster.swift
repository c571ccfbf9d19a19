import Telemetry

/// Guesses the next value of a series in three ways and trusts the one that has done best lately.
///
/// The ways: the median of the same time of earlier days, moved by part of the last hour's offset;
/// the median of the last hour; the median of the last three datapoints. So a series with a daily or
/// weekly shape is followed as well as one that wanders or one that shifts its level.
struct Forecaster: Sendable {
  private let tuning: AnomalyTuning
  private let periodHours: Double
  private let hourCount: Int
  private(set) var season: SeasonalMemory
  /// The last hour, oldest first.
  private(set) var hour: [Double] = []
  private var offsets: [Double] = []
  /// Mean errors of the three ways, and of the season and the last day as a slow forecast.
  private var errors = [Double](repeating: .nan, count: 3)
  private var slowErrors = [Double](repeating: .nan, count: 2)
  /// The mean magnitude of values over a day or so.
  private(set) var level = 0.0
  private(set) var count = 0

  init(periodMilliseconds: Int64, tuning: AnomalyTuning) {
    self.tuning = tuning
    periodHours = Double(periodMilliseconds) / 3_600_000
    hourCount = max(3, Int(1 / periodHours))
    season = SeasonalMemory(periodMilliseconds: periodMilliseconds)
  }

  /// What is expected next, in each way, with what is slow to change beside it.
  struct Guess: Sendable {
    var ways: [Double]
    var centre: Double
    /// The usual size of errors at a usual level.
    var noise: Double
    /// How much larger errors are at this level.
    var scale: Double
    /// The level that the mean of the last half hour is measured against; nil in the first hours.
    var slow: Double?
    var slowWays: [Double]
    var season: Double?
  }

  mutating func guess(at time: Timestamp) -> Guess? {
    guard hour.count >= 3 else { return nil }
    let season = season.season(at: time)?.centre
    let ways = [
      season.map { $0 + tuning.adaptation * (offsets.isEmpty ? 0 : median(offsets)) } ?? .nan,
      median(hour), median(Array(hour.suffix(3))),
    ]
    let best = Self.best(ways, errors)
    let day = self.season.dayMedian(at: time)
    let slowWays = [season ?? .nan, day ?? .nan]
    let centre = ways[best]
    let noise = max(Self.deviationPerError * (errors[best].isNaN ? 0 : errors[best]), leastNoise)
    return Guess(
      ways: ways, centre: centre, noise: noise, scale: scale(at: centre),
      slow: day.map { _ in slowWays[Self.best(slowWays, slowErrors)] }, slowWays: slowWays,
      season: season)
  }

  /// Takes in the value that was guessed; `smooth` is the mean of the last half hour with it.
  mutating func observe(_ value: Double, _ guess: Guess?, smooth: Double, at time: Timestamp) {
    count += 1
    if let guess {
      learn(&errors, guess.ways, value)
      learn(&slowErrors, guess.slowWays, smooth)
      if let season = guess.season {
        offsets.append(value - season)
        if offsets.count > hourCount { offsets.removeFirst() }
      }
    }
    season.add(value, at: time)
    hour.append(value)
    if hour.count > hourCount { hour.removeFirst() }
    level += max(periodHours / tuning.errorHours, 1 / Double(count)) * (abs(value) - level)
  }

  private var leastNoise: Double { tuning.leastNoiseShare * level }
  /// The standard deviation of normal errors whose mean magnitude is 1.
  private static let deviationPerError = 1.2533
  /// Errors beyond this many usual ones count as this many.
  private static let clip = 5.0
  private static let learningCount = 100

  private func scale(at centre: Double) -> Double {
    guard level > 0 else { return 1 }
    return power(min(max(abs(centre) / level, 0.05), 20), tuning.noisePower)
  }

  private func learn(_ errors: inout [Double], _ ways: [Double], _ value: Double) {
    let rate = max(periodHours / tuning.errorHours, 1 / Double(count + 1))
    for way in ways.indices where !ways[way].isNaN {
      let error = abs(value - ways[way])
      guard !errors[way].isNaN else {
        errors[way] = error
        continue
      }
      let limit = count < Self.learningCount ? error : Self.clip * max(errors[way], leastNoise)
      errors[way] += rate * (min(error, limit) - errors[way])
    }
  }

  /// The way with the least error among those that say something; else the last.
  private static func best(_ ways: [Double], _ errors: [Double]) -> Int {
    var best = ways.count - 1
    for way in ways.indices where !ways[way].isNaN && !errors[way].isNaN {
      if errors[best].isNaN || ways[best].isNaN || errors[way] < errors[best] { best = way }
    }
    return best
  }

  private func median(_ values: [Double]) -> Double {
    var values = values
    return values.median()
  }
}
