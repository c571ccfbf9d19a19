import Telemetry

/// How often an alarm is evaluated, and up to where it then sees data.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
enum AlarmCadence: Int64, Hashable, Sendable, CaseIterable {
  /// Alarms with a period of 10, 20 or 30 seconds.
  case everyTenSeconds = 10_000
  case everyMinute = 60_000
  /// Alarms that look back more than a day; they see data up to the top of the hour.
  case hourly = 3_600_000

  init(periodSeconds: Int, evaluationPeriods: Int) {
    if periodSeconds < 60 {
      self = .everyTenSeconds
    } else {
      self = periodSeconds * evaluationPeriods > 86_400 ? .hourly : .everyMinute
    }
  }

  var milliseconds: Int64 { rawValue }

  /// Whether an evaluation happens at `time`, when one happens at `origin`.
  func isDue(at time: Timestamp, origin: Timestamp) -> Bool { (time - origin) % rawValue == 0 }

  /// The end of the newest slot of an evaluation at `time`: cut to ten seconds, minute or hour.
  func windowEnd(at time: Timestamp) -> Timestamp { time.floored(toMilliseconds: rawValue) }
}
