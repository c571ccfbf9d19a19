import Telemetry

/// Times at which the actions of some alarms are held: PutAlarmMuteRule.
///
/// Evaluation, states and history go on meanwhile. A window begins by the local clock and lasts in
/// real time, so one that clocks change in lasts as long as any other.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html
package struct AlarmMuteRule: Hashable, Sendable {
  package var name: String
  var schedule: Schedule
  var durationMilliseconds: Int64
  var zone: TimeZoneTable
  /// Names of metric and composite alarms.
  package var alarmNames: [String] = []
  /// Where the rule lives, by its ARN or a key `Region`; nil: everywhere.
  var region: String?
  /// No window begins before this instant.
  var start: Timestamp?
  /// No window reaches beyond this instant.
  var expiry: Timestamp?

  enum Schedule: Hashable, Sendable {
    case cron(CronSchedule)
    /// Once, when clocks first show a time.
    case once(CivilTime)
  }

  /// Whether the rule holds the actions of an alarm while it is active.
  func targets(_ alarm: String, region: String?) -> Bool {
    alarmNames.contains(alarm) && (self.region == nil || region == nil || self.region == region)
  }

  /// The end of the window that an instant lies in; nil outside of windows.
  ///
  /// Where windows overlap, it is the end of the one that began last.
  func windowEnd(at instant: Timestamp) -> Timestamp? {
    if let expiry, instant >= expiry { return nil }
    let earliest = max(instant - durationMilliseconds + 1, start ?? .distantPast)
    guard let begin = lastStart(through: instant, notBefore: earliest) else { return nil }
    let end = begin + durationMilliseconds
    return min(end, expiry ?? end)
  }

  private func lastStart(
    through instant: Timestamp, notBefore earliest: Timestamp
  ) -> Timestamp? {
    switch schedule {
    case .cron(let cron): return cron.lastStart(through: instant, notBefore: earliest, zone: zone)
    case .once(let civil):
      let start = zone.instant(civil)
      return earliest <= start && start <= instant ? start : nil
    }
  }
}

extension [AlarmMuteRule] {
  /// When the last of the rules that hold back some actions now lets go; nil: none does.
  func windowEnd(of rules: [Int], at instant: Timestamp) -> Timestamp? {
    rules.compactMap { self[$0].windowEnd(at: instant) }.max()
  }
}
