import Documents
import Telemetry
import Testing

@testable import Monitoring

@Suite
struct TopologyTests {
  @Test
  func `a whole estate is read in the order of the file`() {
    let (topology, faults) = Topology.parse(estateDocument(), catalog: Estates.catalog)
    #expect(faults == [])
    #expect(topology.name == "shop")
    #expect(topology.regions.map(\.code) == ["us-east-1", "eu-west-1", "ap-southeast-1"])
    #expect(topology.services.map(\.name) == ["orders-db", "sessions", "images", "traffic"])
    let orders = topology.services[0]
    #expect(orders.primary == "us-east-1")
    #expect(orders.replicas == ["eu-west-1", "ap-southeast-1"])
    #expect(orders.rpoSeconds == 5)
    #expect(
      orders.dimension("DBClusterIdentifier", region: "eu-west-1") == "orders-eu-west-1")
    #expect(topology.services[3].healthChecks.map(\.value) == ["abc", "def"])
    #expect(topology.deployments[0].rtoSeconds == 900)
    #expect(topology.deployments[0].services.count == 4)
  }

  @Test
  func `a single deployment covers all services`() {
    var document = estateDocument()
    document.replace("deployments", with: nil)
    document.replace("deployment", with: .map([("model", .text("active-active"))]))
    let (topology, faults) = Topology.parse(document, catalog: Estates.catalog)
    #expect(faults == [])
    #expect(topology.deployments.map(\.name) == ["shop"])
    #expect(topology.deployments[0].model == .activeActive)
    #expect(topology.deployments[0].services == topology.services.map(\.name))
  }

  @Test(arguments: [
    ("kind", "aurora", "services.orders-db.kind: 'aurora' is not a kind of service that is known"),
    ("primary", "us-esat-1", "services.orders-db.primary: 'us-esat-1' is not one of the regions"),
    ("rpo", "soon", "services.orders-db.rpo: 'soon' is not a duration such as 90s"),
    ("dimension", "x", "services.orders-db.dimension: 'dimension' is not one of the keys"),
  ])
  func `a wrong value names key, value and expectation`(
    key: String, value: String, sentence: String
  ) {
    var document = estateDocument()
    document.replace("services", "orders-db", key, with: .text(value))
    let (topology, faults) = Topology.parse(document, catalog: Estates.catalog)
    #expect(faults.count == 1)
    #expect(faults.first?.description.contains(sentence) == true, "\(faults)")
    #expect(!topology.services.contains { $0.name == "orders-db" })
  }

  @Test
  func `all faults are named in one run`() {
    var document = estateDocument()
    document.replace("services", "orders-db", "rpo", with: .text("soon"))
    document.replace("services", "sessions", "kind", with: .text("mongo"))
    document.replace("regions", "eu-west-1", "role", with: .text("backup"))
    document.replace("deployments", "orders", "services", with: .list([.text("nothing")]))
    let faults = Topology.parse(document, catalog: Estates.catalog).faults
    #expect(faults.map(\.place.path).contains("regions.eu-west-1.role"))
    #expect(faults.map(\.place.path).contains("services.orders-db.rpo"))
    #expect(faults.map(\.place.path).contains("services.sessions.kind"))
    #expect(faults.contains { $0.value == "nothing" })
  }

  @Test
  func `a service without what its kind needs is a fault`() {
    var document = estateDocument()
    document.replace("services", "orders-db", "replicas", with: nil)
    let faults = Topology.parse(document, catalog: Estates.catalog).faults
    #expect(
      faults.map(\.description) == [
        "services.orders-db: missing replicas (or to) with at least one region"
      ])
  }
}

/// The estate of the specification, as a document.
private func estateDocument() -> Node {
  .map([
    ("name", .text("shop")),
    (
      "regions",
      .map([
        ("us-east-1", .map([("role", .text("primary")), ("trafficShare", .text("1.0"))])),
        ("eu-west-1", .map([("role", .text("standby"))])),
        ("ap-southeast-1", .map([("role", .text("standby"))])),
      ])
    ),
    (
      "deployments",
      .map([
        (
          "orders",
          .map([
            ("model", .text("active-passive")), ("rpo", .text("60s")), ("rto", .text("15m")),
            ("services", .list(["orders-db", "sessions", "images", "traffic"].map { .text($0) })),
          ])
        )
      ])
    ),
    (
      "services",
      .map([
        (
          "orders-db",
          .map([
            ("kind", .text("aurora-global-database")), ("primary", .text("us-east-1")),
            ("replicas", .list([.text("eu-west-1"), .text("ap-southeast-1")])),
            ("rpo", .text("5s")),
            ("dimensions", .map([("DBClusterIdentifier", .text("orders-{region}"))])),
          ])
        ),
        (
          "sessions",
          .map([
            ("kind", .text("dynamodb-global-table")),
            ("regions", .list([.text("us-east-1"), .text("eu-west-1")])),
            ("dimensions", .map([("TableName", .text("sessions"))])),
          ])
        ),
        (
          "images",
          .map([
            ("kind", .text("s3-cross-region-replication")), ("from", .text("us-east-1")),
            ("to", .list([.text("eu-west-1")])), ("rpo", .text("15m")),
          ])
        ),
        (
          "traffic",
          .map([
            ("kind", .text("route53-health-checks")),
            ("healthChecks", .map([("us-east-1", .text("abc")), ("eu-west-1", .text("def"))])),
          ])
        ),
      ])
    ),
  ]).placed()
}

extension Node {
  fileprivate static func text(_ text: String) -> Node { Node(.string(text)) }
  fileprivate static func list(_ elements: [Node]) -> Node { Node(.sequence(elements)) }
  fileprivate static func map(_ entries: [(String, Node)]) -> Node {
    Node(.mapping(entries.map { Entry(key: $0.0, value: $0.1) }))
  }

  /// Gives every value its path, as a parser does.
  fileprivate func placed(path: String = "") -> Node {
    var result = self
    result.place = Place(path: path)
    if let entries {
      result.value = .mapping(
        entries.map { entry in
          let inner = path.isEmpty ? entry.key : path + "." + entry.key
          return Entry(key: entry.key, value: entry.value.placed(path: inner))
        })
    }
    return result
  }

  fileprivate mutating func replace(_ path: String..., with node: Node?) {
    replace(path[...], with: node)
    self = placed()
  }

  private mutating func replace(_ path: ArraySlice<String>, with node: Node?) {
    guard let key = path.first else { return }
    var entries = entries ?? []
    var value = node
    if path.count > 1 {
      value = self[key]
      value?.replace(path.dropFirst(), with: node)
    }
    if let index = entries.firstIndex(where: { $0.key == key }) {
      if let value { entries[index].value = value } else { entries.remove(at: index) }
    } else if let value {
      entries.append(Entry(key: key, value: value))
    }
    self.value = .mapping(entries)
  }
}

@Suite
struct CapacityKeyTests {
  private func parsed(_ service: [(String, Node)]) -> (topology: Topology, faults: [Fault]) {
    var document = estateDocument()
    document.replace("services", "fleet", with: .map(service))
    return Topology.parse(document, catalog: Estates.catalog)
  }

  @Test
  func `what must serve and what may be used is one number, or one for each region`() {
    let (topology, faults) = parsed([
      ("kind", .text("application-load-balancer")), ("regions", .list([.text("us-east-1")])),
      ("required", .text("12")),
      ("quota", .map([("us-east-1", .text("640")), ("eu-west-1", .text("64"))])),
      ("schedule", .text("1d")),
    ])
    let fleet = topology.services.first { $0.name == "fleet" }
    #expect(faults.map(\.description) == [])
    #expect(fleet?.required.value(in: "eu-west-1") == 12)
    #expect(fleet?.quota.value(in: "eu-west-1") == 64)
    #expect(fleet?.quota.value(in: "ap-southeast-1") == nil)
    #expect(fleet?.scheduleMilliseconds == 86_400_000)
  }

  @Test(arguments: [
    ("required", "-1", "services.fleet.required: '-1' is not a number that is not negative"),
    ("quota", "many", "services.fleet.quota: 'many' is not a number"),
    ("schedule", "0s", "services.fleet.schedule: '0s' is not a duration above zero"),
  ])
  func `a wrong number is a fault`(key: String, value: String, sentence: String) {
    let (_, faults) = parsed([("kind", .text("application-load-balancer")), (key, .text(value))])
    #expect(faults.map(\.description) == [sentence])
  }
}
