import Foundation
import Testing

/// `meridian backtest` on files, as a user has them.
@Suite
struct BacktestCommandTests {
  private static let alarm = """
    {"MetricAlarms": [{"AlarmName": "cpu", "Namespace": "AWS/EC2", "MetricName": "CPUUtilization",
    "Period": 300, "EvaluationPeriods": 1, "Statistic": "Average", "Threshold": 50,
    "ComparisonOperator": "GreaterThanThreshold"}]}
    """

  /// A day of five-minute points at 10, with one of 90 at 12:00.
  private static let series =
    "timestamp,value\n"
    + (0..<288).map { index in
      let (hour, minute) = (index / 12, index % 12 * 5)
      return String(format: "2026-01-01 %02d:%02d:00,%d\n", hour, minute, index == 144 ? 90 : 10)
    }.joined()

  private static let labels =
    #"{"x/cpu.csv": [["2026-01-01 11:00:00.000000", "2026-01-01 13:00:00.000000"]]}"#

  private func run(_ arguments: String...) throws -> CheckProgram.Result {
    let program = try CheckProgram([
      "cpu.csv": Self.series, "alarm.json": Self.alarm, "labels.json": Self.labels,
    ])
    return try program.run(
      ["backtest", "cpu.csv", "--alarms", "alarm.json", "--labels", "labels.json"] + arguments)
  }

  @Test
  func `JSON tells each firing, the time to detect and the Numenta score`() throws {
    let result = try run("--format", "json")
    #expect(result.status == 0)
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let report = try #require(object as? [String: Any])
    let alarm = try #require((report["alarms"] as? [[String: Any]])?.first)
    #expect(alarm["firings"] as? Int == 1)
    #expect(alarm["falseAlarms"] as? Int == 0)
    #expect(alarm["meanSecondsToDetect"] as? Double == 3660)
    let score = try #require((alarm["nab"] as? [String: Any])?["score"] as? Double)
    #expect(score > 90 && score < 95)
    let series = try #require((alarm["series"] as? [[String: Any]])?.first)
    let firing = try #require((series["firings"] as? [[String: Any]])?.first)
    #expect(firing["start"] as? String == "2026-01-01T12:01:00Z")
    #expect(firing["falseAlarm"] as? Bool == false)
  }

  @Test
  func `CSV has a row for each variant`() throws {
    let result = try run("--vary", "Threshold=50,95", "--format", "csv")
    let rows = result.output.split(separator: "\n")
    #expect(rows.count == 3)
    #expect(rows[1].hasPrefix("cpu,Threshold=50,1,1,"))
    #expect(rows[2].hasPrefix("cpu,Threshold=95,1,0,0,0,1,0,"))
  }

  @Test
  func `the table shows the series, the labels and the alarm`() throws {
    let result = try run()
    #expect(result.output.contains("labels"))
    #expect(result.output.contains("█"))
    #expect(result.output.contains("1 of 1"))
    #expect(result.errors.contains("taken to be about cpu, which names no namespace"))
  }

  @Test
  func `a variation nobody knows is a usage error`() throws {
    let result = try run("--vary", "Colour=1")
    #expect(result.status == 64)
    #expect(result.errors.contains("'Colour=1' is not a field and its values"))
  }
}
