import Documents
import Monitoring
import Telemetry
import Testing

@testable import ConfigurationFiles

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite
struct CatalogTests {
  @Test
  func `the embedded documents have no fault`() {
    let (catalog, faults) = Catalog.embedded()
    #expect(faults.map(\.description) == [])
    #expect(catalog.kinds.count == catalogFiles.count)
  }

  @Test
  func `the visible list is the folder`() throws {
    let here = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let folder = "/" + here + "/Sources/ConfigurationFiles/Catalog"
    let (catalog, faults) = Catalog.load(folder)
    #expect(faults == [])
    #expect(catalog.kinds.map { $0.name + ".yaml" } == catalogFiles.map(\.name))
    #expect(catalog.kinds.map(\.metrics) == Catalog.embedded().catalog.kinds.map(\.metrics))
  }

  @Test
  func `every metric says where it is published and what its absence means`() {
    for kind in Catalog.embedded().catalog.kinds {
      for metric in kind.metrics {
        #expect(!metric.absence.isEmpty, "\(kind.name) \(metric.name)")
        #expect(metric.source.hasPrefix("https://docs.aws.amazon.com/"), "\(metric.name)")
      }
      if kind.layout.replicates { #expect(kind.metric(.lag) != nil, "\(kind.name)") }
    }
  }

  @Test
  func
    `no metric of AWS's that tells of lag, health or traffic is missing, or in the wrong region`()
  {
    let catalog = Catalog.embedded().catalog
    for row in expectedMetrics {
      for name in row.names {
        let found = catalog[row.kind]?.metrics.filter {
          $0.namespace == row.namespace && $0.name == name
        }
        #expect(found?.isEmpty == false, "\(row.kind): \(row.namespace) \(name)")
        guard row.publishedIn != "-" else { continue }
        #expect(found?.first?.publishedIn.word == row.publishedIn, "\(row.kind): \(name)")
      }
    }
    let kinds = catalog.kinds.map(\.name)
    #expect(kinds == Set(expectedMetrics.map(\.kind)).sorted())
  }

  @Test
  func `a metric that another is judged by, or divided by, is in the same file`() {
    for kind in Catalog.embedded().catalog.kinds {
      for metric in kind.metrics {
        for role in [metric.ratioTo, metric.dividedBy].compactMap({ $0 }) {
          #expect(kind.metric(role) != nil, "\(kind.name) \(metric.name)")
        }
        #expect(metric.warn == nil || metric.evaluationPeriods >= metric.datapointsToAlarm)
      }
    }
  }

  @Test
  func `a folder that is not there holds no services`() {
    let (catalog, faults) = Catalog.load("/nowhere/at/all")
    #expect(catalog.kinds.isEmpty)
    #expect(faults.isEmpty)
  }

  @Test
  func `a wrong document is left out and all its faults are named`() {
    let text = """
      kind: queue
      layout: sideways
      metrics:
        - {role: lag, namespace: AWS/SQS, name: Age, dimensions: {}, publishedIn: moon, reporting: always, statistic: Maximum}
      """
    let (catalog, faults) = Catalog.parse([("queue.yaml", text)])
    #expect(catalog.kinds.isEmpty)
    #expect(
      faults.map(\.description) == [
        "queue.yaml:2: layout: 'sideways' is not one of primary-and-replicas, multi-writer, "
          + "source-to-targets, regional, health-checks, canaries, edge",
        "queue.yaml:4: metrics[0].publishedIn: 'moon' is not secondary, destination, replica, "
          + "source, local or a region's code",
      ])
  }

  @Test
  func `every default alarm is one that CloudWatch takes, of a metric of its file`() throws {
    for kind in Catalog.embedded().catalog.kinds {
      for alarm in kind.document["alarms"]?.elements ?? [] {
        #expect(kind.metric(of: alarm) != nil, "\(kind.name): \(alarm.excerpt)")
      }
      for sample in kind.document["samples"]?.elements ?? [] {
        let subject = Sample(kind: kind.name, node: sample)
        let topology = Topology.parse(try subject.document(), catalog: Catalog.embedded().catalog)
          .topology
        let alarms = kind.defaultAlarms(of: topology.services[0], in: topology)
        let (definitions, faults) = AlarmDefinition.parse(Node(.sequence(alarms)))
        #expect(faults.map(\.description) == [], "\(kind.name)")
        #expect(definitions.count == alarms.count)
      }
    }
  }

  @Test
  func `a default alarm watches the region that publishes its metric`() throws {
    let text = """
      regions: {us-east-1: {role: primary}, eu-west-1: {role: standby}}
      services:
        orders: {kind: aurora-global-database, primary: us-east-1, replicas: [eu-west-1], dimensions: {DBClusterIdentifier: "o-{region}"}}
      """
    let catalog = Catalog.embedded().catalog
    let topology = Topology.parse(try Node.yaml(text, file: "shop.yaml"), catalog: catalog).topology
    let kind = try #require(catalog["aurora-global-database"])
    let definitions = AlarmDefinition.parse(
      Node(.sequence(kind.defaultAlarms(of: topology.services[0], in: topology)))
    ).definitions
    let lag = try #require(definitions.first { $0.name == "orders-rpo-lag-us-east-1-eu-west-1" })
    #expect(lag.region == "eu-west-1")
    #expect(lag.dimensions.first?.value == "o-eu-west-1")
  }

  @Test(arguments: [
    (
      "ratioTo: requests",
      "metrics[0].ratioTo: 'requests' is not the role of another metric of this file"
    ),
    (
      "evaluationPeriods: 9",
      "metrics[0].evaluationPeriods: '9' is not datapointsToAlarm of evaluationPeriods, from 1 of 1 to "
        + "5 of 5"
    ),
    ("measures: hope", "metrics[0].measures: 'hope' is not one of lag, age, completions"),
  ])
  func `a faulty key of a user's file is told with its place`(line: String, sentence: String) {
    let text = """
      kind: mine
      layout: regional
      metrics:
        - {role: errors, namespace: Mine, name: Failures, dimensions: {}, statistic: Sum, publishedIn: local, reporting: always, \(line)}
      """
    let (catalog, faults) = Catalog.parse([("mine.yaml", text)])
    #expect(catalog.kinds.isEmpty)
    #expect(faults.map(\.description) == ["mine.yaml:4: " + sentence])
  }

  @Test
  func `a user's kind that replicates needs a lag, and its alarms metrics of its own`() {
    let text = """
      kind: mine
      layout: multi-writer
      metrics:
        - {role: writes, namespace: Mine, name: Writes, dimensions: {}, statistic: Sum, publishedIn: local, reporting: always}
      alarms: [{AlarmName: a, Namespace: Mine, MetricName: Reads}]
      """
    #expect(
      Catalog.parse([("mine.yaml", text)]).faults.map(\.description) == [
        "mine.yaml:2: layout: 'multi-writer' is not a layout without replication, as no metric has the "
          + "role lag",
        "mine.yaml:5: alarms[0].MetricName: 'Reads' is not a metric of this file",
      ])
  }

  @Test(arguments: [
    (["sqs-queue", "sns-topic", "sqs-queue"], ["sns-topic", "sqs-queue"]),
    (["sqs-queue", "no-such-kind"], nil), ([], []),
  ])
  func `only what an estate names is read, and all where it names what is not there`(
    _ kinds: [String], _ read: [String]?
  ) throws {
    let services = kinds.enumerated().map { #""s\#($0.offset)": {"kind": "\#($0.element)"}"# }
    let text = "{\"services\": {\(services.joined(separator: ","))}}"
    let needed = Catalog.needed(by: try Node.json(Array(text.utf8), file: ""))
    let all = Catalog.embedded().catalog
    #expect(needed.faults == [])
    #expect(needed.catalog.kinds == (read ?? all.kinds.map(\.name)).compactMap { all[$0] })
  }

  @Test
  func `a later document of a kind replaces the earlier`() {
    var catalog = Catalog.embedded().catalog
    let own = Catalog.parse([
      ("mine.yaml", "{kind: rds-read-replica, title: Mine, layout: regional, metrics: []}")
    ])
    catalog.merge(own.catalog)
    #expect(own.faults == [])
    #expect(catalog["rds-read-replica"]?.title == "Mine")
    #expect(catalog.kinds.count == catalogFiles.count)
  }
}

extension ServiceMetric.PublishingRegion {
  fileprivate var word: String {
    switch self {
    case .source: "source"
    case .target: "target"
    case .local: "local"
    case .fixed(let code): code
    }
  }
}
