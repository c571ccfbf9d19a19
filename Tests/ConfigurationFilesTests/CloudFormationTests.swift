import ConfigurationFiles
import Documents
import Monitoring
import Telemetry
import Testing

/// CloudFormation templates with alarms.
@Suite
struct CloudFormationTests {
  private func read(
    _ text: String, _ parameters: CloudFormationTemplate.Parameters = .init(),
    file: String = "infra/shop.cfn.yaml"
  ) throws -> (alarms: AlarmCollection, faults: [String]) {
    var files = AlarmFiles(parameters: parameters)
    files.add(document: try Node.document(Array(text.utf8), file: file))
    let (collection, faults) = files.collection
    return (collection, faults.map(\.description))
  }

  /// A template like those that users have: a metric alarm on a parameter, a composite alarm over it.
  private static let sample = """
    AWSTemplateFormatVersion: "2010-09-09"
    Parameters:
      Database: {Type: String, Default: payments}
      Stage: {Type: String, Default: prod}
    Conditions:
      IsProduction: !Equals [!Ref Stage, prod]
    Mappings:
      Limits:
        prod: {Lag: 1000}
        test: {Lag: 9000}
    Resources:
      Pager: {Type: AWS::SNS::Topic}
      Lag:
        Type: AWS::CloudWatch::Alarm
        Properties:
          AlarmName: !Sub "${AWS::Region}-${Database}-${Stage}"
          Namespace: AWS/RDS
          MetricName: AuroraGlobalDBReplicationLag
          Dimensions: [{Name: DBClusterIdentifier, Value: !Ref Database}]
          Statistic: Maximum
          Period: "60"
          EvaluationPeriods: 3
          Threshold: !FindInMap [Limits, !Ref Stage, Lag]
          ComparisonOperator: GreaterThanThreshold
          TreatMissingData: !If [IsProduction, breaching, !Ref "AWS::NoValue"]
          AlarmActions: [!Ref Pager]
          Tags: [{Key: severity, Value: !Select [1, !Split [":", "level:warning"]]}]
      Errors:
        Type: AWS::CloudWatch::Alarm
        Properties: {Namespace: Shop, MetricName: Errors, Statistic: Sum, Period: 60,
          EvaluationPeriods: 1, Threshold: 5, ComparisonOperator: GreaterThanThreshold}
      Down:
        Type: AWS::CloudWatch::CompositeAlarm
        Properties:
          AlarmName: !Join ["-", [!Ref Database, down]]
          AlarmRule: !Sub 'ALARM("${Lag}") AND NOT ALARM("${Errors.Arn}")'
          AlarmActions: [!Ref Pager]
          ActionsSuppressor: !GetAtt Errors.Arn
          ActionsSuppressorWaitPeriod: 60
          ActionsSuppressorExtensionPeriod: 90
      Night:
        Type: AWS::CloudWatch::AlarmMuteRule
        Properties:
          Name: night
          Rule: {Schedule: {Expression: cron(0 2 * * *), Duration: PT1H}}
          MuteTargets: {AlarmNames: [!Ref Lag]}
      OnlyInTest:
        Type: AWS::CloudWatch::Alarm
        Condition: IsTest
        Properties: {}
    """

  @Test
  func `alarms, composite alarms and mute rules are read with their functions resolved`() throws {
    let text = Self.sample.replacing(
      "Conditions:\n", with: "Conditions:\n  IsTest: !Not [!Condition IsProduction]\n")
    let (collection, faults) = try read(text)
    #expect(faults.isEmpty)
    #expect(
      collection.alarms.map(\.name) == ["us-east-1-payments-prod", "Errors", "payments-down"])
    let lag = try #require(collection.alarms.first)
    #expect(lag.dimensions == [Dimension(name: "DBClusterIdentifier", value: "payments")])
    #expect(lag.threshold == 1000 && lag.periodSeconds == 60)
    #expect(lag.treatMissingData == .breaching && lag.severity == .warning)
    #expect(lag.alarmActions == ["Pager"] && lag.region == nil)
    let down = try #require(collection.alarms.last?.composite)
    #expect(down.rule == "ALARM(\"us-east-1-payments-prod\") AND NOT ALARM(\"Errors\")")
    #expect(down.suppressor == AlarmReference("Errors"))
    #expect(down.waitPeriodSeconds == 60 && down.extensionPeriodSeconds == 90)
    #expect(collection.muteRules.map(\.alarmNames) == [["us-east-1-payments-prod"]])
  }

  @Test
  func `a region and parameters may be given`() throws {
    var parameters = CloudFormationTemplate.Parameters()
    parameters.region = "eu-west-1"
    parameters.values["Stage"] = Node(.string("test"))
    let text = Self.sample.replacing(
      "Conditions:\n", with: "Conditions:\n  IsTest: !Condition IsProduction\n")
    let (collection, faults) = try read(text, parameters)
    #expect(faults.isEmpty)
    #expect(collection.alarms.first?.name == "eu-west-1-payments-test")
    #expect(collection.alarms.first?.threshold == 9000)
    #expect(collection.alarms.first?.treatMissingData == .missing)
  }

  @Test
  func `the same in JSON's long forms`() throws {
    let (collection, faults) = try read(
      """
      {"Parameters": {"P": {"Type": "CommaDelimitedList", "Default": "a, b"}},
       "Conditions": {"C": {"Fn::Or": [{"Fn::Equals": ["x", "y"]}, {"Fn::And": [{"Fn::Not": [{"Fn::Equals": [1, 2]}]}, {"Fn::Equals": [1, "1"]}]}]}},
       "Resources": {"A": {"Type": "AWS::CloudWatch::Alarm", "Condition": "C", "Properties": {
         "AlarmName": {"Fn::Join": ["", [{"Fn::Select": ["1", {"Ref": "P"}]}, "-", {"Ref": "AWS::StackName"}, {"Fn::Sub": ["-${v}-${!v}", {"v": {"Fn::If": ["C", "yes", "no"]}}]}]]},
         "Namespace": "N", "MetricName": {"Fn::GetAtt": ["Q", "QueueName"]}, "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 1,
         "Threshold": "5", "ComparisonOperator": "GreaterThanThreshold"}},
        "Q": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "jobs"}}}}
      """, file: "infra/shop.json")
    #expect(faults.isEmpty)
    #expect(collection.alarms.map(\.name) == ["b-shop-yes-${v}"])
    #expect(collection.alarms.first?.metricName == "jobs")
  }

  /// Each change to a sound alarm, what is said about it, and whether the alarm is still there.
  @Test(arguments: [
    (
      "MetricName: !Ref Nowhere",
      "'Nowhere' is not a parameter or resource of this template (A is left out)", false
    ),
    (
      "MetricName: !Ref NoDefault",
      "'NoDefault' is not a parameter with a default, or given under templateParameters (A is left out)",
      false
    ),
    (
      "MetricName: !Ref Topic",
      "'Topic' is not a resource whose name this template tells (A is left out)", false
    ),
    (
      "MetricName: !GetAtt Topic.TopicArn",
      "'Topic.TopicArn' is not an attribute that this template tells (A is left out)", false
    ),
    (
      "MetricName: !ImportValue shared",
      "'Fn::ImportValue' is not resolved here (Fn::ImportValue) (A is left out)", false
    ),
    (
      "MetricName: !FindInMap [M, a, b]",
      "'M.a.b' is not an entry of this template's Mappings (A is left out)", false
    ),
    (
      "MetricName: !Select [2, [a, b]]",
      "'2' is not an index of a list of 2 values (A is left out)", false
    ),
    (
      "MetricName: !If [Nothing, a, b]",
      "'Nothing' is not a condition of this template (A is left out)", false
    ),
    (
      "AlarmActions: [!Ref NoDefault]",
      "'NoDefault' is not a parameter with a default, or given under templateParameters", true
    ),
    (
      "AlarmDescription: !ImportValue shared",
      "'Fn::ImportValue' is not resolved here (Fn::ImportValue)", true
    ),
  ])
  func `what cannot be resolved is named, and the rest loads`(
    line: String, says: String, isKept: Bool
  ) throws {
    let (collection, faults) = try read(
      """
      Parameters:
        NoDefault: {Type: String}
      Resources:
        Topic: {Type: AWS::SNS::Topic}
        A:
          Type: AWS::CloudWatch::Alarm
          Properties:
            \(line)
            Namespace: N
            \(line.hasPrefix("MetricName") ? "Unit: Count" : "MetricName: m")
            Statistic: Sum
            Period: 60
            EvaluationPeriods: 1
            Threshold: 5
            ComparisonOperator: GreaterThanThreshold
        B:
          Type: AWS::CloudWatch::CompositeAlarm
          Properties: {AlarmRule: "TRUE"}
      """)
    #expect(collection.alarms.map(\.name) == (isKept ? ["A", "B"] : ["B"]))
    let fault = try #require(faults.first)
    #expect(faults.count == 1 && fault.hasPrefix("infra/shop.cfn.yaml:8: Resources.A.Properties."))
    #expect(fault.hasSuffix(": " + says))
  }

  @Test
  func `names that name each other in a circle end`() throws {
    let (collection, _) = try read(
      """
      Resources:
        A: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmName: !Ref B, AlarmRule: "TRUE"}}
        B: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmName: !Ref A, AlarmRule: "FALSE"}}
      """)
    #expect(!collection.alarms.isEmpty)
  }

  @Test
  func `a template without alarms is no fault`() throws {
    let (collection, faults) = try read("Resources: {T: {Type: AWS::SNS::Topic}}")
    #expect(collection.alarms.isEmpty && faults.isEmpty)
  }
}
