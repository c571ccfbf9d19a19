import Documents
import Telemetry
import Testing

@testable import Monitoring

/// The schedules of mute rules; the examples are those of the page.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html
@Suite
struct MuteRuleTests {
  private func window(
    _ expression: String, _ duration: String, at text: String, _ more: String = ""
  ) throws -> String {
    let json = """
      {"Name": "m", "Rule": {"Schedule": {"Expression": "\(expression)", "Duration": "\(duration)"\(more)}},
       "MuteTargets": {"AlarmNames": ["a"]}}
      """
    let rule = try AlarmMuteRule(try Node.json(Array(json.utf8)), zones: TimeZones())
    return rule.windowEnd(at: Timestamp(text: text)!)?.description ?? "none"
  }

  @Test(arguments: [
    // Sunday from 2:00 to 6:00.
    ("cron(0 2 * * SUN)", "PT4H", "2026-01-04T01:59:59Z", "none"),
    ("cron(0 2 * * SUN)", "PT4H", "2026-01-04T02:00:00Z", "2026-01-04T06:00:00Z"),
    ("0 2 * * SUN", "PT4H", "2026-01-04T05:59:59Z", "2026-01-04T06:00:00Z"),
    ("0 2 * * SUN", "PT4H", "2026-01-04T06:00:00Z", "none"),
    ("0 2 * * 7", "PT4H", "2026-01-04T03:00:00Z", "2026-01-04T06:00:00Z"),
    ("0 2 * * 0", "PT4H", "2026-01-05T03:00:00Z", "none"),
    ("0 1 1 * *", "PT6H", "2026-02-01T06:59:00Z", "2026-02-01T07:00:00Z"),
    // Friday evening to Monday morning.
    ("0 18 * * FRI", "P2DT12H", "2026-01-05T05:59:00Z", "2026-01-05T06:00:00Z"),
    ("0 18 * * FRI", "P2DT12H", "2026-01-05T06:00:00Z", "none"),
    // Past midnight.
    ("0 23 * * *", "PT2H", "2026-01-02T00:30:00Z", "2026-01-02T01:00:00Z"),
    ("at(2024-05-10T14:00)", "PT4H", "2024-05-10T17:59:00Z", "2024-05-10T18:00:00Z"),
    ("at(2024-05-10T14:00)", "PT4H", "2025-05-10T15:00:00Z", "none"),
    // The fourth Sunday.
    ("cron(0 9 * * SUN#4)", "PT1H", "2026-01-25T09:30:00Z", "2026-01-25T10:00:00Z"),
    ("cron(0 9 * * SUN#4)", "PT1H", "2026-01-18T09:30:00Z", "none"),
    // The last day of the month, and its last Friday.
    ("cron(0 9 L * ?)", "PT1H", "2026-02-28T09:30:00Z", "2026-02-28T10:00:00Z"),
    ("cron(0 9 L * ?)", "PT1H", "2026-02-27T09:30:00Z", "none"),
    ("cron(0 9 ? * FRIL)", "PT1H", "2026-01-30T09:00:00Z", "2026-01-30T10:00:00Z"),
    ("cron(0 9 ? * FRIL)", "PT1H", "2026-01-23T09:00:00Z", "none"),
    ("cron(*/15 8-9 * JAN,MAR MON-FRI)", "PT5M", "2026-03-02T09:49:00Z", "2026-03-02T09:50:00Z"),
    ("cron(*/15 8-9 * JAN,MAR MON-FRI)", "PT5M", "2026-02-02T09:49:00Z", "none"),
    ("cron(10/20 * * * *)", "PT1M", "2026-03-02T09:50:30Z", "2026-03-02T09:51:00Z"),
    // Both days restricted: either is enough, as in cron.
    ("cron(0 9 13 * FRI)", "PT1H", "2026-01-13T09:10:00Z", "2026-01-13T10:00:00Z"),
    ("cron(0 9 13 * FRI)", "PT1H", "2026-01-16T09:10:00Z", "2026-01-16T10:00:00Z"),
  ])
  func `a window begins when its schedule says and lasts its duration`(
    expression: String, duration: String, at instant: String, end: String
  ) throws {
    #expect(try window(expression, duration, at: instant) == end)
  }

  @Test
  func `a window begins by the local clock and lasts in real time`() throws {
    let zone = #", "Timezone": "+05:30""#
    #expect(
      try window("0 2 * * *", "PT1H", at: "2025-12-31T20:30:00Z", zone) == "2025-12-31T21:30:00Z")
  }

  @Test
  func `what a rule does not accept is said`() {
    let faults: [(String, String, String)] = [
      ("cron(0 2 * *)", "PT1H", "'cron(0 2 * *)' is not a schedule"),
      ("cron(60 2 * * *)", "PT1H", "is not a schedule"),
      ("cron(0 2 * * SUN#6)", "PT1H", "is not a schedule"),
      ("cron(0 2 * * 5-2)", "PT1H", "is not a schedule"),
      ("rate(5 minutes)", "PT1H", "is not a schedule"),
      ("at(2026-13-01T00:00)", "PT1H", "is not a schedule"),
      ("* * * * *", "PT30S", "'PT30S' is not a duration of PT1M to P15D"),
      ("* * * * *", "P16D", "is not a duration"), ("* * * * *", "1h", "is not a duration"),
      ("* * * * *", "PT", "is not a duration"), ("* * * * *", "P1DT", "is not a duration"),
    ]
    for (expression, duration, says) in faults {
      do {
        let end = try window(expression, duration, at: "2026-01-01T00:00:00Z")
        Issue.record("\(expression) \(duration) was accepted: \(end)")
      } catch {
        #expect("\(error)".contains(says))
      }
    }
  }

  @Test
  func `no window begins before the start date, and none reaches beyond the expiry`() throws {
    let json = """
      {"Name": "m", "Rule": {"Schedule": {"Expression": "0 * * * *", "Duration": "PT30M"}},
       "StartDate": "2026-01-01T10:10:00Z", "ExpireDate": "2026-01-01T12:15:00Z",
       "MuteTargets": {"AlarmNames": ["a"]}}
      """
    let rule = try AlarmMuteRule(try Node.json(Array(json.utf8)), zones: TimeZones())
    let ends = ["10:05", "10:20", "11:05", "12:05", "12:15", "13:05"].map {
      rule.windowEnd(at: Timestamp(text: "2026-01-01T\($0):00Z")!)?.clockText ?? "none"
    }
    #expect(ends == ["none", "none", "11:30:00", "12:15:00", "none", "none"])
  }
}
