import Monitoring
import Telemetry
import Testing

@testable import Simulation

/// Where and when AWS publishes, as it matters in the minute a region is lost.
@Suite
struct PublishingTests {
  /// The regions that publish a metric between two offsets of the incident, with the region each
  /// series is about.
  private func publishers(
    of name: String, in sample: String, from start: Int64, to end: Int64, about dimension: String
  ) throws -> [String] {
    let scenario = try SampleFiles.scenario(sample)
    let batch = try SampleFiles.generation(sample).batch
    let minutes =
      (scenario.incidentStart + start * 60_000)..<(scenario.incidentStart + end * 60_000)
    let seen = batch.samples.filter { minutes.contains($0.time) }
      .map { batch.metrics[Int($0.metric)] }.filter { $0.name == name }
      .map { metric in
        let value = metric.dimensions.first { $0.name == dimension }?.value ?? "-"
        return "\(metric.region) \(dimension)=\(value)"
      }
    return Set(seen).sorted()
  }

  @Test
  func `Aurora's lag is published in the secondaries, and moves with the roles`() throws {
    let before = try publishers(
      of: "AuroraGlobalDBRPOLag", in: "planned-switchover", from: -30, to: 0, about: "SourceRegion")
    #expect(
      before == ["ap-southeast-1 SourceRegion=us-east-1", "eu-west-1 SourceRegion=us-east-1"])
    let after = try publishers(
      of: "AuroraGlobalDBRPOLag", in: "planned-switchover", from: 20, to: 60, about: "SourceRegion")
    #expect(after == ["ap-southeast-1 SourceRegion=eu-west-1", "us-east-1 SourceRegion=eu-west-1"])
  }

  @Test
  func `DynamoDB's latency is published in the source and vanishes with it`() throws {
    let before = try publishers(
      of: "ReplicationLatency", in: "region-failure", from: -30, to: 0, about: "ReceivingRegion")
    #expect(before.contains("us-east-1 ReceivingRegion=eu-west-1"))
    let during = try publishers(
      of: "ReplicationLatency", in: "region-failure", from: 1, to: 70, about: "ReceivingRegion")
    #expect(!during.contains { $0.hasPrefix("us-east-1 ") || $0.hasSuffix("=us-east-1") })
    #expect(during.contains("eu-west-1 ReceivingRegion=ap-southeast-1"))
  }

  @Test
  func `S3's latency is published in the destination, its failures in the source`() throws {
    let lag = try publishers(
      of: "ReplicationLatency", in: "rpo-erosion", from: 0, to: 9, about: "DestinationBucket")
    #expect(lag == ["eu-west-1 DestinationBucket=shop-images-eu-west-1"])
    let failures = try publishers(
      of: "OperationsFailedReplication", in: "rpo-erosion", from: 0, to: 9,
      about: "DestinationBucket")
    #expect(failures == ["us-east-1 DestinationBucket=shop-images-eu-west-1"])
  }

  @Test
  func `a read replica's lag is published where the replica is`() throws {
    let lag = try publishers(
      of: "ReplicaLag", in: "rpo-erosion", from: 0, to: 9, about: "DBInstanceIdentifier")
    #expect(lag == ["eu-west-1 DBInstanceIdentifier=reports-eu-west-1"])
  }

  @Test
  func `Route 53 publishes in us-east-1, whichever region it checks`() throws {
    let checks = try publishers(
      of: "HealthCheckStatus", in: "planned-switchover", from: -30, to: 0, about: "HealthCheckId")
    #expect(
      checks
        == ["ap-southeast-1", "eu-west-1", "us-east-1"].map {
          "us-east-1 HealthCheckId=shop-\($0)"
        })
  }

  @Test
  func `lag follows the round trip to the other region`() {
    let near = ServiceKind.auroraGlobalDatabase.usualLagSeconds(from: "us-east-1", to: "eu-west-1")
    let far = ServiceKind.auroraGlobalDatabase.usualLagSeconds(
      from: "us-east-1", to: "ap-southeast-1")
    #expect(RegionAtlas.roundTripMilliseconds("us-east-1", "eu-west-1") == 69.5)
    #expect(RegionAtlas.roundTripMilliseconds("eu-west-1", "us-east-1") == 69.5)
    #expect(near < 0.2 && far > 1.5 * near)
  }

  @Test
  func `a pair nobody measured takes as long as its distance says`() throws {
    let trip = try #require(RegionAtlas.roundTripMilliseconds("mx-central-1", "eu-south-2"))
    // 9,000 km apart, at 0.016 ms per kilometre and a base of 14 ms.
    #expect((140...175).contains(trip))
    #expect(RegionAtlas.roundTripMilliseconds("mars-north-1", "eu-west-1") == nil)
  }
}
