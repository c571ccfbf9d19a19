import Documents
import Telemetry
import Testing

@testable import Monitoring

/// The rules of https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html.
@Suite
struct MetricDataQueryTests {
  static func parse(_ text: String) throws -> [MetricDataQuery] {
    try MetricDataQuery.parse(Node.json(Array(text.utf8), file: "q.json"))
  }

  @Test
  func `metrics and expressions are read with all their keys`() throws {
    let queries = try Self.parse(
      """
      [{"Id": "e1", "Expression": "m1/60", "Label": "rate"},
       {"Id": "m1", "ReturnData": false, "AccountId": "123456789012", "Region": "eu-west-1",
        "MetricStat": {"Metric": {"Namespace": "AWS/RDS", "MetricName": "ReplicaLag",
          "Dimensions": [{"Name": "b", "Value": "2"}, {"Name": "a", "Value": "1"}]},
          "Period": 300, "Stat": "p99", "Unit": "Seconds"}}]
      """)
    var metric = MetricDataQuery(
      id: "m1",
      source: .metric(
        MetricStat(
          namespace: "AWS/RDS", metricName: "ReplicaLag",
          dimensions: [Dimension(name: "a", value: "1"), Dimension(name: "b", value: "2")],
          periodSeconds: 300, statistic: try #require(Statistic(rawValue: "p99")),
          unit: "Seconds")),
      returnData: false)
    metric.account = "123456789012"
    metric.region = "eu-west-1"
    #expect(
      queries == [MetricDataQuery(id: "e1", source: .expression("m1/60"), label: "rate"), metric])
  }

  @Test(arguments: [
    (#"[{"Id": "M1", "Expression": "1"}]"#, "[0].Id: 'M1' is not an Id"),
    (
      #"[{"Id": "a", "Expression": "1"}, {"Id": "a", "Expression": "2"}]"#,
      "[1].Id: 'a' is not a new Id"
    ),
    (#"[{"Id": "a"}]"#, "missing the key MetricStat or Expression"),
    (#"[{"Id": "a", "Expression": ""}]"#, "1 to 2048 characters"),
    (
      #"[{"Id": "a", "MetricStat": {"Metric": {"Namespace": "n", "MetricName": "m"}, "Stat": "Sum"}}]"#,
      "Period must not be null"
    ),
    (
      #"[{"Id": "a", "MetricStat": {"Metric": {"Namespace": "n", "MetricName": "m"}, "Period": 60, "Stat": "p101"}}]"#,
      "'p101' is not a statistic such as"
    ),
  ])
  func `a faulty query is named with its place`(_ row: (text: String, fault: String)) throws {
    let fault = #expect(throws: Fault.self) { try Self.parse(row.text) }
    #expect(fault?.description.contains(row.fault) == true, "\(fault?.description ?? "no fault")")
  }
}
