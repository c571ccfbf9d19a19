extension EstateRules {
  /// Samples that a forecast looks back over: an hour at CloudWatch's standard period.
  static let forecastPoints: Int64 = 60
  /// An average over a minute, of something that changes in it, is no better than this part of itself.
  static let lagError = 0.05
  /// The rate of writes that a forecast must reckon with is the day's highest.
  static let forecastDay: Int64 = 86_400_000
  /// What "recent" is in AWS's rule of ten times the recent maximum.
  static let drainWindow: Int64 = 3_600_000
  /// A copy is made once a day where the topology names no schedule: the default of AWS Backup's plans.
  static let usualSchedule: Int64 = 86_400_000
  /// Parts of the schedule after which a copy is late, and overdue, where the catalog names none.
  static let copyLate = 1.25
  static let copyOverdue = 2.0
}
