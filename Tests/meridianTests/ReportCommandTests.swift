import Collectors
import Monitoring
import Reports
import Telemetry
import Testing

@testable import meridian

/// Reports of the shipped samples, held against what is known of them.
@Suite
struct ReportCommandTests {
  private static let folder =
    #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/sample-metrics/"

  private func report(_ sample: String, from: String? = nil) throws -> IncidentReport {
    let source = try SourceSpecification(Self.folder + "\(sample).jsonl.gz")
    let timeline = try Timeline.load([source], options: InputOptions())
    let assembly = try EngineAssembly(configuration: nil, header: timeline.header)
    return try ReportCommand.report(
      on: timeline, assembly: assembly, name: sample, from: from.flatMap { Timestamp(iso8601: $0) })
  }

  @Test
  func `the story of a failed region has its costs, its split and its evidence`() throws {
    let report = try report("region-failure")
    let orders = try #require(report.deployments.first)
    #expect(orders.writerBefore == "us-east-1" && orders.writerAfter == "eu-west-1")
    #expect((840...1440).contains(orders.rto.achievedSeconds ?? 0))
    #expect((39...281).contains(orders.rpo.achievedSeconds ?? 0))
    #expect(orders.phases.allSatisfy { $0.seconds != nil })
    let split = orders.phases.reduce(0) { $0 + ($1.seconds ?? 0) }
    #expect((split - (orders.rto.achievedSeconds ?? 0)).magnitude < 120, "\(orders.phases)")
    #expect(orders.fencing == .seen)
    let detecting = try #require(
      report.timeline.first { $0.title == "orders: STEADY to DETECTING" })
    #expect(detecting.evidence.count >= 2)
    #expect(report.alarms.contains { $0.name == "checkout-us-east-1" && $0.afterSeconds ?? 0 > 0 })
    #expect(report.lags.contains { $0.from == "eu-west-1" && $0.to == "us-east-1" })
  }

  @Test
  func `a breach that nothing told of names the alarm that looks elsewhere`() throws {
    let report = try report("rpo-erosion", from: "2026-08-08T06:00:00Z")
    let breach = try #require(report.silences.first { $0.subject.hasPrefix("images ") })
    #expect(breach.state == "BREACHED")
    #expect(breach.watching == ["images-replication in us-east-1"])
  }

  @Test
  func `users who are served only once the deployment has gone back waited for that`() throws {
    let forge = try #require(try report("split-brain").deployments.first)
    #expect((43_800...45_600).contains(forge.rto.achievedSeconds ?? 0))
    #expect((42...223).contains(forge.rpo.achievedSeconds ?? 0))
  }

  @Test
  func `the same recording gives the same report`() throws {
    let first = try report("planned-switchover")
    let second = try report("planned-switchover")
    #expect(first.html == second.html && first.json == second.json)
    #expect(first.markdown == second.markdown)
  }

  @Test(arguments: [
    ("a.html", ReportCommand.Format.html), ("a.HTM", .html), ("a.json", .json), ("a.md", .markdown),
    ("a", .markdown),
  ])
  func `the name of the file tells the format`(name: String, format: ReportCommand.Format) {
    #expect(ReportCommand.Format(of: name) == format)
  }
}
