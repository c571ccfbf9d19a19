/// The constants of the anomaly detector, each with its reason.
///
/// Those that are judgement were chosen on made series of the kinds that AWS metrics are (the tests
/// have them) and held on seeds that played no part in the choice.
struct AnomalyTuning: Hashable, Sendable {
  /// A band needs so much of a series: AWS shows one after up to three hours.
  var leastHistoryHours = 3.0
  /// Errors of forecasts are averaged over a day.
  var errorHours = 24.0
  /// No series is trusted to be steadier than this share of its level.
  var leastNoiseShare = 0.01
  /// Noise grows with the square root of the level, as counts do.
  var noisePower = 0.5
  /// How much of the last hour's offset is taken to go on: adaptation speed NORMAL.
  var adaptation = 0.3
  /// Drift is watched in the mean over this long.
  var smoothingMinutes = 30.0
  /// The longest block whose largest deviation counts as one.
  var blockHours = 8.0
  /// Two weeks of blocks of eight hours.
  var blocks = 42
  /// The share of blocks that make up the tail.
  var tailShare = 0.15
  /// The tail's shape before anything is known: somewhat heavier than exponential.
  var shape = 0.15
  /// How many observations that belief is worth.
  var shapeWeight = 40.0
  /// A tail spreads at least this share of the noise.
  var leastTailShare = 0.6
  /// A departure from the range of the past counts a little less than one from the forecast.
  var rangeWeight = 0.8
  /// How fast an alarm's after-effect fades: as odd again within hours is no news.
  var afterEffectHours = 18.0
  /// The largest after-effect on the band: whatever happened, so much odder is news again.
  var afterEffectLimit = 6.0
  /// How long an excursion stays news in the band, three periods at least, so that M of N datapoints
  /// can find it.
  var newsMinutes = 15.0
  /// How odd a datapoint at the edge of a band of width 2 is: minus the logarithm (base 10) of the
  /// chance that a block of eight hours holds one like it.
  var edgeSurprise = 0.45
}
