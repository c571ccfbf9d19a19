import Documents
import Telemetry
import Testing

@testable import Monitoring

/// Alarms on metric math: specification, sections 1.1, 1.2, 2.7 and 2.8.
@Suite
struct MathAlarmTests {
  static let ratio = """
    {"AlarmName": "ratio", "EvaluationPeriods": 1, "Threshold": 2,
     "ComparisonOperator": "GreaterThanThreshold", "Metrics": [
      {"Id": "e1", "Expression": "a / b"},
      {"Id": "a", "ReturnData": false, "MetricStat": {"Period": 60, "Stat": "Sum",
        "Metric": {"Namespace": "Test", "MetricName": "a"}}},
      {"Id": "b", "ReturnData": false, "MetricStat": {"Period": 60, "Stat": "Sum",
        "Metric": {"Namespace": "Test", "MetricName": "b"}}}]}
    """

  static func parse(_ text: String) throws -> (definitions: [AlarmDefinition], faults: [Fault]) {
    AlarmDefinition.parse(try Node.json(Array(text.utf8), file: "alarms.json"))
  }

  static func metric(_ name: String, region: String = "eu-west-1") -> MetricID {
    MetricID(region: region, namespace: "Test", name: name)
  }

  @Test
  func `each region that has a metric of the expression has an alarm of its own`() throws {
    var engine = Engine.watching(
      try Self.parse("[\(Self.ratio)]").definitions,
      [
        minutes([9], of: Self.metric("a")), minutes([3], of: Self.metric("b")),
        minutes([1], of: Self.metric("a", region: "us-east-1")),
        minutes([1], of: Self.metric("b", region: "us-east-1")),
      ])
    _ = engine.advance(to: after(minutes: 1))
    #expect(engine.states == ["ratio eu-west-1 ALARM", "ratio us-east-1 OK"])
  }

  /// Section 2.8: no statistic and no sampleCount for an expression.
  @Test
  func `the reason data of an expression tell no statistic and no sample count`() throws {
    var engine = Engine.watching(
      try Self.parse("[\(Self.ratio)]").definitions,
      [minutes([9], of: Self.metric("a")), minutes([3], of: Self.metric("b"))])
    _ = engine.advance(to: after(minutes: 1))
    let alarm = try #require(engine.moment().alarms.first)
    #expect(
      alarm.stateReason
        == "Threshold Crossed: 1 datapoint [3.0 (01/01/26 00:00:00)] was greater than the threshold (2.0)."
    )
    #expect(
      alarm.stateReasonData
        == #"{"version":"1.0","queryDate":"2026-01-01T00:01:00.000+0000","startDate":"#
        + #""2026-01-01T00:00:00.000+0000","period":60,"recentDatapoints":[3.0],"threshold":2.0,"#
        + #""evaluatedDatapoints":[{"timestamp":"2026-01-01T00:00:00.000+0000","value":3.0}]}"#)
  }

  @Test
  func `step by step is the same as at once`() throws {
    let definitions = try Self.parse("[\(Self.ratio)]").definitions
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = Dice(seed: seed)
    let batches = ["a", "b"].map { name in
      minutes(
        (0..<60).map { _ in [nil, 0, 1, 3, 9].randomElement(using: &random) ?? nil },
        of: Self.metric(name))
    }
    var once = Engine.watching(definitions, batches)
    let atOnce = once.advance(to: after(minutes: 70))
    var stepped = Engine.watching(definitions, batches)
    let stepwise = (1...70).flatMap { stepped.advance(to: after(minutes: $0)) }
    #expect(atOnce == stepwise, "seed \(seed)")
    #expect(!atOnce.isEmpty, "seed \(seed)")
  }

  @Test(arguments: [
    (#""Statistic": "Sum", "Metrics""#, "Statistic should not be set if list of Metrics is set."),
    (#""Namespace": "x", "Metrics""#, "Namespace should not be set if list of Metrics is set."),
  ])
  func `what belongs to a plain alarm is refused beside Metrics`(
    _ row: (text: String, fault: String)
  ) throws {
    let text = Self.ratio.replacing(#""Metrics""#, with: row.text)
    let (definitions, faults) = try Self.parse("[\(text)]")
    #expect(definitions.isEmpty)
    #expect(faults.first?.description.contains(row.fault) == true)
  }

  @Test(arguments: [
    (
      "\"ReturnData\": false", "\"ReturnData\": true",
      "Exactly one element of the metrics list should return data."
    ),
    ("a / b", "a / c", "column 5: no query has the Id c"),
    ("a / b", "SEARCH('x', 'Sum', 60)", "column 1: SEARCH is not supported on Metric Alarms"),
    ("a / b", "METRICS()", "one time series, which is all an alarm can watch"),
    ("a / b", "LAST(ANOMALY_DETECTION_BAND(a))", "stands alone in an alarm"),
    (
      "\"Period\": 60, \"Stat\": \"Sum\",\n    \"Metric\": {\"Namespace\": \"Test\", \"MetricName\": \"b\"",
      "\"Period\": 120, \"Stat\": \"Sum\",\n    \"Metric\": {\"Namespace\": \"Test\", \"MetricName\": \"b\"",
      "'120' is not 60, the period of the first metric"
    ),
    (
      "\"EvaluationPeriods\": 1", "\"EvaluationPeriods\": 1441",
      "Metrics cannot be checked across more than a day"
    ),
  ])
  func `a list of metrics that cannot make an alarm is told`(
    _ row: (old: String, new: String, fault: String)
  ) throws {
    let text = Self.ratio.replacing(row.old, with: row.new)
    #expect(text != Self.ratio)
    let (definitions, faults) = try Self.parse("[\(text)]")
    #expect(definitions.isEmpty)
    #expect(
      faults.first?.description.contains(row.fault) == true, "\(faults.map(\.description))")
  }

  @Test(arguments: [
    ("p99", true), ("TM(10%:90%)", true), ("Average", false), ("p101", false),
  ])
  func `an extended statistic is one of the extended family`(_ row: (text: String, isValid: Bool))
    throws
  {
    let (definitions, faults) = try Self.parse(
      """
      [{"AlarmName": "a", "Namespace": "n", "MetricName": "m", "ExtendedStatistic": "\(row.text)",
        "Period": 60, "EvaluationPeriods": 1, "Threshold": 1,
        "ComparisonOperator": "GreaterThanThreshold", "EvaluateLowSampleCountPercentile": "ignore"}]
      """)
    #expect(definitions.map(\.statistic.rawValue) == (row.isValid ? [row.text] : []))
    #expect(faults.isEmpty == row.isValid)
  }
}

/// ANOMALY_DETECTION_BAND in a query.
@Suite
struct MathBandTests {
  /// A day's wave over two weeks, then one hour.
  static func value(_ minute: Int) -> Double { Double((minute % 1440) / 60) }

  @Test
  func `a band lies around what the days before did, and never looks ahead`() throws {
    let days = 10 * 1440
    var values: [Double?] = (0..<days + 60).map { Self.value($0) }
    values[days + 30] = 500
    func answer(_ batch: Batch) throws -> MetricDataAnswer {
      try MetricDataRequestTests.answer(
        """
        [\(MetricDataRequestTests.lag("m1", extra: #", "ReturnData": false"#)),
         {"Id": "b", "Expression": "ANOMALY_DETECTION_BAND(m1, 2)"}]
        """, [batch], from: after(minutes: days), to: after(minutes: days + 60))
    }
    let whole = try answer(minutes(values))
    #expect(whole.results.map(\.id) == ["b", "b"])
    #expect(whole.results.allSatisfy { $0.values.count == 60 })
    let (lower, upper) = (whole.results[0].values, whole.results[1].values)
    #expect(zip(lower, upper).allSatisfy { $0 <= $1 })
    #expect(upper.suffix(30).allSatisfy { $0 < 100 })
    let cut = try answer(minutes(Array(values[..<(days + 30)]) + Array(repeating: nil, count: 30)))
    #expect(Array(cut.results[1].values.suffix(30)) == Array(upper.suffix(30)))
  }
}
