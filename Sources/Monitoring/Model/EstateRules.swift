/// The judgement of the estate in numbers; all times in milliseconds.
///
/// Where AWS gives a number it is in the catalog. What stands here is ours, with the reason.
enum EstateRules {
  /// Between two judgements: fine against one-minute metrics, coarse enough to judge weeks in seconds.
  static let cadence: Int64 = 10_000
  /// CloudWatch's standard period: a count of a minute is complete when the minute is over.
  static let minute: Int64 = 60_000
  /// Points of a series that are looked at: AWS's alarm on failed S3 operations asks for five.
  static let pointsKept = 5
  /// Two of the newest three points must be bad: one outlier moves nothing.
  static let pointsJudged = 3
  static let badPoints = 2

  /// Slack above the delay with which a series has been seen to arrive.
  static let arrivalSlack: Int64 = 30_000
  /// An arrival later than this is a backfill, not the series' habit.
  static let longestHabitualDelay: Int64 = 900_000
  /// A lag that grows by this part of the time that passes is one of a replication that stands still.
  static let standstillSlope = 0.8
  /// Samples further apart than this are no steady feed.
  static let longestStep: Int64 = 3_600_000
  /// How far apart the points of a feed are that has shown one: CloudWatch's basic monitoring.
  static let assumedStep: Int64 = 300_000
  /// Silence of a whole region that counts as blind at least: AWS's freshness warns at three minutes.
  static let blindAfter: Int64 = 300_000
  /// Unbound series per region that count for its data age: enough to tell silence from one lost source.
  static let witnessLimit = 64

  /// A region gets better only after this long without a worse judgement.
  static let recoveryQuiet: Int64 = 300_000
  /// Data must flow this long before a blind region is judged again.
  static let sightQuiet: Int64 = 120_000
  /// A link whose sample is missing this long, in a region that is seen and from a source that
  /// writes, has stopped: AWS's own alarm on replication latency waits for 15 points.
  static let brokenByAbsence: Int64 = 900_000
  /// A link without a sample is named after this long; before, it may only be starting.
  static let firstSampleGrace: Int64 = 600_000

  /// Detection ends after two quiet windows of five minutes.
  static let detectionQuiet: Int64 = 600_000
  /// A new arrangement is steady, or protected, when nothing is wrong for this long.
  static let steadyQuiet: Int64 = 300_000
  /// Users are served again when they have been for this long after the move.
  static let servedQuiet: Int64 = 300_000
  /// A stuck failover counts as settled when the old primary has served this long.
  static let stuckQuiet: Int64 = 1_800_000
  /// A failover without an objective that takes longer is stuck; with one, twice the objective.
  static let longestFailover: Int64 = 1_800_000
  /// A standby whose newest data is older cannot be called ready.
  static let freshEnough: Int64 = 180_000

  static let day: Int64 = 86_400_000
  /// Resolvers that keep an answer longer keep users in a region that was left.
  static let longestTimeToLive = 60.0
  /// A quota that is used so far leaves no room for another region's load: AWS's advice is to be told.
  static let quotaUse = 0.8
  /// The part of a day's lag, in thousandths, that has to keep the objective: the 99th percentile.
  static let keptLag = 990

  /// Weight of a minute in a series' normal level: an hour's memory follows the day's curve.
  static let baselineWeight = 1.0 / 60
  /// A minute below half the normal level hardly moves it, or a long outage would become normal.
  static let baselineWeightWhenLow = 1.0 / 600
  /// Counts a minute below which a share of normal says nothing: noise of small numbers.
  static let smallestBaseline = 20.0
  /// Below this part of the usual writes of the busiest region, a region does not write: the part at
  /// which the catalog calls writes collapsed.
  static let writingFraction = 0.05
  /// Fewer failed requests a minute say nothing: where hardly anybody asks, one is a high part.
  static let fewestErrors = 3.0
  /// Errors above this ratio are a loss of service, not a degradation.
  static let lossRatio = 0.5
  /// Traffic has moved when the new region has more than this share; users are served when this part
  /// of the normal requests is.
  static let movedShare = 0.9
  /// Requests move when another region, at twice its normal number, has this share.
  static let shiftingShare = 0.1
}
