import Documents
import Telemetry
import Testing

@testable import Monitoring

/// GetMetricData over local samples: spec "query".
@Suite
struct MetricDataRequestTests {
  static func answer(
    _ queries: String, _ batches: [Batch], region: String? = nil, from start: Timestamp? = nil,
    to end: Timestamp? = nil
  ) throws -> MetricDataAnswer {
    let node = try Node.json(Array(queries.utf8), file: "q.json")
    var request = MetricDataRequest(program: try MetricMathProgram.parse(node), region: region)
    for batch in batches { request.take(batch) }
    return try request.answer(from: start, to: end)
  }

  /// `lag 3:7 1:5`: minutes after `newYear` with their values, newest first.
  static func told(_ answer: MetricDataAnswer) -> [String] {
    answer.results.map { result in
      let points = zip(result.timestamps, result.values).map { time, value in
        " \((time - newYear) / 60_000):\(value)"
      }
      return "\(result.id) \(result.label)" + points.joined()
    }
  }

  static func lag(
    _ id: String = "lag", period: Int = 60, stat: String = "Average", extra: String = ""
  ) -> String {
    """
    {"Id": "\(id)", "MetricStat": {"Metric": {"Namespace": "AWS/RDS", "MetricName": "ReplicaLag",
      "Dimensions": [{"Name": "DBInstanceIdentifier", "Value": "orders"}]},
      "Period": \(period), "Stat": "\(stat)"}\(extra)}
    """
  }

  @Test
  func `the answer is that of the AWS command line, newest first`() throws {
    let answer = try Self.answer("[\(Self.lag())]", [minutes([12, nil, 15.5])])
    #expect(
      answer.json == """
        {
            "MetricDataResults": [
                {
                    "Id": "lag",
                    "Label": "ReplicaLag",
                    "Timestamps": [
                        "2026-01-01T00:02:00+00:00",
                        "2026-01-01T00:00:00+00:00"
                    ],
                    "Values": [
                        15.5,
                        12.0
                    ],
                    "StatusCode": "Complete"
                }
            ],
            "Messages": []
        }

        """)
  }

  @Test
  func `periods are aligned to the epoch`() throws {
    let batch = minutes([1, 2, 3, 4, 5, 6], from: 3)
    let answer = try Self.answer("[\(Self.lag(period: 300, stat: "Sum"))]", [batch])
    #expect(Self.told(answer) == ["lag ReplicaLag 5:18.0 0:3.0"])
  }

  @Test
  func `a period belongs to the range in which it begins; the end is not part of it`() throws {
    let batch = minutes([1, 2, 3, 4, 5])
    let answer = try Self.answer(
      "[\(Self.lag())]", [batch], from: after(minutes: 1) + 30_000, to: after(minutes: 3))
    #expect(Self.told(answer) == ["lag ReplicaLag 2:3.0 1:2.0"])
  }

  @Test
  func `labels default to the metric's name or the Id, and go before those of an array`() throws {
    let answer = try Self.answer(
      """
      [\(Self.lag("m1")), \(Self.lag("m2", extra: #", "Label": "replica", "ReturnData": false"#)),
       {"Id": "e1", "Expression": "m1 + m2"},
       {"Id": "e2", "Expression": "METRICS() * 2", "Label": "twice"},
       {"Id": "e3", "Expression": "SLICE(METRICS(), 1)"}]
      """, [minutes([1])])
    #expect(
      Self.told(answer) == [
        "m1 ReplicaLag 0:1.0", "e1 e1 0:2.0", "e2 twice ReplicaLag 0:2.0",
        "e2 twice replica 0:2.0", "e3 replica 0:1.0",
      ])
  }

  @Test
  func `an expression on no metric has a value in every slot of the metrics beside it`() throws {
    let answer = try Self.answer(
      """
      [\(Self.lag("m1", extra: #", "ReturnData": false"#)),
       {"Id": "e1", "Expression": "TIME_SERIES(5)"},
       {"Id": "e2", "Expression": "TIME_SERIES(6)", "Period": 120}]
      """, [minutes([1, nil, 3, nil, 5])])
    #expect(
      Self.told(answer) == [
        "e1 e1 4:5.0 3:5.0 2:5.0 1:5.0 0:5.0", "e2 e2 4:6.0 2:6.0 0:6.0",
      ])
  }

  @Test
  func `mixed periods are computed at the largest, and the answer says so`() throws {
    let answer = try Self.answer(
      """
      [\(Self.lag("m1", stat: "Sum")), \(Self.lag("m5", period: 300, stat: "Sum")),
       {"Id": "e1", "Expression": "m1 / m5"}, {"Id": "e2", "Expression": "m1 * PERIOD(m1)"}]
      """, [minutes([1, 2, 3, 4, 5, 6])])
    #expect(
      Self.told(answer) == [
        "m1 ReplicaLag 5:6.0 4:5.0 3:4.0 2:3.0 1:2.0 0:1.0", "m5 ReplicaLag 5:6.0 0:15.0",
        "e1 e1 5:1.0 0:1.0", "e2 e2 5:360.0 4:300.0 3:240.0 2:180.0 1:120.0 0:60.0",
      ])
    #expect(answer.messages.map(\.code) == ["MixedPeriods"])
    #expect(
      answer.messages.first?.value.contains("e1: metrics with periods of 60 s, 300 s") == true)
  }

  @Test
  func `several regions are an error that names them, until one is chosen`() throws {
    let batches = ["us-east-1", "eu-west-1"].map { region in
      minutes([region == "us-east-1" ? 1 : 2], of: lagMetric(region: region))
    }
    let fault = #expect(throws: MetricDataFault.self) {
      try Self.answer("[\(Self.lag())]", batches)
    }
    #expect(
      fault?.description
        == "lag: AWS/RDS ReplicaLag is in eu-west-1, us-east-1: say which with --region or the key "
        + "Region")
    #expect(
      Self.told(try Self.answer("[\(Self.lag())]", batches, region: "eu-west-1")) == [
        "lag ReplicaLag 0:2.0"
      ])
    #expect(
      Self.told(
        try Self.answer(
          "[\(Self.lag(extra: #", "Region": "us-east-1""#))]", batches, region: "eu-west-1"))
        == ["lag ReplicaLag 0:1.0"])
  }

  /// Section 4: 60000 ms and 60 s give 60000.
  @Test
  func `of two units the first in alphabetical order is taken, with a message`() throws {
    let batches = [
      minutes([60], of: lagMetric(unit: "Seconds")),
      minutes([60_000], of: lagMetric(unit: "Milliseconds")),
    ]
    let answer = try Self.answer("[\(Self.lag())]", batches)
    #expect(Self.told(answer) == ["lag ReplicaLag 0:60000.0"])
    #expect(answer.messages.map(\.code) == ["MultipleUnits"])
  }

  @Test
  func `percentiles are computed from the samples of the whole period`() throws {
    var batch = minutes((1...10).map(Double.init))
    batch.append(
      try #require(ValueCounts(values: [11, 12], counts: [5, 85])), metric: 0,
      time: after(minutes: 3), arrival: after(minutes: 3))
    let answer = try Self.answer(
      "[\(Self.lag("a", period: 600, stat: "p15")), \(Self.lag("b", period: 600, stat: "tc50"))]",
      [batch])
    #expect(Self.told(answer) == ["a ReplicaLag 0:11.0", "b ReplicaLag 0:50.0"])
  }

  @Test
  func `a metric without data has an empty result`() throws {
    let answer = try Self.answer("[\(Self.lag())]", [])
    #expect(Self.told(answer) == ["lag ReplicaLag"])
    #expect(answer.json.contains(#""Timestamps": [],"#))
  }

  @Test
  func `a range of too many periods is refused`() {
    #expect(throws: MetricDataFault.tooLong(periodSeconds: 60)) {
      try Self.answer(
        "[\(Self.lag())]", [minutes([1])], from: Timestamp(seconds: 0), to: newYear)
    }
  }
}
