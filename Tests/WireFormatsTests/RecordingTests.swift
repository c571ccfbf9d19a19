import Documents
import Telemetry
import Testing

@testable import WireFormats

@Suite
struct RecordingTests {
  func read(_ bytes: [UInt8]) -> (batch: Batch, header: RecordingHeader?) {
    var batch = Batch()
    var format = Recording(context: DecodingContext(source: "test"))
    format.decode(bytes, into: &batch)
    format.finish(into: &batch)
    return (batch, format.header)
  }

  static func sample() -> Batch {
    var batch = Batch()
    batch.metrics = [
      MetricID(
        region: "eu-west-1", account: "111122223333", namespace: "AWS/RDS", name: "ReplicaLag",
        dimensions: [Dimension(name: "DB \"x\"", value: "ö\\")], unit: "Seconds"),
      MetricID(region: "", namespace: "N", name: "M"),
    ]
    let time = Timestamp(seconds: 1_767_225_600)
    batch.samples = [
      Sample(
        metric: 0, merging: .replaces, time: time, arrival: time + 1500,
        statistics: StatisticSet(count: 3, sum: 0.1 + 0.2, minimum: -1e-9, maximum: 1e100)),
      Sample(
        metric: 1, merging: .adds, time: time, arrival: time + 1500, statistics: StatisticSet(7)),
    ]
    batch.events = [
      Event(
        time: time + 117, arrival: time + 2000, source: "aws.rds", name: "RDS-EVENT-0238",
        region: "us-east-1", account: "1", subject: "orders", message: "It is\ndone",
        identifier: "e1", attributes: [Dimension(name: "eventcategories", value: "a,b")]),
      Event(
        time: time, arrival: time + 2000, source: "rds.amazonaws.com",
        name: "FailoverGlobalCluster",
        region: "us-east-1", account: "1", subject: "orders-use1", message: "called by me",
        identifier: "e2",
        attributes: [
          Dimension(name: "requestparameters.allowdataloss", value: "true"),
          Dimension(name: "requestparameters.targetdbclusteridentifier", value: "orders-use1"),
          Dimension(name: "useridentity.arn", value: "me"),
        ]),
      Event(
        time: time, arrival: time + 2001, source: "operator", name: "Note", message: "we go"),
    ]
    return batch
  }

  @Test
  func aRecordingReadsBackWhatWasWritten() throws {
    let header = RecordingHeader(
      name: "drill", topology: try Node.json(Array(#"{"regions":{"a":{"role":"primary"}}}"#.utf8)))
    var writer = RecordingWriter()
    writer.write(header)
    writer.write(Self.sample())
    let bytes = writer.take()
    let result = read(bytes)
    #expect(result.header?.name == "drill")
    #expect(result.header?.topology?["regions"]?["a"]?["role"]?.value == .string("primary"))
    #expect(result.batch.metrics == Self.sample().metrics)
    #expect(result.batch.samples == Self.sample().samples)
    #expect(result.batch.events == Self.sample().events)
    #expect(result.batch.rejects.count == 0)

    var again = RecordingWriter()
    if let header = result.header { again.write(header) }
    again.write(result.batch)
    #expect(again.take() == bytes, "the same records give the same bytes")
  }

  @Test(arguments: [
    (#"{"name":"n"}"#, true), (#"{"alarms":[],"name":"n"}"#, true),
    (#"{"format":1,"topology":{}}"#, true), (#"{"name":"n","value":1}"#, false),
    (#"{"metric_name":"m","alarms":[]}"#, false), (#"{"detail-type":"t","topology":1}"#, false),
  ])
  func `line one is known by what it says`(_ line: String, _ isRecording: Bool) {
    #expect(Recording.recognises(InputBeginning(Array(line.utf8))) == isRecording)
    #expect((read(Array(line.utf8)).header != nil) == isRecording)
  }

  @Test
  func recordsAreWrittenInOrderOfArrival() {
    var batch = Self.sample()
    batch.events[0].arrival = batch.samples[0].arrival - 1
    var writer = RecordingWriter()
    writer.write(batch)
    let lines = String(decoding: writer.bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.map { $0.contains("metric_name") } == [false, true, true, false, false])
  }

  @Test(arguments: Fixture.all)
  func whatAFixtureHoldsSurvivesARecording(_ fixture: Fixture) {
    var batch = Batch()
    var format = wireFormat(named: fixture.format)!.init(context: fixture.context)
    format.decode(fixture.input, into: &batch)
    format.finish(into: &batch)
    var writer = RecordingWriter()
    writer.write(batch)
    let result = read(writer.bytes).batch
    #expect(result.events == batch.events)
    #expect(result.samples.map(\.time) == batch.samples.map(\.time))
    #expect(result.samples.map(\.statistics) == batch.samples.map(\.statistics))
    #expect(
      result.samples.map { result.metrics[Int($0.metric)] }
        == batch.samples.map { batch.metrics[Int($0.metric)] })
    #expect(result.rejects.count == 0)
  }
}
