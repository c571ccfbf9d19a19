import Documents
import Telemetry
import Testing

@testable import Monitoring

/// The format of alarm unit tests, its faults, and what a failure prints.
@Suite
struct AlarmTestFileTests {
  @Test(
    arguments: [
      ("5", [5.0]), ("5 20x3", [5, 20, 20, 20]), ("_", [nil]), ("1 _x2 2", [1, nil, nil, 2]),
      ("0+5x4", [0, 5, 10, 15]), ("9-1x3", [9, 8, 7]), ("-1-2x3", [-1, -3, -5]),
      ("1.5 -2e3 1e-2x2", [1.5, -2000, 0.01, 0.01]), ("1e2+1e1x2", [100, 110]), ("", []),
    ] as [(String, [Double?])])
  func `values are written in short`(text: String, values: [Double?]) throws {
    #expect(try AlarmTestValues.parse(Node(.string(text))) == values)
  }

  @Test(arguments: [
    "x3", "5x", "5x0", "5x-1", "1+2", "1+x3", "5y3", "_5", "5x3x2", "1x2000000", "stale", "1..2",
  ])
  func `values that mean nothing are a fault`(text: String) {
    #expect(throws: Fault.self) { try AlarmTestValues.parse(Node(.string("1 " + text))) }
  }

  @Test
  func `the example of the format runs`() throws {
    let results = try suite(
      tests: """
        [{"name": "a gap", "initialState": "OK", "evaluateFrom": "5m",
          "series": [{"metric": \(metric), "every": "60s", "unit": "Seconds", "delay": "0s",
                      "values": "5 20x3 _x2 0+5x4"}],
          "expect": [{"at": "5m", "alarm": "lag", "state": "ALARM", "suppressedBy": null},
                     {"at": "5m", "actions": [{"alarm": "lag", "state": "ALARM"}]},
                     {"at": "4m", "alarm": "lag", "state": "OK",
                      "reason": "Unchecked: Initial alarm creation"}]}]
        """
    ).run()
    #expect(results.map(\.name) == ["a gap"])
    #expect(results.flatMap(\.failures).flatMap(\.lines) == [])
  }

  @Test
  func `raw samples, counts and statistic sets are aggregated as the alarm says`() throws {
    let samples = """
      [{"at": "5s", "values": [1.5, 25], "counts": [9, 1]},
       {"at": "65s", "statistics": {"SampleCount": 10, "Sum": 55, "Minimum": 1, "Maximum": 10}},
       {"at": "70s", "value": 100}]
      """
    let results = try suite(
      tests: """
        [{"name": "samples", "series": [{"metric": \(metric), "samples": \(samples)}],
          "expect": [{"at": "1m", "alarm": "lag", "state": "OK", "reason":
            "Threshold Crossed: 1 datapoint [3.85 (01/01/26 00:00:00)] was not greater than the threshold (10.0)."},
            {"at": "2m", "alarm": "lag", "state": "ALARM", "reason":
            "Threshold Crossed: 1 datapoint [14.090909090909092 (01/01/26 00:01:00)] was greater than the threshold (10.0)."}]}]
        """
    ).run()
    #expect(results.flatMap(\.failures).flatMap(\.lines) == [])
  }

  @Test
  func `a start off the minute is evaluated one cadence later, and then every cadence`() throws {
    let results = try suite(
      tests: """
        [{"name": "48 seconds past", "start": "2026-01-01T00:00:48Z",
          "series": [{"metric": \(metric), "samples": [{"at": "2s", "value": 20}]}],
          "expect": [{"at": "59s", "alarm": "lag", "state": "INSUFFICIENT_DATA"},
                     {"at": "60s", "alarm": "lag", "state": "ALARM"},
                     {"at": "1m", "actions": [{"alarm": "lag", "state": "ALARM"}]},
                     {"at": "61s", "actions": []}]}]
        """
    ).run()
    #expect(results.flatMap(\.failures).flatMap(\.lines) == [])
  }

  @Test
  func `an alarm without lists of actions counts as having one, one with lists as they are`() throws
  {
    let alarms = """
      [\(alarm("none", "")), \(alarm("some", ", \"AlarmActions\": [\"arn:x\"]")),
       \(alarm("off", ", \"ActionsEnabled\": false"))]
      """
    let results = try suite(
      alarms: alarms,
      tests: """
        [{"name": "actions", "series": [{"metric": \(metric), "every": "1m", "values": "20 5"}],
          "expect": [{"at": "1m", "actions": [{"alarm": "some", "state": "ALARM"},
                                              {"alarm": "none", "state": "ALARM"}]},
                     {"at": "2m", "actions": [{"alarm": "none", "state": "OK"}]}]}]
        """
    ).run()
    #expect(results.flatMap(\.failures).flatMap(\.lines) == [])
  }

  @Test
  func `a state pins an alarm until its next entry, and may introduce it`() throws {
    let results = try suite(
      tests: """
        [{"name": "pins", "series": [{"metric": \(metric), "every": "1m", "values": "20x9"}],
          "states": [{"at": "2m", "alarm": "lag", "state": "OK"},
                     {"at": "4m", "alarm": "lag", "state": "INSUFFICIENT_DATA"},
                     {"at": "1m", "alarm": "child", "state": "ALARM"}],
          "expect": [{"at": "1m", "alarm": "lag", "state": "ALARM"},
                     {"at": "2m", "alarm": "lag", "state": "OK"},
                     {"at": "3m", "alarm": "lag", "state": "OK"},
                     {"at": "4m", "alarm": "lag", "state": "INSUFFICIENT_DATA"},
                     {"at": "4m", "alarm": "child", "state": "ALARM"}]}]
        """
    ).run()
    #expect(results.flatMap(\.failures).flatMap(\.lines) == [])
  }

  @Test
  func `the evaluation range of the file overrides the rule`() throws {
    let test = """
      [{"name": "range", "series": [{"metric": \(metric), "every": "1m", "values": "5"}],
        "expect": [{"at": "3m", "alarm": "lag", "state": "INSUFFICIENT_DATA"}]}]
      """
    #expect(try suite(range: 2, tests: test).run().allSatisfy(\.passed))
    #expect(try suite(tests: test).run().allSatisfy { !$0.passed })
  }

  @Test
  func `a failure explains the alarm and gives a line to paste`() throws {
    let results = try suite(
      tests: """
        [{"name": "wrong", "series": [{"metric": \(metric), "every": "1m", "values": "5 20"}],
          "expect": [
            {"at": "2m", "alarm": "lag", "state": "OK", "reason": "x", "suppressedBy": "Alarm"},
            {"at": "2m", "actions": []}]}]
        """
    ).run()
    let failures = results.flatMap(\.failures)
    #expect(failures.count == 2)
    #expect(
      failures[0].lines == [
        "test.json:4: at 2m (2026-01-01T00:02:00Z) lag: expected the state OK, found ALARM; "
          + "expected the reason 'x'; expected suppressedBy Alarm, found null",
        "  lag in eu-west-1 is ALARM, evaluated 2026-01-01T00:02:00Z",
        "    Average of AWS/RDS ReplicaLag {DBInstanceIdentifier=orders} > 10.0 for 1 of 1 periods of 1m"
          + ", missing data missing",
        "    2026-01-01T00:01:00Z to 00:02:00                   20.0  breaching  real, 1.0 samples",
        "    2026-01-01T00:00:00Z to 00:01:00                    5.0  good       not needed",
        "    2025-12-31T23:59:00Z to 00:00:00                     --  missing",
        "    2025-12-31T23:58:00Z to 23:59:00                     --  missing",
        "    2025-12-31T23:57:00Z to 23:58:00                     --  missing",
        "    2025-12-31T23:56:00Z to 23:57:00                     --  missing",
        "    range    6 slots for 1 evaluation periods",
        "    verdict  ALARM: 1 of the 1 newest real datapoints breach, 1 of 1 needed; how missing data "
          + "is treated plays no part",
        "    silence  silence is noticed 7m after the last datapoint: INSUFFICIENT_DATA",
        "    stored   Threshold Crossed: 1 datapoint [20.0 (01/01/26 00:01:00)] was greater than the "
          + "threshold (10.0).",
        "  what holds:  - {at: 2m, alarm: lag, state: ALARM, reason: \"Threshold Crossed: 1 datapoint "
          + "[20.0 (01/01/26 00:01:00)] was greater than the threshold (10.0).\", suppressedBy: null}",
      ])
    #expect(
      failures[1].lines == [
        "test.json:5: at 2m (2026-01-01T00:02:00Z): expected the actions [], found "
          + "[{alarm: lag, state: ALARM}]",
        "  what holds:  - {at: 2m, actions: [{alarm: lag, state: ALARM}]}",
      ])
  }

  @Test(arguments: [
    ("{}", "test.json:1: tests: missing the key tests"),
    ("{\"tests\": 3}", "test.json:1: tests: '3' is not a list"),
    ("{\"tests\": [], \"alarm\": []}", "test.json:1: alarm: 'alarm' is not one of the keys"),
    ("{\"tests\": [{}]}", "test.json:1: tests[0].name: missing the key name"),
    ("{\"tests\": [{\"name\": \"a\"}]}", "test.json:1: tests[0].expect: missing the key expect"),
    (
      "{\"tests\": [{\"name\": \"a\", \"expect\": [{\"at\": \"1m\", \"alarm\": \"b\", \"state\": \"OK\"}]}]}",
      "test.json:1: tests[0].expect[0].alarm: 'b' is not an alarm defined here or under states"
    ),
    (
      "{\"tests\": [{\"name\": \"a\", \"expect\": [{\"at\": \"soon\"}]}]}",
      "test.json:1: tests[0].expect[0].at: 'soon' is not a duration such as 90s, 15m or 1h30m"
    ),
    (
      "{\"tests\": [{\"name\": \"a\", \"expect\": [{\"at\": \"1m\"}]}]}",
      "test.json:1: tests[0].expect[0].alarm: missing the key alarm"
    ),
    (
      "{\"MetricAlarms\": [{\"AlarmName\": \"x\"}], \"tests\": []}",
      "test.json:1: MetricAlarms[0].Namespace: missing the key Namespace: Namespace must not be null "
        + "(alarm x is left out)"
    ),
    (
      "{\"CompositeAlarms\": [{\"AlarmName\": \"x\", \"AlarmRule\": \"()\"}], \"tests\": []}",
      "test.json:1: CompositeAlarms[0].AlarmRule: '()' is not accepted: Error in AlarmRule "
        + "[Unsupported token ')' at char 1] (alarm x is left out)"
    ),
  ])
  func `a malformed file is refused with its place`(text: String, says: String) {
    do throws(Fault) {
      _ = try AlarmTestSuite.parse(Node.json(Array(text.utf8), file: "test.json"))
      Issue.record("no fault")
    } catch {
      let text = error.description
      #expect(text == says || text.hasPrefix(says + " "))
    }
  }

  @Test
  func `alarm files are named relative to the test file`() throws {
    let node = try Node.json(Array("{\"alarms\": [\"a.json\", \"b/c.yaml\"], \"tests\": []}".utf8))
    #expect(try AlarmTestSuite.alarmFiles(in: node).map(\.excerpt) == ["a.json", "b/c.yaml"])
    let alarms = try Node.json(Array("[\(alarm("lag", ""))]".utf8))
    #expect(try AlarmTestSuite.parse(node, alarms: [alarms]).definitions.map(\.name) == ["lag"])
  }

  private let metric = """
    {"Namespace": "AWS/RDS", "MetricName": "ReplicaLag", "Region": "eu-west-1",
     "Dimensions": {"DBInstanceIdentifier": "orders"}}
    """.replacing("\n", with: "")

  private func alarm(_ name: String, _ more: String) -> String {
    """
    {"AlarmName": "\(name)", "Namespace": "AWS/RDS", "MetricName": "ReplicaLag", "Threshold": 10,
     "Dimensions": {"DBInstanceIdentifier": "orders"}, "Statistic": "Average", "Period": 60,
     "EvaluationPeriods": 1, "ComparisonOperator": "GreaterThanThreshold"\(more)}
    """.replacing("\n", with: "")
  }

  private func suite(
    alarms: String? = nil, range: Int? = nil, tests: String
  ) throws -> AlarmTestSuite {
    let alarms = alarms ?? "[\(alarm("lag", ""))]"
    let range = range.map { "\"evaluationRange\": \($0), " } ?? ""
    let text = "{\(range)\"MetricAlarms\": \(alarms),\n \"tests\": \(tests)}"
    return try AlarmTestSuite.parse(Node.json(Array(text.utf8), file: "test.json"))
  }
}
