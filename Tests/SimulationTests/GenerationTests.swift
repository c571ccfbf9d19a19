import Telemetry
import Testing

@testable import Simulation

@Suite
struct GenerationTests {
  @Test(arguments: [1, 7, 20_251_020] as [UInt64])
  func `the same scenario and seed give the same bytes`(seed: UInt64) throws {
    let scenario = try SampleFiles.scenario("planned-switchover")
    let first = SampleFiles.lines(of: scenario, scenario.generate(seed: seed))
    let second = SampleFiles.lines(of: scenario, scenario.generate(seed: seed))
    #expect(first == second, "seed \(seed)")
  }

  @Test
  func `another seed gives other values of the same metrics`() throws {
    let scenario = try SampleFiles.scenario("planned-switchover")
    let (first, second) = (scenario.generate(seed: 1).batch, scenario.generate(seed: 2).batch)
    #expect(first.metrics == second.metrics)
    #expect(first.samples != second.samples)
  }

  @Test
  func `a service more leaves the others' values as they were`() throws {
    let small = try SampleFiles.scenario(text: Self.estate(services: Self.database))
    let large = try SampleFiles.scenario(text: Self.estate(services: Self.database + Self.table))
    let (before, after) = (Self.byMetric(small), Self.byMetric(large))
    for (metric, samples) in before { #expect(after[metric] == samples, "\(metric)") }
    #expect(after.count > before.count)
  }

  @Test
  func `records come in order of arrival, none before its minute is over`() throws {
    let scenario = try SampleFiles.scenario("region-failure")
    let samples = try SampleFiles.generation("region-failure").batch.samples
    #expect(zip(samples, samples.dropFirst()).allSatisfy { $0.arrival <= $1.arrival })
    #expect(samples.allSatisfy { $0.arrival >= $0.time + 60_000 })
    #expect(samples.allSatisfy { $0.arrival <= scenario.end })
  }

  @Test(arguments: SampleFiles.names)
  func `a statistic set holds an average between its minimum and maximum`(name: String) throws {
    for sample in try SampleFiles.generation(name).batch.samples {
      let statistics = sample.statistics
      let average = statistics.value(of: .average)
      // Sums are rounded to five digits.
      let slack = average.magnitude * 1e-4
      guard (statistics.minimum - slack...statistics.maximum + slack).contains(average) else {
        Issue.record("\(statistics)")
        return
      }
    }
  }

  @Test
  func `missing and late datapoints come as often as the scenario says`() throws {
    let scenario = try SampleFiles.scenario(
      text: Self.estate(
        duration: "24h", services: Self.database,
        delivery:
          "{delay: [30s, 30s], jitter: [0s, 0s], missing: 0.05, late: 0.1, lateBy: [5m, 9m]}"
      ))
    let batch = scenario.generate(seed: 3).batch
    let slots = 0.0 + Double(batch.metrics.count * 1440)
    let late = batch.samples.filter { $0.arrival - $0.time > 90_000 }
    // Some series publish nothing while roles are as they are.
    let published = Double(Self.publishing(batch) * 1440)
    #expect(slots >= published)
    #expect((0.94...0.96).contains(Double(batch.samples.count) / published))
    #expect((0.09...0.11).contains(Double(late.count) / Double(batch.samples.count)))
    #expect(late.allSatisfy { (390_000...630_000).contains($0.arrival - $0.time) })
  }

  @Test
  func `what is held back in a silence comes after it`() throws {
    let scenario = try SampleFiles.scenario(
      text: Self.estate(services: Self.database)
        + "silences: [{region: eu-west-1, from: 10m, to: 20m, backfill: 30m}]\n")
    let batch = scenario.generate().batch
    let held = batch.samples.filter {
      batch.metrics[Int($0.metric)].region == "eu-west-1"
        && (600_000..<1_200_000).contains($0.time - scenario.start)
    }
    #expect(!held.isEmpty)
    #expect(held.allSatisfy { $0.arrival - scenario.start >= 1_800_000 })
  }

  @Test
  func `without a backfill what is held back never comes`() throws {
    let scenario = try SampleFiles.scenario(
      text: Self.estate(services: Self.database)
        + "silences: [{region: eu-west-1, from: 10m, to: 20m}]\n")
    let batch = scenario.generate().batch
    let held = batch.samples.filter {
      batch.metrics[Int($0.metric)].region == "eu-west-1"
        && (600_000..<1_200_000).contains($0.time - scenario.start)
    }
    #expect(held.isEmpty)
  }

  static let database = """
      orders-db: {kind: aurora-global-database, primary: us-east-1, replicas: [eu-west-1]}

    """
  static let table = """
      sessions: {kind: dynamodb-global-table, regions: [us-east-1, eu-west-1]}

    """

  /// A small estate of two regions.
  static func estate(
    duration: String = "1h", services: String, delivery: String = "{}"
  ) -> String {
    """
    name: small
    start: 2026-01-01T00:00:00Z
    duration: \(duration)
    delivery: \(delivery)
    traffic: {shares: {us-east-1: 0.9, eu-west-1: 0.1}}
    topology:
      regions: {us-east-1: {role: primary}, eu-west-1: {role: standby}}
      services:
    \(services.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))

    """
  }

  static func byMetric(_ scenario: Scenario) -> [MetricID: [StatisticSet]] {
    let batch = scenario.generate(seed: 5).batch
    return Dictionary(grouping: batch.samples) { batch.metrics[Int($0.metric)] }
      .mapValues { $0.sorted { $0.time < $1.time }.map(\.statistics) }
  }

  private static func publishing(_ batch: Batch) -> Int {
    Set(batch.samples.map(\.metric)).count
  }
}
