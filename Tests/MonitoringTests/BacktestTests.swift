import Documents
import Telemetry
import Testing

@testable import Monitoring

@Suite
struct BacktestTests {
  private static let start = Timestamp(seconds: 1_767_225_600)
  private static let metric = MetricID(
    region: "eu-west-1", namespace: "AWS/RDS", name: "ReplicaLag",
    dimensions: [Dimension(name: "DBInstanceIdentifier", value: "orders")], unit: "Seconds")

  private func batch(_ values: [Double], metric: MetricID = metric, every: Int64 = 60) -> Batch {
    var batch = Batch()
    batch.metrics = [metric]
    for (index, value) in values.enumerated() {
      let time = Self.start + Int64(index) * every * 1000
      batch.samples.append(
        Sample(metric: 0, time: time, arrival: time, statistics: StatisticSet(value)))
    }
    return batch
  }

  private static let alarm = AlarmDefinition(
    name: "lag", namespace: "AWS/RDS", metricName: "ReplicaLag", dimensions: metric.dimensions,
    evaluationPeriods: 5, datapointsToAlarm: 3, threshold: 10)

  private func run(
    _ alarms: [AlarmDefinition], _ batch: Batch, varying variations: [String] = [],
    labels: LabelledWindows? = nil
  ) throws -> BacktestResult {
    let backtest = Backtest(
      alarms: alarms, variations: try variations.map { try AlarmVariation($0) },
      metrics: batch.metrics, names: ["folder/lag.csv"])
    let last = batch.samples.map(\.arrival).max() ?? Self.start
    return backtest.run([batch], from: Self.start, to: last + 60_000, labels: labels)
  }

  @Test(arguments: [
    ("DatapointsToAlarm=1..3", ["1", "2", "3"]), ("Threshold=10..50:20", ["10", "30", "50"]),
    ("Threshold=0.1..0.3:0.1", ["0.1", "0.2", "0.3"]), ("Threshold=5,1..2", ["5", "1", "2"]),
    ("TreatMissingData=breaching,ignore", ["breaching", "ignore"]),
  ])
  func `a variation lists its values`(text: String, values: [String]) throws {
    #expect(try AlarmVariation(text).values == values)
  }

  @Test
  func `an alarm on an expression reads its metrics, and a composite alarm is left out`() throws {
    let text = #"""
      {"MetricAlarms": [{"AlarmName": "twice", "EvaluationPeriods": 1, "Threshold": 10,
        "ComparisonOperator": "GreaterThanThreshold", "Metrics": [
          {"Id": "e1", "Expression": "m1 * 2"},
          {"Id": "m1", "ReturnData": false, "MetricStat": {"Period": 60, "Stat": "Average",
            "Metric": {"Namespace": "AWS/RDS", "MetricName": "ReplicaLag",
              "Dimensions": [{"Name": "DBInstanceIdentifier", "Value": "orders"}]}}}]}],
       "CompositeAlarms": [{"AlarmName": "both", "AlarmRule": "ALARM(twice)"}]}
      """#
    let alarms = AlarmDefinition.parse(try Node.json(Array(text.utf8), file: "a.json")).definitions
    let batch = batch([1, 9, 1])
    let backtest = Backtest(alarms: alarms, metrics: batch.metrics, names: [])
    #expect(
      backtest.notes == ["alarm both: composite alarms are left out, only metrics are tested"])
    let result = backtest.run([batch], from: Self.start, to: Self.start + 240_000)
    #expect(result.outcomes.map { $0.instances.flatMap(\.firings).count } == [1])
  }

  @Test(arguments: ["Threshold", "Threshold=", "Threshold=3..1", "Threshold=1..2:0", "Colour=1"])
  func `what is no variation is a fault that names it`(text: String) {
    let fault = #expect(throws: Fault.self) { try AlarmVariation(text) }
    #expect(fault?.value == text)
  }

  @Test
  func `variants together do what each does alone`() throws {
    let values: [Double] = (0..<400).map { (index: Int) -> Double in
      let mixed = index * 37 + index / 11 * 13
      return Double(mixed % 23)
    }
    let together = try run(
      [Self.alarm], batch(values), varying: ["DatapointsToAlarm=1..5", "Threshold=5,10,15"])
    #expect(together.outcomes.count == 15)
    for outcome in together.outcomes {
      let alone = try Self.alarm.with(outcome.variant.choices)
      var engine = Engine(alarms: [alone])
      engine.ingest(batch(values))
      let changes = engine.advance(to: together.end).filter { $0.kind == .alarm }
      let starts = changes.filter { $0.to == "ALARM" }.map(\.time)
      #expect(outcome.instances[0].firings.map(\.start) == starts)
    }
  }

  @Test
  func `a variant CloudWatch refuses is left out and named`() throws {
    let backtest = Backtest(
      alarms: [Self.alarm], variations: [try AlarmVariation("DatapointsToAlarm=5,6")],
      metrics: [Self.metric], names: [])
    #expect(backtest.variants.count == 1)
    #expect(
      backtest.notes == [
        "alarm lag: --vary: DatapointsToAlarm: '6' is not at most EvaluationPeriods, which is 5"
      ])
  }

  @Test
  func `firings, flaps and time in ALARM are counted, and windows tell false from true`()
    throws
  {
    var values = [Double](repeating: 1, count: 120)
    for index in [20, 21, 22, 26, 27, 80] { values[index] = 50 }
    var alarm = Self.alarm
    (alarm.evaluationPeriods, alarm.datapointsToAlarm) = (1, nil)
    let labels = try LabelledWindows(
      Node.json(Array(#"{"x/lag.csv": [["2026-01-01 00:18:00", "2026-01-01 00:30:00"]]}"#.utf8)))
    let result = try run([alarm], batch(values), labels: labels)
    let outcome = result.outcomes[0]
    let minutes = outcome.instances[0].firings.map { ($0.start - Self.start) / 60_000 }
    #expect(minutes == [21, 27, 81])
    #expect(outcome.alarmMilliseconds == 6 * 60_000)
    #expect(outcome.flaps == 1)
    #expect(outcome.falseAlarms == 1)
    #expect(outcome.meanMillisecondsToDetect == 180_000)
    #expect(outcome.firingScore?.windowsDetected == 1)
    #expect(outcome.firingScore?.falseDetections == 1)
  }

  @Test
  func `a table without a namespace is read by an alarm that reads nothing else`() throws {
    let nameless = MetricID(region: "", namespace: "", name: "cpu")
    var values = [Double](repeating: 1, count: 100)
    values[50] = 99
    let result = try run(
      [Self.alarm], batch(values, metric: nameless), varying: ["DatapointsToAlarm=1"])
    #expect(result.outcomes[0].firings == 1)
  }

  @Test
  func `labels are found by the name of the file or of the series`() throws {
    let text = #"{"a/cpu.csv": [[0, 60]], "b/disk.csv.gz": []}"#
    let labels = try LabelledWindows(Node.json(Array(text.utf8)))
    #expect(labels.windows(of: ["/tmp/cpu.csv"], isOnly: true)?.count == 1)
    #expect(labels.windows(of: ["disk"], isOnly: false)?.count == 0)
    #expect(labels.windows(of: ["network"], isOnly: true) == nil)
  }
}
