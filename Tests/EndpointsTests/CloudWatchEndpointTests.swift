import Collectors
import Documents
import Monitoring
import Telemetry
import Testing

@testable import Endpoints

/// The CloudWatch endpoint without a network: requests as the clients send them.
struct CloudWatchEndpointTests {
  private static let now = Timestamp(milliseconds: 1_795_424_460_000)

  @Test
  func `what PutMetricData brings is what GetMetricStatistics gives`() async throws {
    let scene = EndpointScene()
    let put = await scene.call(
      "PutMetricData",
      #"{"Namespace": "Orders", "MetricData": [{"MetricName": "Lag", "Timestamp": 1795424400, "Value": 1.5, "Unit": "Seconds"}, {"MetricName": "Lag", "Timestamp": 1795424410, "Value": 2.5, "Unit": "Seconds"}]}"#
    )
    #expect(put.status == 200)
    let got = await scene.call(
      "GetMetricStatistics",
      #"{"Namespace": "Orders", "MetricName": "Lag", "StartTime": 1795424400, "EndTime": 1795424460, "Period": 60, "Statistics": ["Average", "SampleCount"]}"#
    )
    #expect(
      got.text
        == #"{"Label":"Lag","Datapoints":[{"Timestamp":1795424400.0,"Average":2.0,"SampleCount":2.0,"Unit":"Seconds"}]}"#
    )
  }

  @Test
  func `metrics are listed in the region that the request is signed for`() async {
    let scene = EndpointScene()
    for region in ["eu-west-1", "us-east-1"] {
      _ = await scene.call(
        "PutMetricData",
        #"{"Namespace": "Orders", "MetricData": [{"MetricName": "In-\#(region)", "Value": 1}]}"#,
        region: region)
    }
    let listed = await scene.call("ListMetrics", "{}", region: "us-east-1")
    #expect(
      listed.text
        == #"{"Metrics":[{"Namespace":"Orders","MetricName":"In-us-east-1","Dimensions":[]}]}"#)
  }

  @Test
  func `a full mailbox is Throttling in the caller's own protocol`() async {
    let scene = EndpointScene(limitBytes: 1)
    let body = #"{"Namespace": "Orders", "MetricData": [{"MetricName": "Lag", "Value": 1}]}"#
    // An empty mailbox takes anything; nobody empties it.
    #expect(await scene.send("PutMetricData", body).status == 200)
    let second = await scene.send("PutMetricData", body)
    #expect(second.status == 400)
    #expect(second.header("x-amzn-query-error") == "Throttling;Sender")
    #expect(scene.intake.counts.refused == 1)
  }

  @Test
  func `an operation that is not there is named`() async {
    let reply = await EndpointScene().call("PutDashboard", "{}")
    #expect(reply.status == 400)
    #expect(reply.text.contains("meridian does not have the operation PutDashboard"))
  }

  @Test
  func `alarms are described with their state, and their changes are the history`() async {
    let alarm = AlarmDefinition(
      name: "orders-lag", region: "eu-west-1", namespace: "Orders", metricName: "Lag", threshold: 5)
    let scene = EndpointScene(alarms: [alarm])
    _ = await scene.call(
      "PutMetricData",
      #"{"Namespace": "Orders", "MetricData": [{"MetricName": "Lag", "Timestamp": 1795424400, "Value": 9}]}"#
    )
    let described = await scene.call("DescribeAlarms", #"{"AlarmNames": ["orders-lag"]}"#)
    #expect(described.text.contains(#""AlarmName":"orders-lag""#))
    #expect(described.text.contains(#""StateValue":"ALARM""#))
    let history = await scene.call("DescribeAlarmHistory", #"{"AlarmName": "orders-lag"}"#)
    #expect(
      history.text.contains(
        #""HistorySummary":"Alarm updated from INSUFFICIENT_DATA to ALARM""#))
  }

  /// An endpoint with an engine behind it that takes a turn for every call.
  private struct EndpointScene {
    let mailbox: Mailbox
    let desk: EngineDesk
    let intake: Intake
    let endpoint: CloudWatchEndpoint
    private let engine: EngineBox

    init(alarms: [AlarmDefinition] = [], limitBytes: Int = Mailbox.defaultLimitBytes) {
      mailbox = Mailbox(limitBytes: limitBytes)
      desk = EngineDesk(mailbox: mailbox)
      intake = Intake(name: "test", mailbox: mailbox)
      endpoint = CloudWatchEndpoint(intake: intake, desk: desk)
      engine = EngineBox(Engine(alarms: alarms))
    }

    /// Sends, without a driver behind the mailbox.
    func send(_ operation: String, _ body: String, region: String = "eu-west-1") async
      -> EndpointReply
    {
      await endpoint.reply(to: Self.request(operation, body, region))
    }

    /// Sends, while a driver takes its turns until the reply is there; only then does time move, so
    /// that what was sent is there when the alarms are due.
    func call(_ operation: String, _ body: String, region: String = "eu-west-1") async
      -> EndpointReply
    {
      async let reply = endpoint.reply(to: Self.request(operation, body, region))
      let turns = Task {
        while !Task.isCancelled {
          await engine.turn(mailbox, desk)
          await Task.yield()
        }
      }
      let answer = await reply
      turns.cancel()
      await turns.value
      await engine.turn(mailbox, desk)
      await engine.advance(to: CloudWatchEndpointTests.now)
      return answer
    }

    private static func request(
      _ operation: String, _ body: String, _ region: String
    ) -> EndpointRequest {
      EndpointRequest(
        headers: [
          ("x-amz-target", "GraniteServiceVersion20100801.\(operation)"),
          ("content-type", "application/x-amz-json-1.0"),
          (
            "authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/\(region)/monitoring/aws4_request, SignedHeaders=host, Signature=0"
          ),
        ], body: Array(body.utf8), arrival: CloudWatchEndpointTests.now)
    }
  }
}

/// The engine of a test, with its driver's turns.
private actor EngineBox {
  private var engine: Engine

  init(_ engine: Engine) { self.engine = engine }

  func turn(_ mailbox: Mailbox, _ desk: EngineDesk) {
    for batch in mailbox.take() { engine.ingest(batch) }
    desk.answer(with: &engine)
  }

  func advance(to now: Timestamp) { _ = engine.advance(to: now) }
}

extension EndpointReply {
  fileprivate var text: String { String(decoding: body, as: UTF8.self) }

  fileprivate func header(_ name: String) -> String? {
    headers.first { $0.name == name }?.value
  }
}
