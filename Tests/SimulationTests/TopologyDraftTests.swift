import ConfigurationFiles
import Documents
import Telemetry
import Testing

@testable import Monitoring
@testable import Simulation

/// What `meridian init` makes of metrics alone, against the topologies that the metrics were made from.
@Suite
struct TopologyDraftTests {
  private static let catalog = Catalog.embedded().catalog

  /// A draft of a sample's series; `beginning` minutes tell who wrote before anything moved.
  private static func draft(_ batch: Batch, beginning: Int64 = 10) -> TopologyDraft {
    var sums = [Double?](repeating: nil, count: batch.metrics.count)
    let first = batch.samples.map(\.time).min() ?? .distantPast
    for sample in batch.samples where sample.time <= first + beginning * 60_000 {
      sums[Int(sample.metric)] = (sums[Int(sample.metric)] ?? 0) + sample.statistics.sum
    }
    return TopologyDraft(series: batch.metrics, sums: sums, catalog: catalog)
  }

  @Test(arguments: SampleFiles.names)
  func `a draft from a sample's metrics has its services, their regions and who is primary`(
    name: String
  ) throws {
    let scenario = try SampleFiles.scenario(name)
    let draft = Self.draft(try SampleFiles.generation(name).batch)
    let truth = Topology.parse(scenario.topology, catalog: Self.catalog).topology
    for service in truth.services where Self.catalog[service.kind]?.metrics.isEmpty == false {
      let found = draft.services.filter { $0.kind.name == service.kind }
      let own = try #require(found.first { Self.agrees($0, service) }, "\(name) \(service.name)")
      #expect(own.primary == service.primary, "\(name) \(service.name)")
      if own.kind.layout.replicates {
        #expect(own.regions == service.replicas.sorted(), "\(name) \(service.name)")
      }
    }
    for kind in Set(truth.services.map(\.kind)) {
      let drafted = draft.services.count { $0.kind.name == kind }
      #expect(drafted <= truth.services.count { $0.kind == kind }, "\(name) \(kind)")
    }
    for region in draft.regions {
      let role = truth.regions.first { $0.code == region.code }?.role
      #expect(region.role == role, "\(name) \(region.code)")
    }
  }

  /// Whether a draft's dimensions are the service's, region by region, and its probes too.
  private static func agrees(_ draft: ServiceDraft, _ service: ServiceDefinition) -> Bool {
    let regions = draft.regions + [draft.primary].compactMap { $0 }
    let known = draft.dimensions.allSatisfy { dimension in
      regions.contains { code in
        dimension.value.replacing("{region}", with: code)
          == service.dimension(dimension.name, region: code)
      }
    }
    return known
      && draft.probes.allSatisfy { probe in
        service.healthChecks.contains { $0.value == probe.name }
          || service.canaries.contains { $0.name == probe.name }
      }
  }

  @Test
  func `what no metric tells is a question, not a guess`() throws {
    var batch = Batch()
    batch.metrics = [
      MetricID(
        region: "us-east-1", namespace: "AWS/Route53", name: "HealthCheckStatus",
        dimensions: [Dimension(name: "HealthCheckId", value: "6d0ecf83")]),
      MetricID(
        region: "eu-west-1", namespace: "CloudWatchSynthetics", name: "SuccessPercent",
        dimensions: [Dimension(name: "CanaryName", value: "from-eu-west-1")]),
      MetricID(
        region: "us-east-1", namespace: "AWS/CloudFront", name: "Requests",
        dimensions: [
          Dimension(name: "DistributionId", value: "E2QW"),
          Dimension(name: "Region", value: "Global"),
        ]),
      MetricID(region: "us-east-1", namespace: "Own", name: "x"),
    ]
    let draft = Self.draft(batch)
    #expect(draft.services.map(\.isComplete) == [false, false, false])
    #expect(draft.strangers.map(\.namespace) == ["Own"])
    #expect(draft.regions == [])
  }
}
