import Telemetry
import Testing
import WireFormats

@testable import Collectors

@Suite
struct IdentityTests {
  let scratch = Scratch()
  let output = """
    {"MetricDataResults":[{"Id":"lag","Label":"Some label","Timestamps":[1795424340],"Values":[7]}]}
    """

  @Test(arguments: [
    (
      "eu-west-1__AWS-RDS__Lag__DBClusterIdentifier=orders.json",
      "eu-west-1 AWS/RDS Lag {DBClusterIdentifier=orders}"
    ),
    ("us-gov-east-1/My%2FApp__Lag.out", "us-gov-east-1 My/App Lag"),
    ("dumps/eu-west-1/lag.json", "eu-west-1  Some label"),
    ("get-metric-data.json", " Some label"),
    ("Lag__A=1__B=2__unit=Seconds.json.txt", " Lag {A=1,B=2}"),
  ])
  func aFileNameTellsWhatTheOutputDoesNot(_ name: String, _ metric: String) throws {
    let timeline = try load(scratch.write(output, to: name))
    #expect(timeline.metrics.map(\.description) == [metric])
  }

  @Test
  func theCommandLineGoesBeforeTheFileName() throws {
    let options = try InputOptions(
      region: "us-east-1", namespace: "N", metric: "M", dimensions: "A=1,B=2", unit: "Seconds")
    let path = scratch.write(output, to: "eu-west-1__AWS-RDS__Lag.json")
    let timeline = try load(path, options: options)
    #expect(timeline.metrics.map(\.description) == ["us-east-1 N M {A=1,B=2}"])
    #expect(timeline.metrics[0].unit == "Seconds")
  }

  @Test
  func theQueryFileGoesBeforeEverything() throws {
    let queries = scratch.write(
      """
      {"MetricDataQueries": [{"Id": "lag", "Region": "eu-west-2", "MetricStat": {"Period": 60,
       "Stat": "Sum", "Metric": {"Namespace": "AWS/RDS", "MetricName": "Lag"}}}]}
      """, to: "queries.json")
    let options = try InputOptions(region: "us-east-1", metric: "M", queryFile: queries)
    let timeline = try load(scratch.write(output, to: "a.json"), options: options)
    #expect(timeline.metrics.map(\.description) == ["eu-west-2 AWS/RDS Lag"])
  }

  @Test
  func aFaultyQueryFileIsOneSentence() {
    let path = scratch.write("[{\"Id\": 1}, {\"Id\": \"b\", \"MetricStat\": {}}]", to: "q.json")
    let error = #expect(throws: InputError.self) { try InputOptions(queryFile: path) }
    #expect(error?.kind == .data)
    #expect(error?.description.hasPrefix(path) == true)
  }

  @Test
  func aNameOfACSVFileIsItsMetric() throws {
    let path = scratch.write("timestamp,value\n2026-01-01 00:00:00,1\n", to: "cpu.csv")
    #expect(try load(path).metrics.map(\.name) == ["cpu"])
    let options = try InputOptions(metric: "CPUUtilization")
    #expect(try load(path, options: options).metrics.map(\.name) == ["CPUUtilization"])
  }
}
