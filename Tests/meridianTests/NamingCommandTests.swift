import Testing

/// `naming:` of a configuration holds in every command that reads sources.
@Suite
struct NamingCommandTests {
  /// A label `dc` holds the region, `team` the namespace, and `pod` is nothing.
  private static let configuration = """
    naming: {regionLabels: [dc], namespaceLabels: [team], droppedLabels: [pod]}
    MetricAlarms:
      - {AlarmName: lag, Namespace: Orders, MetricName: replica_lag, Region: eu-west-1, Statistic: Maximum,
         Period: 60, EvaluationPeriods: 1, Threshold: 5, ComparisonOperator: GreaterThanThreshold,
         Dimensions: [{Name: host, Value: a}]}

    """

  private static let page = (0..<5).map { minute in
    #"replica_lag{dc="eu-west-1",team="Orders",pod="p-\#(minute)",host="a"} "#
      + "\(minute * 3) \(1_767_225_600_000 + minute * 60_000)\n"
  }.joined()

  private func run(_ arguments: String...) throws -> String {
    let program = try CheckProgram([
      "meridian.yaml": Self.configuration, "page.prom": Self.page, "q.json": Self.queries,
    ])
    let result = try program.run(arguments)
    #expect(result.errors == "")
    return result.output
  }

  private static let queries = """
    [{"Id": "m", "MetricStat": {"Metric": {"Namespace": "Orders", "MetricName": "replica_lag",
      "Dimensions": [{"Name": "host", "Value": "a"}]}, "Period": 300, "Stat": "Maximum"}}]
    """

  @Test
  func `convert writes the names that the rules give`() throws {
    let lines = try run("convert", "page.prom", "-o", "-", "--output-format", "metric-stream-json")
      .split(separator: "\n")
    #expect(lines.count == 5)
    for line in lines {
      #expect(line.contains(#""region":"eu-west-1""#) && line.contains(#""namespace":"Orders""#))
      #expect(line.contains(#""dimensions":{"host":"a"}"#), "\(line)")
    }
  }

  @Test
  func `query finds the metric by the names that the rules give`() throws {
    let output = try run("query", "q.json", "page.prom", "--region", "eu-west-1")
    #expect(output.contains("12.0"), "\(output)")
  }

  @Test
  func `an alarm on the names that the rules give is backtested`() throws {
    let output = try run("backtest", "page.prom", "--format", "csv")
    // The alarm, its variant, one series, one firing.
    #expect(output.contains("\nlag,,1,1,"), "\(output)")
  }

  @Test
  func `doctor tells the regions that the rules find`() throws {
    let output = try run("doctor", "page.prom")
    #expect(output.contains("regions in it  eu-west-1\n"), "\(output)")
  }
}
