import Telemetry
import Testing

@testable import Monitoring

/// The expressions of the page "Use dynamic labels".
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/graph-dynamic-labels.html
struct DynamicLabelTests {
  /// Minutes 0, 1 and 3 with the values 4, 12.5 and 2.
  private static func label(_ text: String) throws -> String? {
    let label = #", "Label": "\#(text)""#
    let answer = try MetricDataRequestTests.answer(
      "[\(MetricDataRequestTests.lag(stat: "Maximum", extra: label))]",
      [minutes([4, 12.5, nil, 2])], region: "eu-west-1")
    return answer.results.first?.label
  }

  @Test(arguments: [
    ("${AVG}", "6.166666666666667"), ("${SUM}", "18.5"), ("${DATAPOINT_COUNT}", "3"),
    ("${FIRST}", "4"), ("${LAST}", "2"), ("${MIN}", "2"), ("${MAX}", "12.5"),
    ("${FIRST_TIME}", "2026-01-01T00:00:00+00:00"), ("${MAX_TIME}", "2026-01-01T00:01:00+00:00"),
    ("${MIN_TIME}", "2026-01-01T00:03:00+00:00"), ("${LAST_TIME}", "2026-01-01T00:03:00+00:00"),
    ("${FIRST_LAST_RANGE}", "-2"), ("${FIRST_LAST_TIME_RANGE}", "3m"),
    ("${MIN_MAX_RANGE}", "10.5"), ("${MIN_MAX_TIME_RANGE}", "2m"),
    ("${FIRST_TIME_RELATIVE}", "4m"), ("${MAX_TIME_RELATIVE}", "3m"),
    ("${MIN_TIME_RELATIVE}", "1m"), ("${LAST_TIME_RELATIVE}", "1m"),
    ("${LABEL}", "ReplicaLag"), ("${PROP('MetricName')}", "ReplicaLag"),
    ("${PROP('Namespace')}", "AWS/RDS"), ("${PROP('Period')}", "60"),
    ("${PROP('Stat')}", "Maximum"), ("${PROP('Region')}", "eu-west-1"),
    ("${PROP('Dim.DBInstanceIdentifier')}", "orders"), ("${PROP('Dim.Other')}", "--"),
    ("${PROP('AccountLabel')}", "--"),
    ("[max: ${MAX}, min: ${MIN}] lag", "[max: 12.5, min: 2] lag"),
    ("$ {MAX} ${MAX", "$ {MAX} ${MAX"), ("${NOTHING} $${MIN}", "${NOTHING} $2"), ("", ""),
  ])
  func `an expression tells what it is documented to tell`(label: String, text: String) throws {
    #expect(try Self.label(label) == text)
  }

  @Test
  func `a series without data tells nothing but its properties`() throws {
    let query = MetricDataRequestTests.lag(
      extra: #", "Label": "${MAX} ${LAST_TIME} ${DATAPOINT_COUNT} ${PROP('MetricName')}""#)
    let answer = try MetricDataRequestTests.answer(
      "[\(query)]", [], from: newYear, to: newYear + 60_000)
    #expect(answer.results.first?.label == "-- -- 0 ReplicaLag")
  }

  /// The page's own example, with the labels that a search gives here.
  @Test(arguments: [
    ("max: ${MAX} of ${LABEL}", ["max: 1 of a Lag", "max: 7 of b Lag"]),
    ("${PROP('Dim.Cluster')}", ["a", "b"]), ("[${MAX}]", ["[1] a Lag", "[7] b Lag"]),
    ("lag", ["lag a Lag", "lag b Lag"]),
  ])
  func `the label of a search is filled in for each series that was found`(
    label: String, found: [String]
  ) throws {
    var batch = Batch()
    for (index, (cluster, value)) in [("a", 1.0), ("b", 7.0)].enumerated() {
      batch.metrics.append(
        MetricID(
          region: "eu-west-1", namespace: "Orders", name: "Lag",
          dimensions: [Dimension(name: "Cluster", value: cluster)]))
      batch.samples.append(
        Sample(
          metric: Int32(index), time: newYear, arrival: newYear, statistics: StatisticSet(value)))
    }
    let answer = try MetricDataRequestTests.answer(
      #"[{"Id": "s", "Label": "\#(label)", "Expression": "ABS(SEARCH('{Orders,Cluster} Lag', 'Maximum', 60)) * 1"}]"#,
      [batch])
    #expect(answer.results.map(\.label) == found)
  }
}
