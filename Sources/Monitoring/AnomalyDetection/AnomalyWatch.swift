import Telemetry

/// The detector of one band alarm, kept up to date with its series, and its latest forecasts.
///
/// It learns whole periods, aligned to the epoch, and only once newer data is there: late data would
/// be missed otherwise. A forecast is made before its period is learnt and never changed afterwards.
struct AnomalyWatch: Sendable {
  let setting: AnomalyBandSetting
  private let periodMilliseconds: Int64
  private let kept: Int
  private var detector: AnomalyDetector
  /// The forecasts for the newest periods, oldest first, without gaps.
  private var forecasts: [Forecast] = []
  private var firstPeriod: Int64 = 0
  /// The period that is learnt next; nil before the first data.
  private var next: Int64?

  private struct Forecast: Sendable {
    /// For the period itself.
    var own: AnomalyBand?
    /// For the period and its successor, as far as could be told before both.
    var pair: AnomalyBand?
  }

  init(_ definition: AlarmDefinition, setting: AnomalyBandSetting, evaluationRange: Int) {
    self.setting = setting
    periodMilliseconds = Int64(definition.periodSeconds) * 1000
    // One more, because slots are not aligned, and one because the newest may be ahead.
    kept = evaluationRange + 2
    detector = AnomalyDetector(periodSeconds: definition.periodSeconds, zone: setting.zone)
  }

  /// Where datapoints come from: a series, or an expression over some.
  struct Source {
    /// Of the newest and the oldest data there is.
    var newest: Timestamp
    var oldest: () -> Timestamp
    /// The datapoint of a period; NaN where it has none.
    var value: (_ start: Timestamp, _ end: Timestamp) -> Double
  }

  /// Learns the periods that are complete, and forecasts the one that has begun.
  mutating func advance(_ source: Source) {
    let last = period(of: source.newest)
    if next == nil {
      next = period(of: source.oldest())
      firstPeriod = next ?? last
    }
    while let period = next, period <= last {
      if firstPeriod + Int64(forecasts.count) == period { forecast(period) }
      if period == last { break }
      learn(period, source)
      next = period + 1
    }
  }

  /// The band of a slot: what could be told before it began.
  func band(from start: Timestamp) -> AnomalyBand? {
    let period = period(of: start)
    let place = period - firstPeriod
    guard place >= 0, place < forecasts.count else { return nil }
    let isAligned = self.start(of: period) == start
    return isAligned ? forecasts[Int(place)].own : forecasts[Int(place)].pair
  }

  private mutating func forecast(_ period: Int64) {
    let own = detector.forecast(at: start(of: period))?.band(width: setting.width)
    let after = detector.forecast(at: start(of: period + 1))?.band(width: setting.width)
    forecasts.append(Forecast(own: own, pair: own.map { $0.joined(after ?? $0) }))
    if forecasts.count > 2 * kept {
      forecasts.removeFirst(kept)
      firstPeriod += Int64(kept)
    }
  }

  private mutating func learn(_ period: Int64, _ source: Source) {
    let (start, end) = (self.start(of: period), self.start(of: period + 1))
    guard !setting.excludes(start, end) else { return }
    let value = source.value(start, end)
    if !value.isNaN { detector.observe(value, at: start) }
  }

  private func period(of time: Timestamp) -> Int64 {
    time.floored(toMilliseconds: periodMilliseconds).milliseconds / periodMilliseconds
  }

  private func start(of period: Int64) -> Timestamp {
    Timestamp(milliseconds: period * periodMilliseconds)
  }
}

extension AnomalyBand {
  /// The band that covers both.
  func joined(_ other: AnomalyBand) -> AnomalyBand {
    AnomalyBand(lower: min(lower, other.lower), upper: max(upper, other.upper))
  }
}
