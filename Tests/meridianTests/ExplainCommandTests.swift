import Foundation
import Testing

/// `meridian explain`: what is told about one alarm at one instant.
@Suite
struct ExplainCommandTests {
  private func explain(_ values: [Double], _ arguments: String...) throws -> CheckProgram.Result {
    let program = try CheckProgram([
      "lag.json": CheckProgram.lag(values), "meridian.yaml": CheckProgram.lagAlarm(),
    ])
    return try program.run(["explain", "orders-lag", "lag.json"] + arguments)
  }

  @Test
  func `the report says what was seen, what follows and what would change it`() throws {
    let result = try explain([1, 2, 9])
    #expect(
      result.output == """
        orders-lag in eu-west-1 is ALARM, since 2026-01-01T00:03:00Z

        What it watches
          ALARM when 1 of the last 1 period of 1m is greater than 5.0: Average of AWS/RDS ReplicaLag \
        {DBInstanceIdentifier=orders}
          periods without data count for nothing; with no data at all: INSUFFICIENT_DATA

        What it saw at 2026-01-01T00:03:00Z
          6 periods looked at, newest first, so that late data still count; 1 datapoint judged
          2026-01-01 00:02:00 to 00:03:00         9.0  breaching, judged: 1 sample
          2026-01-01 00:01:00 to 00:02:00         2.0  good, not needed
          2026-01-01 00:00:00 to 00:01:00         1.0  good, not needed
          2025-12-31 23:59:00 to 00:00:00          --  missing
          2025-12-31 23:58:00 to 23:59:00          --  missing
          2025-12-31 23:57:00 to 23:58:00          --  missing

        What follows
          ALARM: 1 of the 1 newest real datapoints breach, 1 of 1 needed; how missing data is \
        treated plays no part

        What would change it
          if only breaching datapoints arrive: it stays ALARM
          if only good datapoints arrive: OK at 2026-01-01T00:04:00Z, after 1 datapoint
          if nothing arrives: INSUFFICIENT_DATA at 2026-01-01T00:09:00Z
          silence is noticed 7m after the last datapoint: INSUFFICIENT_DATA

        CloudWatch's own words for the last change
          Threshold Crossed: 1 datapoint [9.0 (01/01/26 00:02:00)] was greater than the threshold (5.0).

        """)
    #expect(result.status == 0)
  }

  @Test
  func `what the report foresees comes true`() throws {
    let program = try CheckProgram([
      "lag.json": CheckProgram.lag([1, 2, 9]), "meridian.yaml": CheckProgram.lagAlarm(),
    ])
    for (time, state) in [("00:08:00", "ALARM"), ("00:09:00", "INSUFFICIENT_DATA")] {
      let result = try program.run(
        "explain", "orders-lag", "lag.json", "--at", "2026-01-01T\(time)Z", "--format", "json")
      let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
      let first = try #require((object as? [[String: Any]])?.first)
      #expect(first["state"] as? String == state)
      #expect((first["slots"] as? [[String: Any]])?.count == 6)
    }
  }

  @Test
  func `silence is told with the time of the newest data`() throws {
    let silent = try explain([1, 2, 9], "--at", "2026-01-01T01:00:00Z")
    #expect(
      silent.output.contains("\n  the newest data is of 2026-01-01T00:02:00Z, 58m before\n"))
    let early = try explain([1, 2, 9], "--at", "2025-12-31T23:00:00Z")
    #expect(early.output.contains("\n  no data at all: nothing with this name"))
  }

  @Test
  func `an alarm on metric math is told with its expression, its metrics and long values`() throws {
    let program = try CheckProgram([
      "lag.json": CheckProgram.lag([1, 2, 9]),
      "alarms.yaml": """
      MetricAlarms:
        - AlarmName: third
          Region: eu-west-1
          EvaluationPeriods: 1
          Threshold: 5
          ComparisonOperator: GreaterThanThreshold
          Metrics:
            - {Id: e1, Expression: m1 / 7}
            - Id: m1
              ReturnData: false
              MetricStat:
                Metric:
                  Namespace: AWS/RDS
                  MetricName: ReplicaLag
                  Dimensions: [{Name: DBInstanceIdentifier, Value: orders}]
                Period: 60
                Stat: Average
      """,
    ])
    let result = try program.run("explain", "third", "lag.json", "--alarms", "alarms.yaml")
    #expect(
      result.output.contains(
        """
          ALARM when 1 of the last 1 period of 1m is greater than 5.0: e1 = m1 / 7
            m1 = Average of AWS/RDS ReplicaLag {DBInstanceIdentifier=orders}
        """))
    #expect(result.output.contains("00:02:00 to 00:03:00   1.2857142857142858  good, judged: "))
  }

  @Test
  func `a table of bare values is what the alarms are about, and that is said`() throws {
    let program = try CheckProgram([
      "cpu.csv": "timestamp,value\n2026-01-01 00:00:00,50\n2026-01-01 00:01:00,90\n",
      "meridian.yaml": """
      MetricAlarms:
        - {AlarmName: cpu-high, Namespace: AWS/EC2, MetricName: CPUUtilization, Period: 60,
           Statistic: Average, EvaluationPeriods: 1, Threshold: 80,
           ComparisonOperator: GreaterThanThreshold}
      """,
    ])
    let explained = try program.run("explain", "cpu-high", "cpu.csv")
    #expect(explained.output.contains("is greater than 80.0: Average of cpu\n"))
    #expect(
      explained.errors
        == "meridian: alarm cpu-high: taken to be about cpu, which names no namespace\n")
    let checked = try program.run("check", "cpu.csv", "--no-state", "--format", "json")
    #expect(checked.output.contains("\"state\":\"ALARM\""))
    #expect(checked.status == 2)
  }

  @Test
  func `an alarm that does not exist is named with those that do`() throws {
    let program = try CheckProgram([
      "lag.json": CheckProgram.lag([1]), "meridian.yaml": CheckProgram.lagAlarm(),
    ])
    let result = try program.run("explain", "lag", "lag.json")
    #expect(result.errors == "meridian: there is no alarm 'lag'; there is orders-lag\n")
    #expect(result.status == 64)
  }
}

extension ExplainCommandTests {
  @Test
  func `a composite alarm is explained by its children and what would turn it`() throws {
    let composite = """
      CompositeAlarms:
        - {AlarmName: both, AlarmRule: ALARM(orders-lag) AND NOT OK(orders-lag)}
      """
    let program = try CheckProgram([
      "lag.json": CheckProgram.lag([1, 2, 9]),
      "meridian.yaml": CheckProgram.lagAlarm(more: composite),
    ])
    let result = try program.run("explain", "both", "lag.json")
    #expect(result.output.hasPrefix("both is ALARM"))
    #expect(result.output.contains("\n  orders-lag is ALARM, since 2026-01-01T00:03:00Z\n"))
    #expect(result.output.contains("\n  if orders-lag becomes OK: OK\n"))
  }
}
