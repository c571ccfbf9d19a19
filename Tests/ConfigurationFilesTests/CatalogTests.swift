import Documents
import Monitoring
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
          + "source-to-targets, regional, health-checks",
        "queue.yaml:4: metrics[0].publishedIn: 'moon' is not secondary, destination, replica, "
          + "source, local or a region's code",
      ])
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
