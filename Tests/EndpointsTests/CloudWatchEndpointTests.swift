import Collectors
import Monitoring
import Telemetry
import Testing

@testable import Endpoints

/// The CloudWatch endpoint without a network: requests as the clients send them.
struct CloudWatchEndpointTests {
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
    let request = EndpointScene.request("PutMetricData", body)
    #expect(await scene.send(request).status == 200)
    let second = await scene.send(request)
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
}
