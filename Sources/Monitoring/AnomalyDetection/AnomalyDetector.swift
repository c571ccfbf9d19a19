import Telemetry

/// Learns one series datapoint by datapoint: forecasts the next, and says how odd it was.
///
/// An open algorithm: AWS has published none for ANOMALY_DETECTION_BAND. It never sees the datapoint
/// it forecasts, or later ones; each costs the same however long the series is. A datapoint is odd
/// when it leaves (a) the forecast, (b) the range of the past, or when (c) the mean of the last hour
/// leaves its usual level. Each way keeps its own memory of how far it usually goes, upwards and
/// downwards, and that memory is what makes the band wide or narrow. A series that has become too
/// calm is odd too, in its score; no band can show that.
package struct AnomalyDetector: Sendable {
  package let periodMilliseconds: Int64
  /// How often the tails are looked at anew: the shortest block.
  private let blockMilliseconds: Int64
  private var forecaster: Forecaster
  /// By way and direction: forecast up, down, range up, down, drift up, down.
  private var tails: [TailModel]
  private var block: Int64?
  private var first: Timestamp?
  /// The middle of the past, slow to move: what the range is measured from.
  private var anchor = Double.nan
  private var isNeverNegative = true
  private var effect: AfterEffect
  private var stillness: Stillness
  private var calmEffect: AfterEffect
  /// What was guessed last, until it is no longer true.
  private var known: (time: Timestamp, guess: Forecaster.Guess?)?

  /// `zone` is the metric's own, whose daylight saving moves its days; nil for none.
  package init(periodSeconds: Int, zone: TimeZoneTable? = nil) {
    periodMilliseconds = Int64(periodSeconds) * 1000
    blockMilliseconds = max(1_800_000, periodMilliseconds)
    forecaster = Forecaster(periodMilliseconds: periodMilliseconds, zone: zone)
    let hours = Double(blockMilliseconds) / 3_600_000
    tails = [TailModel](repeating: TailModel(shortestHours: hours), count: 6)
    effect = AfterEffect(periodMilliseconds: periodMilliseconds)
    stillness = Stillness(periodMilliseconds: periodMilliseconds, blockHours: hours)
    calmEffect = effect
  }

  /// One way of being odd: how far from where.
  private struct Way {
    var number: Int
    var centre: Double
    /// How many deviations of a datapoint are one of the way.
    var scale = 1.0
    /// What a surprise counts.
    var weight = 1.0
  }

  /// What the next datapoint should be; nil while too little is known.
  package mutating func forecast(at time: Timestamp) -> AnomalyForecast? {
    guard let guess = guess(at: time), let first,
      time.seconds(since: first) >= AnomalyTuning.leastHistoryHours * 3600
    else { return nil }
    let edge = (AnomalyTuning.edgeSurprise + effect.onBand(at: time)) / trust(at: time)
    var forecast = AnomalyForecast(centre: guess.centre, isNeverNegative: isNeverNegative)
    for way in ways(guess) {
      for direction in 0...1 {
        let reach = tails[2 * way.number + direction].deviation(ofSurprise: edge / way.weight)
        guard let reach else { continue }
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
    guard value.isFinite else { return 0 }
    let guess = guess(at: time)
    known = nil
    var surprise = 0.0
    if let guess {
      surprise = judge(value, guess)
      closeBlocks(guess, at: time)
    }
    forecaster.observe(value, guess, at: time)
    if first == nil { first = time }
    if value < 0 { isNeverNegative = false }
    let trust = trust(at: time)
    let calm = stillness.observe(value)
    return max(
      effect.settle(surprise * trust, at: time), calmEffect.settle(calm * trust, at: time))
  }

  /// The largest surprise of all ways, whose memory keeps the deviations.
  private mutating func judge(_ value: Double, _ guess: Forecaster.Guess) -> Double {
    var largest = 0.0
    for way in ways(guess) {
      let deviation = (value - way.centre) / way.scale
      let number = 2 * way.number + (deviation > 0 ? 0 : 1)
      largest = max(largest, tails[number].surprise(of: abs(deviation)) * way.weight)
      tails[number].record(abs(deviation))
    }
    return largest
  }

  private mutating func guess(at time: Timestamp) -> Forecaster.Guess? {
    if let known, known.time == time { return known.guess }
    let guess = forecaster.guess(at: time)
    known = (time, guess)
    return guess
  }

  private func ways(_ guess: Forecaster.Guess) -> [Way] {
    var ways = [Way(number: 0, centre: guess.centre)]
    if !anchor.isNaN {
      ways.append(Way(number: 1, centre: anchor, weight: AnomalyTuning.rangeWeight))
    }
    if let drift = guess.drift {
      // The mean leaves its level by d when the datapoint does by d times the number of points.
      ways.append(Way(number: 2, centre: drift.centre, scale: drift.count))
    }
    return ways
  }

  /// How far surprises can be believed, with the history there is: a half to 1.
  private func trust(at time: Timestamp) -> Double {
    guard let first else { return 0.5 }
    let hours = time.seconds(since: first) / 3600
    return max(0.5, hours / (hours + AnomalyTuning.doubtHours))
  }

  private mutating func closeBlocks(_ guess: Forecaster.Guess, at time: Timestamp) {
    let number = time.floored(toMilliseconds: blockMilliseconds).milliseconds
    defer { block = number }
    guard let block, number > block else { return }
    forecaster.refresh()
    if !guess.day.isNaN {
      anchor = anchor.isNaN ? guess.day : anchor + Self.anchorRate * (guess.day - anchor)
    }
    for index in tails.indices { tails[index].closeBlock(noise: guess.noise) }
    stillness.closeBlock()
  }

  /// The anchor moves with a time constant of about two weeks.
  private static let anchorRate = 0.0015
}
