import Documents
import Telemetry

extension AlarmMuteRule {
  /// A window lasts a minute to fifteen days.
  private static let durations: ClosedRange<Int64> = 60_000...(15 * 86_400_000)
  private static let targetLimit = 100

  /// Reads a rule with the keys of PutAlarmMuteRule.
  init(_ node: Node, zones: TimeZones) throws(Fault) {
    _ = try node.mapping()
    let name = try node.limited("Name", 1...255, absent: "Name must not be null")
    let schedule = try node.required("Rule").required("Schedule")
    self.init(
      name: name, schedule: try Self.schedule(schedule.required("Expression")),
      durationMilliseconds: try Self.duration(schedule.required("Duration")),
      zone: try Self.zone(schedule["Timezone"], zones))
    alarmNames = try Self.targets(node["MuteTargets"])
    start = try node["StartDate"]?.time()
    expiry = try node["ExpireDate"]?.time()
    region = try Self.region(node["AlarmMuteRuleArn"])
    if let given = try node["Region"]?.string() { region = given }
  }

  /// `cron(0 2 * * SUN)`, the same without `cron()`, or `at(2026-05-10T14:00)`.
  private static func schedule(_ field: Node) throws(Fault) -> Schedule {
    let text = try field.string()
    if let inner = text.inside("at("), let time = localTime(inner) { return .once(time) }
    if let cron = CronSchedule(text.inside("cron(") ?? text) { return .cron(cron) }
    throw field.fault(
      "a schedule such as cron(0 2 * * SUN) (minute, hour, day, month, weekday) or "
        + "at(2026-05-10T14:00)")
  }

  /// `2026-05-10T14:00`.
  private static func localTime(_ text: String) -> CivilTime? {
    guard text.utf8.count == 16, let time = Timestamp(text: text + ":00Z") else { return nil }
    return CivilTime(time)
  }

  private static func duration(_ field: Node) throws(Fault) -> Int64 {
    guard let length = ISODuration.milliseconds(try field.string()), durations.contains(length)
    else { throw field.fault("a duration of PT1M to P15D, such as PT4H or P2DT12H") }
    return length
  }

  private static func zone(_ field: Node?, _ zones: TimeZones) throws(Fault) -> TimeZoneTable {
    guard let field else { return .utc }
    guard let zone = zones.zone(named: try field.string()) else {
      throw field.fault("a time zone such as Europe/Berlin")
    }
    return zone
  }

  private static func targets(_ field: Node?) throws(Fault) -> [String] {
    guard let list = field?["AlarmNames"] else { return [] }
    var names: [String] = []
    for name in try list.list() { names.append(try name.string()) }
    if names.count > targetLimit { throw list.fault("a list of at most \(targetLimit) alarms") }
    return names
  }

  private static func region(_ arn: Node?) throws(Fault) -> String? {
    guard let arn else { return nil }
    let parts = try arn.string().split(separator: ":", omittingEmptySubsequences: false)
    return parts.count >= 7 && !parts[3].isEmpty ? String(parts[3]) : nil
  }

  /// The keys of PutAlarmMuteRule and GetAlarmMuteRule, and our `Region`.
  static let knownKeys: Set<String> = [
    "Name", "AlarmMuteRuleArn", "Description", "Rule", "MuteTargets", "Tags", "StartDate",
    "ExpireDate", "Status", "LastUpdatedTimestamp", "MuteType", "Region",
  ]
}

/// Durations of ISO 8601 in weeks, days, hours, minutes and seconds: `PT4H`, `P2DT12H`.
enum ISODuration {
  static func milliseconds(_ text: String) -> Int64? {
    guard text.first == "P", text.count > 2, text.last != "T" else { return nil }
    let halves = text.dropFirst().split(separator: "T", omittingEmptySubsequences: false)
    guard halves.count <= 2, let days = sum(halves[0], ["W": 604_800, "D": 86_400]),
      let rest = sum(halves.count == 2 ? halves[1] : "", ["H": 3600, "M": 60, "S": 1])
    else { return nil }
    return (days + rest) * 1000
  }

  private static func sum(_ text: Substring, _ units: [Character: Int64]) -> Int64? {
    var total: Int64 = 0
    var digits = ""
    for character in text {
      if character.isASCII, character.isNumber, digits.count < 9 {
        digits.append(character)
      } else {
        guard let unit = units[character], let count = Int64(digits) else { return nil }
        total += unit * count
        digits = ""
      }
    }
    return digits.isEmpty ? total : nil
  }
}

extension String {
  /// What stands between `opening` and a closing bracket at the end.
  fileprivate func inside(_ opening: String) -> String? {
    guard hasPrefix(opening), hasSuffix(")") else { return nil }
    return String(dropFirst(opening.count).dropLast())
  }
}
