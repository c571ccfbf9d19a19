import Telemetry

/// Slots that begin when a clock on the wall shows a full minute, hour, day or week.
///
/// Days have 23 or 25 hours where clocks change; a zone half an hour off moves the hours with it.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation-window.html
struct WallClock {
  let zone: TimeZoneTable
  let periodSeconds: Int

  static let periods = [60, 300, 3600, 86_400, 604_800]

  /// The bounds of the complete slots before an instant, newest first: one more than there are slots.
  func bounds(before now: Timestamp, count: Int) -> [Timestamp] {
    if periodSeconds < 86_400 { return shortBounds(before: now, count: count) }
    let today = zone.civilTime(at: now)
    let step = periodSeconds / 86_400
    let first = today.daysSinceEpoch - (step == 7 ? today.weekday - 1 : 0)
    return (0...count).map { midnight(of: first - $0 * step) }
  }

  private func shortBounds(before now: Timestamp, count: Int) -> [Timestamp] {
    var bounds = [zone.floored(now, toSeconds: Int64(periodSeconds))]
    while bounds.count <= count {
      bounds.append(zone.floored(bounds[bounds.count - 1] - 1, toSeconds: Int64(periodSeconds)))
    }
    return bounds
  }

  private func midnight(of day: Int) -> Timestamp {
    zone.instant(CivilTime(Timestamp(seconds: Int64(day) * 86_400)))
  }
}
