import Telemetry
import Testing

@testable import WireFormats

@Suite
struct WritingTests {
  /// Two metrics, one of single samples with an awkward name, one of statistic sets.
  var batch: Batch {
    var batch = Batch()
    batch.metrics = [
      MetricID(
        region: "eu-west-1", account: "111122223333", namespace: "AWS/RDS", name: "ReplicaLag",
        dimensions: [Dimension(name: "DBInstanceIdentifier", value: "a,b;c=\"d\" 50%2C")],
        unit: "Seconds"),
      MetricID(region: "us-east-1", namespace: "Shop", name: "Latency", unit: "Milliseconds"),
    ]
    for minute in 0..<3 {
      let time = Timestamp(seconds: Int64(minute) * 60)
      batch.samples.append(
        Sample(
          metric: 0, time: time, arrival: time, statistics: StatisticSet(Double(minute) + 0.5)))
      batch.samples.append(
        Sample(
          metric: 1, merging: .replaces, time: time, arrival: time,
          statistics: StatisticSet(count: 4, sum: 10, minimum: 1, maximum: 4.5)))
    }
    return batch
  }

  /// Region, account, namespace, name, dimensions, time and statistics of all samples, sorted.
  func listing(_ batch: Batch, withUnit: Bool) -> [String] {
    batch.samples.map { sample in
      let metric = batch.metrics[Int(sample.metric)]
      return "\(metric) \(metric.account) \(withUnit ? metric.unit ?? "" : "") \(sample.time) "
        + "\(sample.statistics)"
    }.sorted()
  }

  func read(_ bytes: [UInt8], as name: String) -> Batch {
    var result = Batch()
    var decoder = wireFormat(named: name)!.init(context: DecodingContext(source: "out"))
    decoder.decode(bytes, into: &result)
    decoder.finish(into: &result)
    return result
  }

  @Test(
    arguments: [
      (OutputFormat.metricStream, "metric-stream-json"), (.csv, "csv"),
      (.getMetricData, "aws-cli-json"), (.recording, "metric-stream-json"),
    ])
  func `what is written reads back to the same`(_ format: OutputFormat, _ reader: String) {
    let bytes = format.bytes(of: batch, header: nil)
    #expect(detectWireFormat(InputBeginning(bytes))?.name == reader)
    let result = read(bytes, as: reader)
    #expect(result.rejects.count == 0)
    #expect(listing(result, withUnit: true) == listing(batch, withUnit: true))
  }

  @Test
  func `OpenMetrics holds singles as they are and sets as their statistics`() {
    let bytes = OutputFormat.openMetrics.bytes(of: batch, header: nil)
    #expect(detectWireFormat(InputBeginning(bytes))?.name == "openmetrics")
    let result = read(bytes, as: "openmetrics")
    #expect(result.rejects.count == 0)
    let names = Set(result.metrics.map(\.name))
    #expect(
      names == [
        "ReplicaLag", "Latency_sample_count", "Latency_sum", "Latency_minimum", "Latency_maximum",
      ])
    let lag = result.metrics.first { $0.name == "ReplicaLag" }
    #expect(lag?.namespace == "AWS/RDS")
    #expect(lag?.region == "eu-west-1")
    #expect(lag?.dimensions == batch.metrics[0].dimensions)
  }

  @Test
  func `raw samples of a minute become one datapoint of a metric stream`() {
    var batch = batch
    batch.samples = [1.0, 2.0, 6.0].map { value in
      Sample(
        metric: 0, time: Timestamp(seconds: Int64(value)), arrival: Timestamp(seconds: 100),
        statistics: StatisticSet(value))
    }
    let result = read(
      OutputFormat.metricStream.bytes(of: batch, header: nil), as: "metric-stream-json")
    #expect(
      result.samples.map(\.statistics) == [StatisticSet(count: 3, sum: 9, minimum: 1, maximum: 6)])
    #expect(result.samples.map(\.time) == [Timestamp(seconds: 0)])
  }

  @Test
  func `redaction replaces the same by the same and keeps what alarms need`() {
    var batch = batch
    batch.events = [
      Event(
        time: Timestamp(seconds: 1), arrival: Timestamp(seconds: 1), source: "aws.rds",
        name: "RDS-EVENT-0238", region: "eu-west-1", account: "111122223333",
        subject: "orders-eu", message: "orders-eu of 111122223333 is the writer",
        attributes: [
          Dimension(name: "target", value: "orders-eu"),
          Dimension(name: "region", value: "us-east-1"),
        ])
    ]
    var redaction = Redaction()
    let result = redaction.redacted(batch)
    let text = String(
      decoding: OutputFormat.recording.bytes(of: result, header: nil), as: UTF8.self)
    for secret in ["111122223333", "orders-eu", "a,b;c", "Shop", "Latency"] {
      #expect(!text.contains(secret), "\(secret) is still there")
    }
    #expect(result.metrics[0].name == "ReplicaLag")
    #expect(result.metrics[0].region == "eu-west-1")
    let event = result.events[0]
    #expect(event.attribute("target") == event.subject)
    #expect(event.attribute("region") == "us-east-1")
    #expect(event.message == "\(event.subject) of \(event.account) is the writer")
    #expect(listing(result, withUnit: false).count == listing(batch, withUnit: false).count)
    var again = Redaction()
    #expect(again.redacted(batch).metrics == result.metrics)
  }

  @Test(
    arguments: [
      ("a.csv", OutputFormat.csv), ("a.jsonl.gz", .metricStream), ("a.om", .openMetrics),
      ("a.json", .getMetricData), ("a.txt", nil),
    ])
  func `the name of a file tells its format`(_ name: String, _ format: OutputFormat?) {
    #expect(OutputFormat(fileName: name) == format)
  }
}
