/// The constants of the anomaly detector, each with its reason.
///
/// Those that are judgement were chosen on made series of the kinds that AWS metrics are (the tests
/// have them) and held on seeds that played no part in the choice.
enum AnomalyTuning {
  /// A band needs so much of a series: AWS shows one after up to three hours.
  static let leastHistoryHours = 3.0
  /// Errors of forecasts are averaged over a day.
  static let errorHours = 24.0
  /// No series is trusted to be steadier than this share of its level.
  static let leastNoiseShare = 0.01
  /// How much of the last hour's offset is taken to go on: adaptation speed NORMAL.
  static let adaptation = 0.3
  /// The longest block whose largest deviation counts as one.
  static let blockHours = 8.0
  /// Two weeks of blocks of eight hours.
  static let blocks = 42
  /// The share of blocks that make up the tail.
  static let tailShare = 0.15
  /// The tail's shape (generalised Pareto), heavier than exponential: fitting it to each series
  /// scored no better.
  static let shape = 0.25
  /// A tail spreads at least this share of the noise.
  static let leastTailShare = 1.0
  /// A departure from the range of the past counts a little less than one from the forecast.
  static let rangeWeight = 0.8
  /// A calm counts less than an excursion as unlikely: seldom is anything broken.
  static let calmWeight = 0.5
  /// How a short history is doubted: for so many hours a surprise counts half, then ever more.
  static let doubtHours = 48.0
  /// How fast an event's after-effect fades: as odd again within hours is no news.
  static let afterEffectHours = 18.0
  /// The largest after-effect that lasts: whatever happened, so much odder is news again.
  static let afterEffectLimit = 3.0
  /// An excursion goes on until the series has been less odd for so long.
  static let excursionHours = 1.0
  /// No surprise counts more than this: where all was equal, what differs is infinitely odd.
  static let surpriseLimit = 1000.0
  /// How long an excursion stays news in the band, three periods at least, so that M of N datapoints
  /// can find it.
  static let newsMinutes = 15.0
  /// How odd a datapoint at the edge of a band of width 2 is: minus the logarithm (base 10) of the
  /// chance that a block of eight hours holds one like it.
  static let edgeSurprise = 0.6
}
