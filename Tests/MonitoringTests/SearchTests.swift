import Telemetry
import Testing

@testable import Monitoring

/// The rules of "CloudWatch search expression syntax".
@Suite
struct SearchTests {
  @Test(arguments: [
    ("CustomCount1", "customcount1: Custom Count 1"), ("SDBFailure", "sdbfailure: SDB Failure"),
    ("Project2-trial333", "project2trial333: Project 2 trial 333"),
    ("Network-Errors_2", "networkerrors2: Network Errors 2"), ("t2.micro", "t2micro: t 2 micro"),
  ])
  func `a name is cut as AWS's table shows`(_ row: (name: String, tokens: String)) {
    let tokens = SearchTokens(row.name)
    #expect("\(tokens.whole): \(tokens.tokens.joined(separator: " "))" == row.tokens)
  }

  @Test(arguments: [
    ("count", "CustomCount1", true), ("Count", "CustomCount1", true),
    ("COUNT", "CustomCount1", true), ("couNT", "CustomCount1", false),
    ("CustomCount", "CustomCount1", true), ("Count1", "CustomCount1", true),
    ("customcount", "CustomCount1", false), ("count1", "CustomCount1", false),
    ("customcount1", "CustomCount1", true), ("Custom1", "CustomCount1", false),
    ("network/errors", "Network-Errors-2", true), ("network+errors", "NetworkErrors2", true),
    ("network-errors", "NetworkErrors2", true), ("Network_Errors", "Network-Errors-2", true),
    ("cust", "CustomCount1", false),
  ])
  func `a partial match is of whole tokens`(_ row: (term: String, name: String, isFound: Bool)) {
    #expect(SearchTokens(row.name).contain(SearchTokens(row.term)) == row.isFound)
  }

  static let metrics: [MetricID] = [
    metric("AWS/EC2", "CPUUtilization", ("InstanceId", "i-1")),
    metric("AWS/EC2", "CPUUtilization", ("InstanceType", "t2.micro")),
    metric("AWS/EC2", "NetworkPacketsIn", ("InstanceId", "i-1")),
    metric("AWS/EBS", "VolumeReadOps", ("VolumeId", "ProjectA")),
    metric("Mine", "Europe\\France Traffic(Network)", ("CPUUtilization", "x")),
  ]

  static func metric(
    _ namespace: String, _ name: String, _ dimension: (String, String)
  ) -> MetricID {
    MetricID(
      region: "eu-west-1", namespace: namespace, name: name,
      dimensions: [Dimension(name: dimension.0, value: dimension.1)])
  }

  /// Which of the five metrics above are found.
  @Test(arguments: [
    (#"{AWS/EC2,InstanceId} MetricName="CPUUtilization""#, [0]),
    (#"{AWS/EC2,InstanceId}"#, [0, 2]),
    (#"{AWS/EC2}, "CPUUtilization""#, [0, 1]), (#" "CPUUtilization" "#, [0, 1, 4]),
    (#"MetricName="CPUUtilization""#, [0, 1]), (#"InstanceType=micro"#, [1]),
    (#"InstanceType="t2.micro" Namespace="AWS/EC2""#, [1]), (#"InstanceType="micro""#, []),
    (#"NOT Namespace=AWS"#, [4]), (#"(EC2 OR EBS) AND MetricName=ReadOps"#, [3]),
    (#"{AWS/EC2,InstanceId} network packets"#, [2]), (#"network AND packets"#, [2]),
    (#"EBS OR network packets"#, [2, 3]), (#"MetricName="CPUUtilization" NOT i-1"#, [1]),
    (#"Utilization NOT "t2.micro" NOT "x""#, [0]), (#"{AWS/RDS}"#, []),
    (#""Europe\\France Traffic\(Network\)""#, [4]), (#"{"Mine", "CPUUtilization"}"#, [4]),
    (#":aws.AccountId = 'LOCAL' ReadOps"#, [3]), ("readops", []),
  ])
  func `a search finds`(_ row: (text: String, found: [Int])) throws {
    let search = try SearchExpression.parse(row.text, column: 1)
    #expect(Self.metrics.indices.filter { search.matches(Self.metrics[$0]) } == row.found)
  }

  @Test(arguments: [
    ("", "expected a metric schema in braces, a search term, or both"),
    ("{AWS/EC2", "expected ',' or '}'"), ("(a", "expected ')'"),
    ("a \"b", "the quote is not closed"),
    ("a )", "')' cannot stand here"), ("MetricName=", "expected a search term, found the end"),
    (String(repeating: "a", count: 1025), "at most 1024 characters"),
  ])
  func `a faulty search is told`(_ row: (text: String, fault: String)) {
    let fault = #expect(throws: MathFault.self) { try SearchExpression.parse(row.text, column: 1) }
    #expect(fault?.problem.contains(row.fault) == true, "\(fault?.problem ?? "no fault")")
  }

  @Test
  func `what is found is named by what tells it apart`() {
    #expect(
      MathEvaluation.labels([Self.metrics[0], Self.metrics[2]]) == [
        "CPUUtilization", "NetworkPacketsIn",
      ])
    #expect(
      MathEvaluation.labels([Self.metrics[0], Self.metrics[1]]) == [
        "i-1 CPUUtilization", "t2.micro CPUUtilization",
      ])
  }

  @Test
  func `SEARCH reads the metrics it finds`() {
    let table = MathTable(metrics: ["1 2", "3 -"])
    #expect(table.value(of: "SEARCH('{Test} Metric2', 'Sum', 60)") == "[3 -]")
    #expect(table.value(of: "SUM(SEARCH('{Test}', 'Sum', 60))") == "4 2")
  }
}
