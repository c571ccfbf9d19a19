import Documents
import Monitoring
import Telemetry
import Testing
import WireFormats

@testable import Endpoints

/// The operations on alarms: DescribeAlarms, DescribeAlarmHistory, SetAlarmState.
struct AlarmOperationTests {
  private static func alarm(_ name: String, actions: [String] = []) -> AlarmDefinition {
    var alarm = AlarmDefinition(
      name: name, region: "eu-west-1", namespace: "Orders", metricName: name, threshold: 5)
    alarm.alarmActions = actions
    return alarm
  }

  private static func scene() throws -> EndpointScene {
    let rule = try CompositeAlarm(rule: "ALARM(lag) OR ALARM(errors)")
    return EndpointScene(alarms: [
      alarm("lag", actions: ["arn:aws:sns:eu-west-1:111122223333:page"]), alarm("errors"),
      alarm("other"), AlarmDefinition(name: "down", region: "eu-west-1", composite: rule),
    ])
  }

  /// The names of one of the lists of a reply.
  private static func names(_ reply: EndpointReply, _ list: String) throws -> [String] {
    try (reply.node[list]?.elements ?? []).map { try $0.required("AlarmName").string() }
  }

  private static let set =
    #"{"AlarmName": "lag", "StateValue": "ALARM", "StateReason": "a drill"}"#

  @Test(arguments: [
    ("{}", ["errors", "lag", "other"], []),
    (#"{"AlarmTypes": ["CompositeAlarm"]}"#, [], ["down"]),
    (#"{"AlarmTypes": ["MetricAlarm", "CompositeAlarm"], "AlarmNamePrefix": "o"}"#, ["other"], []),
    (
      #"{"StateValue": "ALARM", "AlarmTypes": ["MetricAlarm", "CompositeAlarm"]}"#, ["lag"],
      ["down"]
    ),
    (#"{"ActionPrefix": "arn:aws:sns"}"#, ["lag"], []),
    (#"{"ChildrenOfAlarmName": "down"}"#, ["errors", "lag"], []),
    (#"{"ParentsOfAlarmName": "lag"}"#, [], ["down"]),
    (#"{"AlarmNames": ["lag", "down"]}"#, ["lag"], []),
  ])
  func `alarms are described as they are asked for`(
    body: String, metric: [String], composite: [String]
  ) async throws {
    let scene = try Self.scene()
    #expect(await scene.call("SetAlarmState", Self.set).status == 200)
    let reply = await scene.call("DescribeAlarms", body)
    #expect(try Self.names(reply, "MetricAlarms") == metric)
    #expect(try Self.names(reply, "CompositeAlarms") == composite)
  }

  @Test
  func `an alarm that is set to a state has it when the reply comes, and its actions are told`()
    async throws
  {
    let scene = try Self.scene()
    #expect(await scene.call("SetAlarmState", Self.set).text == "{}")
    let history = await scene.call(
      "DescribeAlarmHistory", #"{"AlarmName": "lag", "ScanBy": "TimestampAscending"}"#)
    let items = history.node["AlarmHistoryItems"]?.elements ?? []
    #expect(
      try items.map { try $0.required("HistorySummary").string() } == [
        "Alarm updated from INSUFFICIENT_DATA to ALARM",
        "Action of the state ALARM: arn:aws:sns:eu-west-1:111122223333:page",
      ])
    let parents = await scene.call(
      "DescribeAlarmHistory",
      #"{"AlarmTypes": ["CompositeAlarm"], "HistoryItemType": "StateUpdate"}"#
    )
    #expect(try Self.names(parents, "AlarmHistoryItems") == ["down"])
  }

  @Test
  func `the next evaluation sets the state back that somebody had set`() async throws {
    let scene = try Self.scene()
    _ = await scene.call(
      "PutMetricData",
      #"{"Namespace": "Orders", "MetricData": [{"MetricName": "lag", "Timestamp": 1795424460, "Value": 1}]}"#
    )
    _ = await scene.call("SetAlarmState", Self.set)
    await scene.advance(to: EndpointScene.now + 60_000)
    let reply = await scene.call("DescribeAlarms", #"{"AlarmNames": ["lag"]}"#)
    #expect(reply.text.contains(#""StateValue":"OK""#), "\(reply.text)")
  }

  @Test(arguments: [
    (#"{"AlarmName": "none", "StateValue": "OK", "StateReason": "x"}"#, 404, "ResourceNotFound"),
    (#"{"AlarmName": "lag", "StateValue": "BAD", "StateReason": "x"}"#, 400, "ValidationError"),
    (#"{"AlarmName": "lag", "StateValue": "OK"}"#, 400, "MissingParameter"),
    (
      #"{"AlarmName": "lag", "StateValue": "OK", "StateReason": "x", "StateReasonData": "x"}"#, 400,
      "InvalidFormat"
    ),
  ])
  func `a state that cannot be set is refused`(body: String, status: Int, code: String) async throws
  {
    for wire in [CloudWatchRequest.Wire.awsJson, .cbor] {
      let reply = await (try Self.scene()).call("SetAlarmState", body, wire: wire)
      #expect(reply.status == status)
      #expect(reply.header("x-amzn-query-error") == "\(code);Sender")
    }
    let reply = await (try Self.scene()).call("SetAlarmState", body, wire: .query)
    #expect(reply.text.contains("<Code>\(code)</Code>"))
  }

  @Test
  func `an alarm's tags are told by its ARN, and what has none is not found`() async throws {
    var lag = Self.alarm("lag")
    lag.tags = [Dimension(name: "severity", value: "critical")]
    let scene = EndpointScene(alarms: [lag, Self.alarm("plain")])
    func tags(_ name: String) async -> EndpointReply {
      await scene.call(
        "ListTagsForResource",
        #"{"ResourceARN": "arn:aws:cloudwatch:eu-west-1:000000000000:alarm:\#(name)"}"#)
    }
    #expect(await tags("lag").text == #"{"Tags":[{"Key":"severity","Value":"critical"}]}"#)
    #expect(await tags("plain").text == #"{"Tags":[]}"#)
    let none = await tags("none")
    #expect(none.status == 404)
    #expect(none.header("x-amzn-query-error") == "ResourceNotFound;Sender")
  }

  @Test
  func `there are no dashboards, which is an answer and no error`() async throws {
    for wire in [CloudWatchRequest.Wire.awsJson, .cbor, .query] {
      let list = await EndpointScene().call("ListDashboards", "{}", wire: wire)
      #expect(list.status == 200)
      let one = await EndpointScene().call("GetDashboard", #"{"DashboardName": "x"}"#, wire: wire)
      #expect(one.status == 404)
    }
    let list = await EndpointScene().call("ListDashboards", "{}")
    #expect(list.text == #"{"DashboardEntries":[]}"#)
  }

  @Test(arguments: [
    (#"{"AlarmContributorId": "x"}"#, 0), (#"{"HistoryItemType": "ConfigurationUpdate"}"#, 0),
    (#"{"StartDate": 1795424460}"#, 2), (#"{"StartDate": 1795424461}"#, 0),
    (#"{"EndDate": 1795424459}"#, 0), (#"{"AlarmName": "errors"}"#, 0),
    (#"{"HistoryItemType": "Action"}"#, 1),
  ])
  func `history is what it is asked for`(body: String, count: Int) async throws {
    let scene = try Self.scene()
    _ = await scene.call("SetAlarmState", Self.set)
    let reply = await scene.call("DescribeAlarmHistory", body)
    #expect(reply.node["AlarmHistoryItems"]?.elements?.count == count, "\(reply.text)")
  }

  @Test
  func `an alarm on a percentile tells what it does with few samples`() async throws {
    var alarm = Self.alarm("lag")
    alarm.statistic = try #require(Statistic(rawValue: "p99"))
    alarm.evaluateLowSampleCountPercentile = .ignore
    let reply = await EndpointScene(alarms: [alarm]).call("DescribeAlarms", "{}")
    #expect(reply.text.contains(#""ExtendedStatistic":"p99""#))
    #expect(reply.text.contains(#""EvaluateLowSampleCountPercentile":"ignore""#))
  }

  @Test
  func `pages of alarms and of history put together are the whole`() async throws {
    let scene = EndpointScene(alarms: (0..<25).map { Self.alarm("alarm-\(100 + $0)") })
    for index in 0..<25 {
      _ = await scene.call(
        "SetAlarmState",
        #"{"AlarmName": "alarm-\#(100 + index)", "StateValue": "ALARM", "StateReason": "x"}"#)
    }
    for (operation, list) in [
      ("DescribeAlarms", "MetricAlarms"), ("DescribeAlarmHistory", "AlarmHistoryItems"),
    ] {
      let whole = try Self.names(await scene.call(operation, "{}"), list)
      #expect(whole.count == 25)
      for size in [1, 7, 24, 25, 26] {
        var found: [String] = []
        var token: String?
        repeat {
          let next = token.map { #", "NextToken": "\#($0)""# } ?? ""
          let page = await scene.call(operation, #"{"MaxRecords": \#(size)\#(next)}"#)
          let names = try Self.names(page, list)
          #expect(names.count <= size)
          found += names
          token = try page.node["NextToken"]?.string()
        } while token != nil && found.count < 100
        #expect(found == whole, "\(operation), \(size) a page")
      }
    }
  }

  @Test
  func `a metric that appears between two pages moves none of the others`() async throws {
    let scene = EndpointScene()
    func put(_ names: [String]) async {
      let datums = names.map { #"{"MetricName": "\#($0)", "Value": 1}"# }.joined(separator: ",")
      _ = await scene.call("PutMetricData", #"{"Namespace": "N", "MetricData": [\#(datums)]}"#)
    }
    let names = (0..<700).map { "m\(1000 + $0)" }
    await put(names)
    let first = await scene.call("ListMetrics", "{}")
    await put(["a-new-one"])
    let token = try first.node.required("NextToken").string()
    let second = await scene.call("ListMetrics", #"{"NextToken": "\#(token)"}"#)
    let found = try [first, second].flatMap { reply in
      try (reply.node["Metrics"]?.elements ?? []).map { try $0.required("MetricName").string() }
    }
    #expect(found == names)
  }
}
