import Foundation
import Testing

/// `meridian lint` on files with planted faults, and on one without any.
@Suite
struct LintCommandTests {
  private static let topology = """
    regions: {us-east-1: {role: primary}, eu-west-1: {role: standby}}
    deployments: {orders: {model: active-passive, rpo: 15m, services: [orders-db, checks]}}
    services:
      orders-db: {kind: aurora-global-database, primary: us-east-1, replicas: [eu-west-1],
                  dimensions: {DBClusterIdentifier: "orders-{region}"}}
      checks: {kind: route53-health-checks, healthChecks: {us-east-1: abc, eu-west-1: def}}
    alarms: [alarms.yaml]
    """

  /// Aurora's replication lag in the secondary region, with what a test changes.
  private static func lag(_ name: String, _ changes: [String: String] = [:]) -> String {
    var fields = [
      "AlarmName": name, "Namespace": "AWS/RDS", "MetricName": "AuroraGlobalDBRPOLag",
      "Dimensions": "[{Name: DBClusterIdentifier, Value: orders-eu-west-1}]", "Period": "60",
      "EvaluationPeriods": "3", "Statistic": "Maximum", "Threshold": "5000",
      "ComparisonOperator": "GreaterThanThreshold", "TreatMissingData": "breaching",
    ]
    for (key, value) in changes { fields[key] = value.isEmpty ? nil : value }
    let lines = fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    return "  - " + lines.joined(separator: "\n    ") + "\n"
  }

  private static func errors(_ name: String, _ changes: [String: String] = [:]) -> String {
    lag(
      name,
      [
        "Namespace": "AWS/ApplicationELB", "MetricName": "HTTPCode_Target_5XX_Count",
        "Dimensions": "[{Name: TargetGroup, Value: t}, {Name: LoadBalancer, Value: l}]",
        "Statistic": "Sum", "Threshold": "200", "TreatMissingData": "notBreaching",
      ].merging(changes) { $1 })
  }

  /// Errors of a load balancer in an expression.
  private static func math(_ expression: String, needed: Int = 2, unit: String = "Count") -> String
  {
    """
      - AlarmName: m
        EvaluationPeriods: 3
        DatapointsToAlarm: \(needed)
        Threshold: 5
        ComparisonOperator: GreaterThanThreshold
        Metrics:
          - {Id: e1, Expression: "\(expression)"}
          - Id: m1
            ReturnData: false
            MetricStat:
              Metric: {Namespace: AWS/ApplicationELB, MetricName: HTTPCode_Target_5XX_Count,
                       Dimensions: [{Name: LoadBalancer, Value: l}]}
              Period: 60
              Stat: Sum
              Unit: \(unit)

    """
  }

  private static let sentinel = lag(
    "lag-broken",
    ["Threshold": "-1", "ComparisonOperator": "LessThanOrEqualToThreshold"])

  /// A fault, and the rule, key and value that must be told.
  private static let planted: [(alarm: String, rule: String, key: String, value: String)] = [
    (
      lag("l", ["Region": "us-east-2"]), "metric-region", "Region", "us-east-2"
    ),
    (lag("l", ["Unit": "Seconds"]), "metric-unit", "Unit", "Seconds"),
    (lag("l", ["Threshold": "5"]), "threshold-magnitude", "Threshold", "5.0"),
    (
      errors("l", ["TreatMissingData": "breaching"]), "sparse-breaching", "TreatMissingData",
      "breaching"
    ),
    (
      lag(
        "l",
        [
          "MetricName": "CommitThroughput", "ComparisonOperator": "LessThanThreshold",
          "Statistic": "Average", "Threshold": "1", "TreatMissingData": "notBreaching",
        ]), "heartbeat-not-breaching",
      "TreatMissingData", "notBreaching"
    ),
    (
      lag("l", ["Dimensions": "[{Name: BucketName, Value: b}]"]), "dimension-match", "Dimensions",
      "BucketName=b"
    ),
    (
      lag("l", ["Dimensions": #"[{Name: DBClusterIdentifier, Value: "orders-*"}]"#]),
      "dimension-match", "Dimensions", "DBClusterIdentifier=orders-*"
    ),
    (
      lag(
        "l",
        [
          "Namespace": "AWS/S3", "MetricName": "ReplicationLatency", "Threshold": "900",
          "Dimensions":
            "[{Name: SourceBucket, Value: a}, {Name: DestinationBucket, Value: b}, {Name: RuleId, Value: r}]",
        ]), "metric-opt-in", "MetricName", "ReplicationLatency"
    ),
    (lag("l", ["Region": "eu-west-1"]), "role-bound", "Region", "eu-west-1"),
    (
      lag("l", ["MetricName": "AuroraGlobalDBDataTransferBytes", "Statistic": "Sum"]),
      "period-too-short", "Period", "60"
    ),
    (errors("l", ["Period": "300"]), "bucket-drift", "Period", "300"),
    (
      lag("l", ["EvaluationPeriods": "12"]), "silence-after-objective", "EvaluationPeriods", "12"
    ),
    (
      lag("l", ["TreatMissingData": "ignore"]), "silence-after-objective", "TreatMissingData",
      "ignore"
    ),
    (lag("l", ["Period": "61"]), "definition", "Period", "61"),
    (math("100 * m1 / AVG(m1)"), "math-range", "Metrics", "AVG"),
    (math("RUNNING_SUM(FILL(m1, 0))"), "math-range", "Metrics", "RUNNING_SUM"),
    (math("FILL(m1, 0)", needed: 3), "math-fill", "DatapointsToAlarm", "3"),
    (math("RATE(m1)"), "math-difference", "MetricName", "HTTPCode_Target_5XX_Count"),
    (math("m1", unit: "Seconds"), "metric-unit", "Unit", "Seconds"),
  ]

  private func lint(_ alarms: String, _ arguments: String...) throws -> CheckProgram.Result {
    let program = try CheckProgram([
      "meridian.yaml": Self.topology, "alarms.yaml": "MetricAlarms:\n" + alarms,
    ])
    return try program.run(["lint", "meridian.yaml"] + arguments)
  }

  private func findings(_ result: CheckProgram.Result) throws -> [[String: Any]] {
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return try #require((object as? [String: Any])?["findings"] as? [[String: Any]])
  }

  @Test(arguments: planted.indices)
  func `each planted fault is found, alone, with file, line, key, value and remedy`(
    number: Int
  ) throws {
    let fault = Self.planted[number]
    let result = try lint(Self.sentinel + fault.alarm, "--format", "json")
    let found = try findings(result)
    let rules = found.compactMap { $0["rule"] as? String }
    #expect(Set(rules).subtracting(["role-bound"]).isSubset(of: [fault.rule]), "\(found)")
    let finding = try #require(found.first { $0["rule"] as? String == fault.rule })
    #expect((finding["key"] as? String)?.hasSuffix("." + fault.key) == true)
    #expect(finding["value"] as? String == fault.value)
    #expect((finding["file"] as? String)?.hasSuffix("alarms.yaml") == true)
    #expect(finding["line"] as? Int ?? 0 > 1)
    #expect((finding["remedy"] as? String)?.isEmpty == false)
    let isError = found.contains { $0["severity"] as? String == "error" }
    #expect(result.status == (isError ? 2 : 1))
  }

  @Test
  func `a lag whose sentinel nobody watches is told`() throws {
    let found = try findings(try lint(Self.lag("l"), "--format", "json"))
    #expect(found.compactMap { $0["rule"] as? String } == ["sentinel-unwatched"])
  }

  @Test
  func `a clean file has no findings and exits 0`() throws {
    let share = Self.math("RATE(FILL(m1, 0))")
    let result = try lint(Self.sentinel + Self.lag("lag") + Self.errors("errors") + share)
    #expect(result.output == "4 alarms checked: 0 errors, 0 warnings\n")
    #expect(result.status == 0)
  }

  @Test
  func `a fault of meridian.yaml is an error with its line`() throws {
    let program = try CheckProgram([
      "meridian.yaml": "regions: {us-east-1: {role: primary}}\ncolour: red\n"
    ])
    let result = try program.run("lint", "meridian.yaml", "--format", "json")
    let finding = try #require(try findings(result).first)
    #expect(finding["rule"] as? String == "configuration")
    #expect(finding["line"] as? Int == 2)
    #expect(result.status == 2)
  }

  @Test
  func `a key that stands twice and a file that is no text are named, not printed`() throws {
    let program = try CheckProgram([
      "twice.yaml": "MetricAlarms:\n  - AlarmName: a\n    AlarmName: b\n",
      "zipped.yaml": "\u{0}",
    ])
    let twice = try program.run("lint", "twice.yaml")
    #expect(
      twice.output.contains(
        "twice.yaml:2 = AlarmName: error: not a key that stands only once in its mapping"))
    let zipped = try program.run("lint", "zipped.yaml")
    #expect(
      zipped.output.contains("zipped.yaml = a binary file: error: not JSON or YAML as plain text"))
  }

  @Test
  func `SARIF names each rule once and each finding by its index`() throws {
    let result = try lint(Self.lag("l", ["Unit": "Seconds"]), "--format", "sarif")
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let log = try #require(object as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let tool = try #require(run["tool"] as? [String: Any])
    let driver = try #require(tool["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]]).compactMap { $0["id"] as? String }
    #expect(Set(rules).count == rules.count)
    for finding in try #require(run["results"] as? [[String: Any]]) {
      let index = try #require(finding["ruleIndex"] as? Int)
      #expect(rules[index] == finding["ruleId"] as? String)
    }
  }
}
