import Telemetry

/// What was odd lately: as odd again is no news.
///
/// An event raises what counts as odd to its own level, which fades within a day or so. An excursion
/// that goes on is one event however long it lasts; one that grows slowly is one once it has grown
/// far enough.
struct AfterEffect: Sendable {
  private let newsMilliseconds: Int64
  /// How surprising the last events were, fading.
  private var level = 0.0
  /// The same for the band, without what is still news.
  private var settled = 0.0
  /// How surprising the last event was: what goes on like it is none.
  private var peak = 0.0
  /// When the series was last as odd as the last event.
  private var excursion: Timestamp?
  private var newsSince: Timestamp?
  private var last: Timestamp?

  init(periodMilliseconds: Int64) {
    let news = Int64(AnomalyTuning.newsMinutes * 60_000)
    newsMilliseconds = max(news - periodMilliseconds, 2 * periodMilliseconds)
  }

  /// How much odder a datapoint must be to leave the band.
  func onBand(at time: Timestamp) -> Double { standing(settled, at: time) }

  /// Takes in how surprising a datapoint was, and returns what of it is news.
  mutating func settle(_ surprise: Double, at time: Timestamp) -> Double {
    let before = standing(level, at: time)
    let goesOn = goesOn(at: time)
    settled = standing(settled, at: time)
    last = time
    let isEvent = surprise - before >= AnomalyTuning.edgeSurprise
    if isEvent { peak = surprise }
    level = isEvent || goesOn ? max(before, min(surprise, peak)) : before
    if isEvent || goesOn && surprise >= before { excursion = time }
    if isEvent, newsSince == nil { newsSince = time }
    if newsSince.map({ time - $0 >= newsMilliseconds }) ?? true {
      newsSince = nil
      settled = level
    }
    return max(0, surprise - before)
  }

  /// What is left of `effect`, faded and, once the excursion is over, no more than the limit.
  private func standing(_ effect: Double, at time: Timestamp) -> Double {
    guard let last, effect > 0 else { return effect }
    let hours = time.seconds(since: last) / 3600
    let faded = effect * exponential(-hours / AnomalyTuning.afterEffectHours)
    return goesOn(at: time) ? faded : min(faded, AnomalyTuning.afterEffectLimit)
  }

  private func goesOn(at time: Timestamp) -> Bool {
    guard let excursion else { return false }
    return time.seconds(since: excursion) <= AnomalyTuning.excursionHours * 3600
  }
}
