import Documents
import Telemetry
import Testing

@testable import Monitoring

@Suite
struct AlarmParsingTests {
  @Test
  func `what describe-alarms prints is read, metric and composite alarms`() throws {
    let (definitions, faults) = try parse(
      """
      {"MetricAlarms": [{"AlarmName": "orders-lag",
        "AlarmArn": "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:orders-lag",
        "AlarmDescription": "replica lag", "AlarmConfigurationUpdatedTimestamp": 1795337999.5,
        "ActionsEnabled": true, "OKActions": [], "InsufficientDataActions": [],
        "AlarmActions": ["arn:aws:sns:eu-west-1:111122223333:ops"], "StateValue": "ALARM",
        "StateReason": "x", "StateReasonData": "{}", "StateUpdatedTimestamp": 1795424400.25,
        "MetricName": "AuroraGlobalDBReplicationLag", "Namespace": "AWS/RDS",
        "Statistic": "Average", "Dimensions": [{"Name": "DBClusterIdentifier", "Value": "orders"}],
        "Period": 60, "EvaluationPeriods": 3, "DatapointsToAlarm": 2, "Threshold": 10.0,
        "ComparisonOperator": "GreaterThanThreshold", "TreatMissingData": "breaching",
        "Tags": [{"Key": "severity", "Value": "warning"}],
        "StateTransitionedTimestamp": 1795424400.25}],
       "CompositeAlarms": [{"AlarmName": "orders-down", "AlarmRule": "ALARM(\\"orders-lag\\")"}]}
      """)
    let alarm = try #require(definitions.first)
    #expect(definitions.map(\.name) == ["orders-lag", "orders-down"])
    #expect(definitions.last?.composite?.expression.children == [AlarmReference("orders-lag")])
    #expect(alarm.name == "orders-lag" && alarm.region == "eu-west-1")
    #expect(alarm.account == "111122223333" && alarm.description == "replica lag")
    #expect(alarm.dimensions == [Dimension(name: "DBClusterIdentifier", value: "orders")])
    #expect(alarm.periodSeconds == 60 && alarm.evaluationPeriods == 3)
    #expect(alarm.datapointsToAlarm == 2 && alarm.threshold == 10)
    #expect(alarm.treatMissingData == .breaching && alarm.statistic == .average)
    #expect(alarm.alarmActions == ["arn:aws:sns:eu-west-1:111122223333:ops"])
    #expect(alarm.severity == .warning)
    #expect(faults.isEmpty)
  }

  @Test
  func `a bare list, dimensions as a mapping and numbers as strings are legal`() throws {
    let (definitions, faults) = try parse(
      "["
        + alarm([
          "Period": "\"300\"", "Threshold": "\"1e3\"", "Dimensions": "{\"b\": \"2\", \"a\": 1}",
        ])
        + "]")
    #expect(faults.isEmpty)
    #expect(definitions.first?.periodSeconds == 300 && definitions.first?.threshold == 1000)
    #expect(
      definitions.first?.dimensions == [
        Dimension(name: "a", value: "1"), Dimension(name: "b", value: "2"),
      ])
  }

  @Test
  func `the key Region comes before the region of the ARN`() throws {
    let arn = "\"arn:aws:cloudwatch:us-east-1:111122223333:alarm:a\""
    let (definitions, _) = try parse(
      "[\(alarm(["AlarmArn": arn, "Region": "\"eu-west-1\""])), \(alarm(["AlarmName": "\"b\"", "AlarmArn": arn])), \(alarm(["AlarmName": "\"c\""]))]"
    )
    #expect(definitions.map(\.region) == ["eu-west-1", "us-east-1", nil])
  }

  @Test
  func `alarms on AWS slash DynamoDB ignore missing data unless they say otherwise`() throws {
    let table = "\"AWS/DynamoDB\""
    let (definitions, _) = try parse(
      "[\(alarm(["Namespace": table])), \(alarm(["AlarmName": "\"b\"", "Namespace": table, "TreatMissingData": "\"missing\""])), \(alarm(["AlarmName": "\"c\""]))]"
    )
    #expect(definitions.map(\.treatMissingData) == [.ignore, .missing, .missing])
  }

  /// Key, value, and what the fault says after the place.
  @Test(arguments: [
    ("Period", "45", "'45' is not accepted: Period must be 10, 20, 30 or a multiple of 60"),
    ("Period", "0", "'0' is not accepted: Period must be 10, 20, 30 or a multiple of 60"),
    ("Period", "1.5", "'1.5' is not a whole number"),
    ("EvaluationPeriods", "0", "'0' is not a whole number of at least 1"),
    (
      "EvaluationPeriods", "1441",
      "'1441' is not accepted: Metrics cannot be checked across more than a day (EvaluationPeriods * "
        + "Period must be <= 86400) for alarms using period < 3600"
    ),
    ("DatapointsToAlarm", "4", "'4' is not at most EvaluationPeriods, which is 3"),
    ("DatapointsToAlarm", "0", "'0' is not a whole number of at least 1"),
    ("Threshold", "\"high\"", "'high' is not a number"),
    ("Threshold", "null", "missing the key Threshold"),
    ("MetricName", "null", "missing the key MetricName: MetricName must not be null"),
    (
      "Dimensions", #"[{"Name": "", "Value": "v"}]"#,
      "'' is not a dimension name of 1 to 255 ASCII characters"
    ),
    (
      "Dimensions", #"[{"Name": "zoné", "Value": "v"}]"#,
      "'zoné' is not a dimension name of 1 to 255 ASCII characters"
    ),
    (
      "Dimensions", #"[{"Name": "zone", "Value": ""}]"#,
      "'' is not a dimension value of 1 to 1024 ASCII characters"
    ),
    (
      "Dimensions", #"[{"Name": "zone", "Value": "a"}, {"Name": "zone", "Value": "b"}]"#,
      "'zone' is not a new dimension name: each may occur once"
    ),
    ("Namespace", "\":x\"", "':x' is not a namespace that does not start with a colon"),
    (
      "TreatMissingData", "\"ok\"",
      "'ok' is not accepted: The value ok is not supported for TreatMissingData parameter. Supported "
        + "values are [breaching, notBreaching, ignore, missing]."
    ),
    (
      "Statistic", "\"p99\"",
      "'p99' is not one of SampleCount, Average, Sum, Minimum, Maximum"
    ),
    (
      "ComparisonOperator", "\"GreaterThan\"",
      "'GreaterThan' is not one of GreaterThanOrEqualToThreshold, GreaterThanThreshold, "
        + "LessThanThreshold, LessThanOrEqualToThreshold, "
        + "LessThanLowerOrGreaterThanUpperThreshold, LessThanLowerThreshold, "
        + "GreaterThanUpperThreshold"
    ),
    (
      "ComparisonOperator", "\"GreaterThanUpperThreshold\"",
      "'GreaterThanUpperThreshold' is not allowed without ThresholdMetricId: it needs an anomaly detection "
        + "band"
    ),
    (
      "ExtendedStatistic", "\"p99\"",
      "'p99' is not allowed beside Statistic: an alarm has one of the two"
    ),
    (
      "EvaluationCriteria", "{}",
      "'EvaluationCriteria' is not evaluated in this version (PromQL alarm)"
    ),
    ("AlarmActions", "\"arn\"", "'arn' is not a list"),
    ("ActionsEnabled", "\"maybe\"", "'maybe' is not true or false"),
    ("AlarmArn", "\"orders\"", "'orders' is not an alarm's ARN"),
    ("EvaluationInterval", "60", "'60' is not allowed without EvaluationCriteria"),
    (
      "EvaluationWindow", "{\"WallClockWindow\": {\"Timezone\": \"Mars/Olympus\"}}",
      "'Mars/Olympus' is not a time zone such as Europe/Berlin, +05:30 or UTC-08:00"
    ),
    (
      "EvaluationWindow", "{\"WallClockWindow\": {\"Timezone\": \"+01:03\"}}",
      "'+01:03' is not a time zone whose offset is a multiple of 5 minutes"
    ),
    (
      "WarmUpConfiguration", "{\"WarmUpPeriodDurationInMinutes\": 2881}",
      "'2881' is not 1 to 2880 minutes"
    ),
  ])
  func `a faulty definition is left out and its fault says why`(
    key: String, value: String, says: String
  ) throws {
    let (definitions, faults) = try parse(
      "[\(alarm([key: value])), \(alarm(["AlarmName": "\"b\""]))]")
    #expect(definitions.map(\.name) == ["b"])
    let fault = try #require(faults.first?.description)
    #expect(faults.count == 1 && fault.hasPrefix("alarms.json:1: [0].\(key)"))
    #expect(fault.hasSuffix(": \(says) (alarm a is left out)"))
  }

  @Test
  func `a name is defined once per region, whatever file it stands in`() throws {
    let one = try Node.json(
      Array("[\(alarm(["Region": "\"a\""])), \(alarm(["Region": "\"b\""]))]".utf8), file: "1.json")
    let two = try Node.json(
      Array("[\(alarm(["Region": "\"b\""])), \(alarm([:]))]".utf8), file: "2.json")
    let (definitions, faults) = AlarmDefinition.parse([one, two])
    #expect(definitions.map(\.region) == ["a", "b"])
    #expect(
      faults.map(\.description) == [
        "2.json:1: [0].AlarmName: 'a' is not a new name: an alarm of this name is defined already in b",
        "2.json:1: [1].AlarmName: 'a' is not a new name: an alarm of this name is defined already",
      ])
  }

  @Test
  func `an unknown key is a fault and does not cost the alarm`() throws {
    let (definitions, faults) = try parse("[\(alarm(["DatapointsToAlrm": "2"]))]")
    #expect(definitions.count == 1)
    #expect(faults.first?.description.contains("'DatapointsToAlrm' is not one of the keys") == true)
  }

  @Test(arguments: [
    ("3", "alarms.json:1: '3' is not a list of alarms or a mapping with MetricAlarms"),
    (
      "{\"Alarms\": []}",
      "alarms.json:1: missing the key MetricAlarms, CompositeAlarms or AlarmMuteRules"
    ),
    ("{\"MetricAlarms\": 3}", "alarms.json:1: MetricAlarms: '3' is not a list of alarms or rules"),
    ("[3]", "alarms.json:1: [0]: '3' is not a mapping"),
  ])
  func `a document that is no alarms is a fault`(text: String, says: String) throws {
    let (definitions, faults) = try parse(text)
    #expect(definitions.isEmpty)
    #expect(faults.map(\.description) == [says])
  }

  private func parse(_ text: String) throws -> (definitions: [AlarmDefinition], faults: [Fault]) {
    AlarmDefinition.parse(try Node.json(Array(text.utf8), file: "alarms.json"))
  }

  /// A sound alarm `a` with some keys replaced (JSON texts).
  private func alarm(_ changes: [String: String]) -> String {
    var keys = [
      "AlarmName": "\"a\"", "Namespace": "\"N\"", "MetricName": "\"m\"", "Statistic": "\"Sum\"",
      "Period": "60", "EvaluationPeriods": "3", "Threshold": "1",
      "ComparisonOperator": "\"GreaterThanThreshold\"",
    ]
    keys.merge(changes) { $1 }
    return "{"
      + keys.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ")
      + "}"
  }
}
