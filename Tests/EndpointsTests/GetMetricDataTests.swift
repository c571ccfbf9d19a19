import Documents
import Monitoring
import Telemetry
import Testing

@testable import Endpoints
@testable import WireFormats

struct GetMetricDataTests {
  private static let queries =
    #"[{"Id": "lag", "MetricStat": {"Metric": {"Namespace": "Orders", "MetricName": "Lag", "Dimensions": [{"Name": "Cluster", "Value": "a"}]}, "Period": 60, "Stat": "Maximum"}}, {"Id": "twice", "Expression": "lag * 2", "Label": "double"}]"#

  /// Ten minutes with the values 1 to 10, the last of them the minute before the last.
  private static func scene() async -> EndpointScene {
    let scene = EndpointScene()
    let datums = (1...10).map { value in
      #"{"MetricName": "Lag", "Dimensions": [{"Name": "Cluster", "Value": "a"}], "Timestamp": \#(1_795_423_740 + 60 * value), "Value": \#(value)}"#
    }.joined(separator: ", ")
    _ = await scene.call("PutMetricData", #"{"Namespace": "Orders", "MetricData": [\#(datums)]}"#)
    return scene
  }

  private static func body(_ more: String = "", from start: Int = 1_795_424_220) -> String {
    #"{"MetricDataQueries": \#(queries), "StartTime": \#(start), "EndTime": 1795424460\#(more)}"#
  }

  @Test
  func `a metric and an expression come newest first, the end left out`() async {
    let reply = await Self.scene().call("GetMetricData", Self.body(from: 1_795_424_280))
    #expect(
      reply.text
        == #"{"MetricDataResults":[{"Id":"lag","Label":"Lag","Timestamps":[1795424340.0,1795424280.0],"Values":[10.0,9.0],"StatusCode":"Complete"},{"Id":"twice","Label":"double","Timestamps":[1795424340.0,1795424280.0],"Values":[20.0,18.0],"StatusCode":"Complete"}],"Messages":[]}"#
    )
  }

  /// No alarm asks for the percentile; the values came all the same.
  @Test(arguments: [("p90", "9.0"), ("TM(25%:75%)", "5.5"), ("PR(:3)", "30.0"), ("IQM", "5.5")])
  func `percentiles of a series are there where its values came`(stat: String, value: String) async
  {
    let scene = EndpointScene()
    _ = await scene.call(
      "PutMetricData",
      #"{"Namespace": "Orders", "MetricData": [{"MetricName": "Latency", "Timestamp": 1795424280, "Values": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}]}"#
    )
    let reply = await scene.call(
      "GetMetricData",
      #"{"MetricDataQueries": [{"Id": "a", "MetricStat": {"Metric": {"Namespace": "Orders", "MetricName": "Latency"}, "Period": 60, "Stat": "\#(stat)"}}], "StartTime": 1795424220, "EndTime": 1795424460}"#
    )
    #expect(reply.text.contains(#""Values":[\#(value)]"#))
  }

  @Test
  func `percentiles of single values are there too, whoever watches`() async {
    let scene = EndpointScene()
    let datums = (1...10).map {
      #"{"MetricName": "Latency", "Timestamp": 1795424280, "Value": \#($0)}"#
    }
    _ = await scene.call(
      "PutMetricData",
      #"{"Namespace": "Orders", "MetricData": [\#(datums.joined(separator: ", "))]}"#)
    let reply = await scene.call(
      "GetMetricStatistics",
      #"{"Namespace": "Orders", "MetricName": "Latency", "StartTime": 1795424220, "EndTime": 1795424460, "Period": 60, "ExtendedStatistics": ["p50", "p90"]}"#
    )
    #expect(reply.text.contains(#""ExtendedStatistics":{"p50":5.0,"p90":9.0}"#), "\(reply.text)")
  }

  /// Page "Use dynamic labels"; `LabelOptions` is of API_LabelOptions.
  @Test(arguments: [
    ("[max: ${MAX} at ${MAX_TIME}]", "[max: 10 at 2026-11-23T10:29:00+01:30]"),
    ("${LAST_TIME_RELATIVE}", "2m"), ("${PROP('Dim.Cluster')} ${LABEL}", "a Lag"),
  ])
  func `dynamic labels are filled in, their times in the zone of the caller`(
    label: String, text: String
  ) async throws {
    let query =
      #"{"Id": "lag", "Label": "\#(label)", "MetricStat": {"Metric": {"Namespace": "Orders", "MetricName": "Lag", "Dimensions": [{"Name": "Cluster", "Value": "a"}]}, "Period": 60, "Stat": "Maximum"}}"#
    func reply(_ zone: String) async -> EndpointReply {
      await Self.scene().call(
        "GetMetricData",
        #"{"MetricDataQueries": [\#(query)], "StartTime": 1795423740, "EndTime": 1795424460, "LabelOptions": {"Timezone": "\#(zone)"}}"#
      )
    }
    let answer = await reply("+0130")
    #expect(
      try answer.node["MetricDataResults"]?.elements?.first?["Label"]?.string() == text)
    let refused = await reply("Europe/Berlin")
    #expect(refused.header("x-amzn-query-error") == "InvalidParameterValue;Sender")
  }

  @Test
  func `the three protocols say the same`() async throws {
    let scene = await Self.scene()
    let json = await scene.call("GetMetricData", Self.body())
    let cbor = await scene.call("GetMetricData", Self.body(), wire: .cbor)
    let query = await scene.call("GetMetricData", Self.body(), wire: .query)
    let read = try CBORReader.node(cbor.body.span)
    let wanted = json.node["MetricDataResults"]?.elements ?? []
    let found = read["MetricDataResults"]?.elements ?? []
    #expect(wanted.count == 2 && found.count == 2)
    for (left, right) in zip(wanted, found) {
      for key in ["Id", "Label", "StatusCode"] {
        #expect(try left[key]?.string() == right[key]?.string())
      }
      let values = try (left["Values"]?.elements ?? []).map { try $0.number() }
      #expect(try (right["Values"]?.elements ?? []).map { try $0.number() } == values)
      for value in values { #expect(query.text.contains("<member>\(value)</member>")) }
    }
    #expect(query.text.contains("<GetMetricDataResult><MetricDataResults><member><Id>lag</Id>"))
  }

  @Test(arguments: ["TimestampDescending", "TimestampAscending"])
  func `pages of any size put together are the whole`(order: String) async throws {
    let scene = await Self.scene()
    let scan = #", "ScanBy": "\#(order)""#
    let start = 1_795_423_740
    let whole = await scene.call("GetMetricData", Self.body(scan, from: start))
    let wanted = try Self.series(in: whole.node)
    #expect(wanted["lag"]?.count == 10)
    #expect(wanted["lag"]?.first == (order == "TimestampAscending" ? 1 : 10))
    for size in 1...21 {
      var found: [String: [Double]] = [:]
      var token: String?
      var pages = 0
      repeat {
        let next = token.map { #", "NextToken": "\#($0)""# } ?? ""
        let page = await scene.call(
          "GetMetricData", Self.body(scan + #", "MaxDatapoints": \#(size)"# + next, from: start))
        let series = try Self.series(in: page.node)
        #expect(series.values.reduce(0) { $0 + $1.count } <= size)
        found.merge(series) { $0 + $1 }
        token = try page.node["NextToken"]?.string()
        pages += 1
      } while token != nil && pages < 30
      #expect(found == wanted, "\(size) datapoints a page")
      #expect(pages == (20 + size - 1) / size)
    }
  }

  @Test
  func `a result that goes on in the next page is PartialData`() async throws {
    let page = await Self.scene().call("GetMetricData", Self.body(#", "MaxDatapoints": 2"#))
    let codes = try (page.node["MetricDataResults"]?.elements ?? []).map {
      try $0.required("StatusCode").string()
    }
    #expect(codes == ["PartialData"])
  }

  @Test(arguments: [
    (
      #"{"StartTime": 1, "EndTime": 2}"#, "MissingParameter",
      "The parameter MetricDataQueries is required."
    ),
    (
      #"{"MetricDataQueries": [{"Id": "a", "Expression": "1 +"}], "StartTime": 1, "EndTime": 2}"#,
      "ValidationError", "MetricDataQueries.member.1.Expression"
    ),
    (
      #"{"MetricDataQueries": [{"Id": "a", "MetricStat": {"Metric": {"MetricName": "L"}, "Period": 60, "Stat": "Sum"}}], "StartTime": 1, "EndTime": 2}"#,
      "ValidationError",
      "The parameter MetricDataQueries.member.1.MetricStat.Metric.Namespace is required."
    ),
    (
      #"{"MetricDataQueries": [{"Id": "a", "Expression": "1"}, {"Id": "a", "Expression": "2"}], "StartTime": 1, "EndTime": 2}"#,
      "ValidationError", "The values for parameter id in MetricDataQueries are not unique."
    ),
    (
      #"{"MetricDataQueries": [{"Id": "a", "Expression": "TIME_SERIES(1)"}], "StartTime": 2, "EndTime": 2}"#,
      "ValidationError", "The parameter StartTime must not equal parameter EndTime."
    ),
    (
      #"{"MetricDataQueries": [{"Id": "a", "Expression": "TIME_SERIES(1)"}], "StartTime": 1, "EndTime": 60, "NextToken": "x"}"#,
      "InvalidNextToken", "The token is not one that was given out."
    ),
  ])
  func `what is wrong with a request is told in CloudWatch's words`(
    body: String, code: String, words: String
  ) async {
    let reply = await EndpointScene().call("GetMetricData", body)
    #expect(reply.status == 400)
    #expect(reply.header("x-amzn-query-error") == "\(code);Sender")
    #expect(reply.text.contains(words), "\(reply.text)")
  }

  private static func series(in node: Node) throws -> [String: [Double]] {
    var found: [String: [Double]] = [:]
    for result in node["MetricDataResults"]?.elements ?? [] {
      let id = try result.required("Id").string()
      found[id, default: []] += try (result["Values"]?.elements ?? []).map { try $0.number() }
    }
    return found
  }
}
