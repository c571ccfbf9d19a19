import Testing

/// `meridian query` as a process: what it prints and how it ends.
@Suite
struct QueryCommandTests {
  static let queries = """
    [{"Id": "lag", "MetricStat": {"Metric": {"Namespace": "AWS/RDS", "MetricName": "ReplicaLag",
      "Dimensions": [{"Name": "DBInstanceIdentifier", "Value": "orders"}]}, "Period": 60,
      "Stat": "Maximum"}, "ReturnData": false},
     {"Id": "e1", "Expression": "lag * 1000", "Label": "milliseconds"}]
    """

  @Test
  func `a file of queries is answered as the AWS command line prints it`() throws {
    let program = try CheckProgram(["lag.json": CheckProgram.lag([1, 2]), "q.json": Self.queries])
    let result = try program.run("query", "q.json", "lag.json")
    #expect(result.errors == "")
    #expect(result.status == 0)
    #expect(
      result.output == """
        {
            "MetricDataResults": [
                {
                    "Id": "e1",
                    "Label": "milliseconds",
                    "Timestamps": [
                        "2026-01-01T00:01:00+00:00",
                        "2026-01-01T00:00:00+00:00"
                    ],
                    "Values": [
                        2000.0,
                        1000.0
                    ],
                    "StatusCode": "Complete"
                }
            ],
            "Messages": []
        }

        """)
  }

  @Test
  func `queries may be written on the command line, and the range given`() throws {
    let program = try CheckProgram(["lag.json": CheckProgram.lag([1, 2, 3])])
    let result = try program.run(
      "query", Self.queries, "lag.json", "--start", "2026-01-01T00:01:00Z", "--end",
      "2026-01-01T00:02:00Z")
    #expect(result.status == 0)
    #expect(result.output.contains("2000.0\n"))
    #expect(!result.output.contains("1000.0\n") && !result.output.contains("3000.0"))
  }

  @Test
  func `several regions end with 64 and their names`() throws {
    let program = try CheckProgram([
      "a.json": CheckProgram.lag([1]), "b.json": CheckProgram.lag([2], region: "us-east-1"),
    ])
    let result = try program.run("query", Self.queries, "a.json", "b.json")
    #expect(result.status == 64)
    #expect(result.errors.contains("lag: AWS/RDS ReplicaLag is in eu-west-1, us-east-1"))
    let chosen = try program.run(
      "query", Self.queries, "a.json", "b.json", "--region", "us-east-1")
    #expect(chosen.output.contains("2000.0"))
  }

  @Test(arguments: [
    (#"[{"Id": "e1", "Expression": "RATE(5)"}]"#, "column 1: RATE takes"),
    (#"[{"Id": "e1", "Expression": "m1"}]"#, "column 1: no query has the Id m1"),
    ("[", "QUERIES"),
  ])
  func `a fault ends with 64 on the command line, with 65 in a file`(
    _ row: (queries: String, fault: String)
  ) throws {
    let program = try CheckProgram([
      "lag.json": CheckProgram.lag([1]), "q.json": row.queries,
    ])
    let inline = try program.run("query", row.queries, "lag.json")
    #expect(inline.status == 64)
    #expect(inline.errors.contains(row.fault), "\(inline.errors)")
    let file = try program.run("query", "q.json", "lag.json")
    #expect(file.status == 65)
    #expect(file.errors.contains("q.json"))
    #expect(try program.run("query", "none.json", "lag.json").status == 74)
  }
}
