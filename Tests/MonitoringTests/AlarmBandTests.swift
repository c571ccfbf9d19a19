import Documents
import Telemetry
import Testing

@testable import Monitoring

/// Alarms on an anomaly detection band: validation, state, reason text and reason data.
@Suite
struct AlarmBandTests {
  private static func json(_ changes: [String: String] = [:]) -> String {
    var fields = [
      "AlarmName": #""band""#, "EvaluationPeriods": "1", "ThresholdMetricId": #""ad1""#,
      "ComparisonOperator": #""LessThanLowerOrGreaterThanUpperThreshold""#,
      "Metrics": metrics("ANOMALY_DETECTION_BAND(m1, 2)"),
    ]
    for (key, value) in changes { fields[key] = value.isEmpty ? nil : value }
    return "{" + fields.map { "\"\($0)\": \($1)" }.sorted().joined(separator: ", ") + "}"
  }

  private static func metrics(_ expression: String, returned: Bool = true) -> String {
    """
    [{"Id": "m1", "MetricStat": {"Metric": {"Namespace": "AWS/RDS", "MetricName": "ReplicaLag",
      "Dimensions": [{"Name": "DBInstanceIdentifier", "Value": "orders"}]}, "Period": 300,
      "Stat": "Average"}},
     {"Id": "ad1", "Expression": "\(expression)", "ReturnData": \(returned)}]
    """
  }

  private func parse(
    _ changes: [String: String] = [:]
  ) throws -> (definitions: [AlarmDefinition], faults: [Fault]) {
    AlarmDefinition.parse(try Node.json(Array("[\(Self.json(changes))]".utf8), file: "a.json"))
  }

  /// Five-minute points around 20, with a spike of 80 at place 50.
  private func samples(_ count: Int, spike: Int = 50) -> Batch {
    var batch = Batch()
    batch.metrics = [lagMetric()]
    for index in 0..<count {
      let time = after(minutes: 5 * index)
      let value = index == spike ? 80 : 20 + Double(index * 7 % 5)
      batch.samples.append(
        Sample(metric: 0, time: time, arrival: time, statistics: StatisticSet(value)))
    }
    return batch
  }

  private func changes(
    _ alarm: AlarmDefinition, _ batch: Batch, steps: Int64 = 60_000_000
  ) -> [Transition] {
    var engine = Engine(alarms: [alarm])
    engine.ingest(batch)
    let end = (batch.samples.last?.time ?? newYear) + 600_000
    var time = newYear
    var changes: [Transition] = []
    while time < end {
      time = min(time + steps, end)
      changes += engine.advance(to: time)
    }
    return changes.filter { $0.kind == .alarm }
  }

  @Test
  func `a spike fires the alarm, which names both thresholds in its reason`() throws {
    let alarm = try #require(try parse().definitions.first)
    let changes = changes(alarm, samples(60))
    #expect(changes.map(\.to) == ["OK", "ALARM", "OK"])
    #expect(changes[1].time == after(minutes: 251))
    let reason = try #require(changes[1].reasons.first)
    #expect(
      reason.hasPrefix(
        "Thresholds Crossed: 1 datapoint [80.0 (01/01/26 04:06:00)] was less than the lower "
          + "thresholds ["))
    #expect(reason.contains("] or greater than the upper thresholds ["))
    let cleared = try #require(changes[2].reasons.first)
    #expect(cleared.contains("was not less than the lower thresholds ["))
    #expect(cleared.contains("] or not greater than the upper thresholds ["))
  }

  @Test
  func `the reason data has the thresholds of the side in use and no threshold`() throws {
    let alarm = try #require(
      try parse(["ComparisonOperator": #""GreaterThanUpperThreshold""#]).definitions.first)
    var engine = Engine(alarms: [alarm])
    engine.ingest(samples(60))
    _ = engine.advance(to: after(minutes: 252))
    let data = try #require(engine.alarms.readings(at: after(minutes: 252)).first?.stateReasonData)
    #expect(data.contains("\"recentDatapoints\":[80.0],\"recentUpperThresholds\":["))
    for absent in ["\"threshold\"", "recentLowerThresholds", "\"statistic\"", "sampleCount"] {
      #expect(!data.contains(absent))
    }
  }

  /// Two metrics, their sum, and its band.
  private static let banded = """
    [{"Id": "ad1", "Expression": "ANOMALY_DETECTION_BAND(e1, 2)"},
     {"Id": "e1", "Expression": "m1 * 0.5 + m2 * 0.5"},
     \(stat("m1")), \(stat("m2"))]
    """

  private static func stat(_ id: String, period: Int = 300) -> String {
    """
    {"Id": "\(id)", "ReturnData": false, "MetricStat": {"Metric": {"Namespace": "AWS/RDS",
      "MetricName": "ReplicaLag", "Dimensions": [{"Name": "DBInstanceIdentifier", "Value": "orders"}]},
      "Period": \(period), "Stat": "Average"}}
    """
  }

  @Test
  func `a band on an expression is that of a series with the same values`() throws {
    let plain = try #require(try parse().definitions.first)
    let computed = try #require(try parse(["Metrics": Self.banded]).definitions.first)
    let changes = changes(plain, samples(200, spike: 120))
    #expect(changes.contains { $0.to == "ALARM" })
    #expect(changes.map(\.to) == self.changes(computed, samples(200, spike: 120)).map(\.to))
    #expect(changes.map(\.time) == self.changes(computed, samples(200, spike: 120)).map(\.time))
    #expect(
      changes.map(\.reasons) == self.changes(computed, samples(200, spike: 120)).map(\.reasons))
  }

  @Test(arguments: [
    ("\"m1 * 0.5 + m2 * 0.5\"", "\"SUM(METRICS())\"", "an expression without METRICS"),
    ("\"m1 * 0.5 + m2 * 0.5\"", "\"[m1, m2]\"", "one time series: it is an array"),
    (stat("m2"), stat("m2", period: 60), "an alarm's metrics share one"),
    ("(e1, 2)", "(ad1, 2)", "the Id of an ANOMALY_DETECTION_BAND"),
  ])
  func `what no band can be about is refused`(old: String, new: String, says: String) throws {
    let written = Self.banded.replacing(old, with: new)
    #expect(written != Self.banded)
    let (definitions, faults) = try parse(["Metrics": written])
    #expect(definitions.isEmpty)
    #expect(faults.count == 1 && faults[0].description.contains(says), "\(faults)")
  }

  @Test
  func `before there is a band there is no datapoint to judge`() throws {
    let alarm = try #require(try parse().definitions.first)
    var engine = Engine(alarms: [alarm])
    engine.ingest(samples(30, spike: 20))
    #expect(engine.advance(to: after(minutes: 150)).isEmpty)
  }

  @Test
  func `stepwise is the same as at once, and later data change nothing`() throws {
    let alarm = try #require(try parse().definitions.first)
    let whole = changes(alarm, samples(200, spike: 120))
    #expect(whole == changes(alarm, samples(200, spike: 120), steps: 60_000))
    let part = changes(alarm, samples(130, spike: 120))
    #expect(Array(whole.prefix(part.count)) == part)
  }

  @Test
  func `an excluded range is not learnt from`() throws {
    let shift =
      #"{"ExcludedTimeRanges": [{"StartTime": "2026-01-01T05:00:00Z", "EndTime": "2026-01-01T09:00:00Z"}]}"#
    var batch = samples(150, spike: -1)
    for index in 60..<108 { batch.samples[index].statistics = StatisticSet(200) }
    batch.samples[120].statistics = StatisticSet(150)
    let learnt = changes(try #require(try parse().definitions.first), batch)
    let excluding = try #require(
      try parse(["AnomalyDetectorConfiguration": shift]).definitions.first)
    let kept = changes(excluding, batch)
    let fires = { (changes: [Transition]) in
      changes.contains { $0.to == "ALARM" && $0.time >= after(minutes: 600) }
    }
    #expect(!fires(learnt))
    #expect(fires(kept))
  }

  @Test
  func `what is excluded is every period that it touches, up to its end`() {
    var setting = AnomalyBandSetting(width: 2)
    setting.excluded = [after(minutes: 7)...after(minutes: 12)]
    let excluded = (0..<5).filter {
      setting.excludes(after(minutes: 5 * $0), after(minutes: 5 * $0 + 5))
    }
    #expect(excluded == [1, 2])
  }

  @Test(arguments: [
    ("Threshold", "5", "should not be set if list of Metrics is set"),
    ("ThresholdMetricId", #""m2""#, "the Id of one of Metrics"),
    ("ThresholdMetricId", #""m1""#, "the Id of an ANOMALY_DETECTION_BAND"),
    ("ComparisonOperator", #""GreaterThanThreshold""#, "one of LessThanLowerOrGreater"),
    (
      "AnomalyDetectorConfiguration", #"{"MetricTimezone": "Mars/Olympus"}"#,
      "a time zone such as Europe/Berlin"
    ),
    (
      "Metrics", metrics("ANOMALY_DETECTION_BAND(m1, 2)", returned: false),
      "Exactly two elements of the metrics list should return data."
    ),
    (
      "AlarmActions", #"["arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:a"]"#,
      "an action of band alarms, which cannot act on Auto Scaling"
    ),
    ("Metrics", metrics("ANOMALY_DETECTION_BAND(m1, -2)"), "ANOMALY_DETECTION_BAND(metric, width)"),
  ])
  func `what is no band alarm is left out with a reason`(
    key: String, value: String, says: String
  ) throws {
    let (definitions, faults) = try parse([key: value])
    #expect(definitions.isEmpty)
    #expect(faults.count == 1 && faults[0].description.contains(says), "\(faults)")
  }

  @Test
  func `explain shows the band each datapoint was judged by`() throws {
    let alarm = try #require(try parse().definitions.first)
    var engine = Engine(alarms: [alarm])
    engine.ingest(samples(60))
    let time = after(minutes: 252)
    _ = engine.advance(to: time)
    let explanation = try #require(
      engine.alarms.explain("band", region: "eu-west-1", at: time, store: engine.store))
    let judged = try #require(explanation.slots.first { $0.use == .evaluated })
    #expect(judged.side == .breaching)
    #expect(try #require(judged.band).upper < 80)
  }
}
