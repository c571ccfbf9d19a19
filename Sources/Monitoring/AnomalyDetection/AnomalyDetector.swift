import Telemetry

/// Learns one series datapoint by datapoint: forecasts the next, and says how odd it was.
///
/// An open algorithm: AWS has published none for ANOMALY_DETECTION_BAND. It never sees the datapoint
/// it forecasts, or later ones; each costs the same however long the series is. A datapoint is odd
/// when it leaves (a) the forecast, (b) the range of the past, or when (c) the mean of the last half
/// hour leaves its usual level. Each way keeps its own memory of how far it usually goes, upwards
/// and downwards, and that memory is what makes the band wide or narrow.
package struct AnomalyDetector: Sendable {
  package let periodMilliseconds: Int64
  private let tuning: AnomalyTuning
  private let smoothCount: Int
  private var forecaster: Forecaster
  /// By way and direction: forecast up, down, range up, down, drift up, down.
  private var tails: [TailModel]
  private var block: Int64?
  private var first: Timestamp?
  /// The middle of the past, slow to move: what the range is measured from.
  private var anchor: Double?
  private var isNeverNegative = true
  /// How surprising the last alarms were, fading.
  private var afterEffect = 0.0
  /// The same without what is still news.
  private var settledEffect = 0.0
  private var newsSince: Timestamp?
  private var last: Timestamp?

  package init(periodSeconds: Int) {
    self.init(periodMilliseconds: Int64(periodSeconds) * 1000, tuning: AnomalyTuning())
  }

  init(periodMilliseconds: Int64, tuning: AnomalyTuning) {
    self.periodMilliseconds = periodMilliseconds
    self.tuning = tuning
    smoothCount = max(3, Int(tuning.smoothingMinutes * 60_000) / Int(periodMilliseconds))
    forecaster = Forecaster(periodMilliseconds: periodMilliseconds, tuning: tuning)
    tails = [TailModel](repeating: TailModel(tuning: tuning), count: 6)
  }

  /// One way of being odd: how far from where, and how much of a step of the datapoint counts.
  private struct Way {
    var number: Int
    var centre: Double
    /// What a deviation is divided by, to be comparable with others.
    var scale: Double
    /// What a surprise counts.
    var weight = 1.0
  }

  /// What the next datapoint should be; nil while too little is known.
  package mutating func forecast(at time: Timestamp) -> AnomalyForecast? {
    guard let guess = forecaster.guess(at: time) else { return nil }
    let edge = tuning.edgeSurprise + faded(settledEffect, to: time)
    var forecast = AnomalyForecast(centre: guess.centre, isNeverNegative: isNeverNegative)
    guard let first, time.seconds(since: first) >= tuning.leastHistoryHours * 3600 else {
      return nil
    }
    for way in ways(guess) {
      for direction in 0...1 {
        let tail = tails[2 * way.number + direction]
        guard let reach = tail.deviation(ofSurprise: edge / way.weight) else { continue }
        forecast.bounds.append(
          AnomalyForecast.Bound(
            centre: way.centre, reach: reach * way.scale, isUpper: direction == 0))
      }
    }
    return forecast
  }

  /// Takes in a datapoint and returns how odd it was: 0 for nothing special, without upper bound.
  ///
  /// About minus the logarithm (base 10) of the chance to see one like it in eight hours, less the
  /// after-effect of what was odd before: the second hour of an outage is no news.
  @discardableResult
  package mutating func observe(_ value: Double, at time: Timestamp) -> Double {
    let guess = forecaster.guess(at: time)
    var surprise = 0.0
    if let guess {
      for way in ways(guess) {
        let deviation = (value - way.centre) / way.scale
        let number = 2 * way.number + (deviation > 0 ? 0 : 1)
        surprise = max(surprise, tails[number].surprise(of: abs(deviation)) * way.weight)
        tails[number].record(abs(deviation))
      }
      closeBlocks(guess, at: time)
    }
    let smooth = smoothed(with: value)
    forecaster.observe(value, guess, smooth: smooth, at: time)
    if first == nil { first = time }
    if value < 0 { isNeverNegative = false }
    return settle(surprise, at: time)
  }

  private func ways(_ guess: Forecaster.Guess) -> [Way] {
    var ways = [Way(number: 0, centre: guess.centre, scale: guess.scale)]
    if let anchor {
      ways.append(Way(number: 1, centre: anchor, scale: 1, weight: tuning.rangeWeight))
    }
    if let slow = guess.slow {
      // The mean leaves its level by d when the datapoint does by d times the number of points.
      let others = steadyPast
      let count = Double(others.count + 1)
      let centre = slow * count - others.sum
      ways.append(Way(number: 2, centre: centre, scale: count))
    }
    return ways
  }

  private func smoothed(with value: Double) -> Double {
    let others = steadyPast
    return (others.sum + value) / Double(others.count + 1)
  }

  /// The last half hour without its largest and smallest value, so that one spike is no drift.
  private var steadyPast: (sum: Double, count: Int) {
    let others = forecaster.hour.suffix(smoothCount - 1)
    guard others.count > 2, let low = others.min(), let high = others.max() else {
      return (others.reduce(0, +), others.count)
    }
    return (others.reduce(0, +) - low - high, others.count - 2)
  }

  private mutating func closeBlocks(_ guess: Forecaster.Guess, at time: Timestamp) {
    let number = time.floored(toMilliseconds: Self.blockMilliseconds).milliseconds
    defer { block = number }
    guard let block, number > block else { return }
    if let middle = forecaster.dayMedian(at: time) {
      anchor = anchor.map { $0 + Self.anchorRate * (middle - $0) } ?? middle
    }
    for index in tails.indices { tails[index].closeBlock(noise: guess.noise) }
  }

  private static let blockMilliseconds = Int64(TailModel.shortestBlockHours * 3_600_000)
  /// The anchor moves with a time constant of about two weeks.
  private static let anchorRate = 0.0015

  private mutating func settle(_ surprise: Double, at time: Timestamp) -> Double {
    let before = faded(afterEffect, to: time)
    settledEffect = faded(settledEffect, to: time)
    afterEffect = max(before, surprise)
    last = time
    if surprise - before >= tuning.edgeSurprise, newsSince == nil { newsSince = time }
    let isNews = newsSince.map { time - $0 < newsMilliseconds } ?? false
    if !isNews {
      newsSince = nil
      settledEffect = min(afterEffect, tuning.afterEffectLimit)
    }
    return max(0, surprise - before)
  }

  private var newsMilliseconds: Int64 {
    max(Int64(tuning.newsMinutes * 60_000), 3 * periodMilliseconds)
  }

  private func faded(_ effect: Double, to time: Timestamp) -> Double {
    guard let last, effect > 0 else { return effect }
    return effect * exponential(-time.seconds(since: last) / 3600 / tuning.afterEffectHours)
  }
}

extension Forecaster {
  func dayMedian(at time: Timestamp) -> Double? { season.dayMedian(at: time) }
}
