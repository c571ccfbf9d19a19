import Documents

/// The definitions of 1,000 alarms, as `aws cloudwatch describe-alarms` prints them.
func measureDocuments() {
  let alarm = """
    {"AlarmName": "orders-lag", "AlarmArn": "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:orders",
    "AlarmDescription": "replica lag", "AlarmConfigurationUpdatedTimestamp": 1795337999.5,
    "ActionsEnabled": true, "OKActions": [],
    "AlarmActions": ["arn:aws:sns:eu-west-1:111122223333:ops"], "InsufficientDataActions": [],
    "StateValue": "OK", "StateReason": "Unchecked: Initial alarm creation",
    "StateUpdatedTimestamp": 1795424400.25, "MetricName": "ReplicaLag", "Namespace": "AWS/RDS",
    "Statistic": "Average", "Dimensions": [{"Name": "DBInstanceIdentifier", "Value": "orders"}],
    "Period": 60, "EvaluationPeriods": 3, "DatapointsToAlarm": 2, "Threshold": 10.0,
    "ComparisonOperator": "GreaterThanThreshold", "TreatMissingData": "breaching"}
    """
  let text =
    "{\"MetricAlarms\": [" + Array(repeating: alarm, count: 1000).joined(separator: ",")
    + "]}"
  let bytes = Array(text.utf8)
  let seconds = medianSeconds {
    guard (try? Node.json(bytes, file: "alarms.json"))?["MetricAlarms"] != nil else {
      fatalError("the definitions do not parse")
    }
  }
  printFigure("documents: 1,000 alarms read in", seconds * 1000, "ms")
  printFigure("documents: speed", Double(bytes.count) / seconds / 1e6, "MB/s")
}
