import Documents
import Testing

@testable import Simulation

/// A mistake in a scenario is a sentence with file, line, key and value.
@Suite
struct ScenarioFaultTests {
  private let estate = GenerationTests.estate(services: GenerationTests.database)

  @Test
  func `nothing is at fault in the small estate`() throws {
    #expect(try SampleFiles.faults(estate) == [])
  }

  @Test
  func `all that is missing is named at once`() throws {
    let faults = try SampleFiles.faults("about: nothing\n")
    #expect(
      faults == [
        "scenario.yaml:1: name: missing the key name",
        "scenario.yaml:1: start: missing the key start",
        "scenario.yaml:1: duration: missing the key duration",
        "scenario.yaml:1: topology: missing the key topology",
      ])
  }

  @Test(arguments: [
    ("speling: 1", "speling: 'speling' is not one of the keys"),
    ("shapes: [{metric: X, set: {5m: 1, 4m: 2}}]", "'4m' is not later than the point before it"),
    ("shapes: [{metric: X, set: {soon: 1}}]", "'soon' is not an offset from the incident"),
    ("shapes: [{metric: Lagg, set: {5m: 1}}]", "a shape that matches a metric of this estate"),
    ("shapes: [{metric: CommitThroughput}]", "a shape with the key set or multiply"),
    (
      "writers: {orders-db: {start: mars}}",
      "writers.orders-db.start: 'mars' is not one of us-east-1"
    ),
    ("writers: {order-db: {start: none}}", "'order-db' is not one of orders-db"),
    ("links: [{service: x, stops: 1m}]", "links[0].service: 'x' is not one of orders-db"),
    ("shares: {0m: {us-east-1: 0.5}}", "shares that add up to 1"),
    ("silences: [{region: eu-west-1, from: 1m, to: x}]", "silences[0].to: 'x' is not an offset"),
    ("events: [{at: 1m}]", "an event with rds, call, event or note"),
    ("events: [{at: 1m, call: Failover}]", "'Failover' is not a service and a call"),
    ("truth: {instants: {a: {at: 1m}}}", "truth.instants.a.exitCode: missing the key exitCode"),
    ("truth: {regions: {us-east-2: {start: HEALTHY}}}", "'us-east-2' is not one of us-east-1"),
    ("seed: -1", "seed: '-1' is not a whole number of 0 or more"),
    ("alarms: [{EachRegion: 3}]", "alarms[0].EachRegion: '3' is not a list"),
  ])
  func `a mistake is a sentence`(addition: String, sentence: String) throws {
    let faults = try SampleFiles.faults(estate + addition + "\n")
    #expect(faults.count == 1)
    let fault = try #require(faults.first)
    #expect(fault.contains(sentence), "\(fault)")
    #expect(fault.hasPrefix("scenario.yaml:"))
  }

  @Test
  func `a service of an unknown kind names the kinds there are`() throws {
    let text = GenerationTests.estate(services: "  db: {kind: oracle}\n")
    let fault = try #require(try SampleFiles.faults(text).first)
    #expect(
      fault.contains("topology.services.db.kind: 'oracle' is not one of aurora-global-database"))
  }
}
