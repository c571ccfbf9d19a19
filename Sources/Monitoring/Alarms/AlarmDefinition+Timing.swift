import Documents
import Telemetry

/// How an alarm starts to evaluate: WarmUpConfiguration.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html
package struct AlarmWarmUp: Hashable, Sendable {
  package var milliseconds: Int64
  /// Whether it lasts to its end even when data fills the evaluation window earlier.
  package var isFixed = false
}

extension AlarmDefinition {
  /// Warm-up, window and delay: when an alarm is evaluated, and over which slots.
  mutating func readTiming(_ node: Node, zones: TimeZones) throws(Fault) {
    if let field = node["EvaluationInterval"] {
      throw field.fault("allowed without EvaluationCriteria")
    }
    warmUp = try Self.warmUp(node["WarmUpConfiguration"])
    evaluationDelayMilliseconds = try node["EvaluationDelay"]?.durationMilliseconds() ?? 0
    if let field = node["EvaluationDelay"], evaluationDelayMilliseconds < 0 {
      throw field.fault("a duration such as 2m")
    }
    guard let window = node["EvaluationWindow"] else { return }
    try window.refuse(keysOutside: ["SlidingWindow", "WallClockWindow"])
    guard let clock = window["WallClockWindow"] else { return }
    if window["SlidingWindow"] != nil {
      throw window.fault("one of SlidingWindow and WallClockWindow")
    }
    wallClock = try Self.zone(clock, zones)
    guard WallClock.periods.contains(periodSeconds) else {
      throw try node.required("Period").fault(
        "a period of wall clock windows: 60, 300, 3600, 86400 or 604800")
    }
  }

  private static func warmUp(_ field: Node?) throws(Fault) -> AlarmWarmUp? {
    guard let field else { return nil }
    try field.refuse(
      keysOutside: ["WarmUpPeriodDurationInMinutes", "OnlyStartEvaluatingAfterWarmUpPeriodEnds"])
    let duration = try field.required("WarmUpPeriodDurationInMinutes")
    let minutes = try duration.integer()
    guard (1...2880).contains(minutes) else { throw duration.fault("1 to 2880 minutes") }
    return AlarmWarmUp(
      milliseconds: Int64(minutes) * 60_000,
      isFixed: try field["OnlyStartEvaluatingAfterWarmUpPeriodEnds"]?.boolean() ?? false)
  }

  private static func zone(_ clock: Node, _ zones: TimeZones) throws(Fault) -> TimeZoneTable {
    try clock.refuse(keysOutside: ["Timezone"])
    guard let field = clock["Timezone"] else { return .utc }
    let name = try field.string()
    guard (1...50).contains(name.count), let zone = zones.zone(named: name) else {
      throw field.fault("a time zone such as Europe/Berlin, +05:30 or UTC-08:00")
    }
    guard zone.lastOffsetSeconds % 300 == 0 else {
      throw field.fault("a time zone whose offset is a multiple of 5 minutes")
    }
    return zone
  }
}
