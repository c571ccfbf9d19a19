import Documents
import Telemetry
import Testing

@testable import ConfigurationFiles
@testable import Monitoring

/// Every sample that a catalog document carries, played through a real engine.
@Suite
struct CatalogSampleTests {
  private static let samples: [Sample] = Catalog.embedded().catalog.kinds.flatMap { kind in
    (kind.document["samples"]?.elements ?? []).map { Sample(kind: kind.name, node: $0) }
  }

  @Test
  func `every kind carries samples`() {
    #expect(Set(Self.samples.map(\.kind)).count == catalogFiles.count)
  }

  @Test(arguments: samples)
  func `a sample leads to the states it says`(sample: Sample) throws {
    let catalog = Catalog.embedded().catalog
    let (topology, faults) = Topology.parse(try sample.document(), catalog: catalog)
    #expect(faults.map(\.description) == [])
    var engine = Engine(topology: topology, catalog: catalog)
    engine.ingest(try sample.batch(topology, try #require(catalog[sample.kind])))
    let end = Sample.start + (try sample.node.required("at").durationMilliseconds())
    _ = engine.advance(to: end)
    let moment = engine.moment()
    for expected in try sample.node.required("expect").list() {
      if let region = expected["region"] {
        let code = try region.string()
        let found = try #require(moment.regions.first { $0.region == code })
        try compare(found, expected, sample)
      } else {
        let from = try expected.required("from").string()
        let to = try expected.required("to").string()
        let found = try #require(moment.links.first { $0.from == from && $0.to == to })
        try compare(found, expected, sample)
      }
    }
  }

  private func compare(_ region: RegionReading, _ expected: Node, _ sample: Sample) throws {
    let unknown = expected.unknownKeys(["region", "state", "absent"])
    #expect(unknown.map(\.description) == [])
    let state = try expected.required("state").string()
    #expect(region.health.rawValue == state, "\(sample): \(region.reasons)")
    for entry in expected["absent"]?.entries ?? [] {
      let found = region.absences.first { $0.metric == entry.key }
      let meaning = try entry.value.string()
      #expect(found?.meaning.rawValue == meaning, "\(sample): \(found?.evidence ?? "--")")
    }
  }

  private func compare(_ link: LinkReading, _ expected: Node, _ sample: Sample) throws {
    let unknown = expected.unknownKeys([
      "from", "to", "state", "because", "lagSeconds", "rpoNowSeconds", "drainSeconds", "catchUp",
      "backlog", "backlogSeconds",
    ])
    #expect(unknown.map(\.description) == [])
    let state = try expected.required("state").string()
    #expect(link.state.rawValue == state, "\(sample): \(link.reasons)")
    if let words = try expected["because"]?.string() {
      #expect(link.reasons.contains { $0.contains(words) }, "\(sample): \(link.reasons)")
    }
    try compare(link.lagSeconds, expected["lagSeconds"], sample)
    try compare(link.rpoNowSeconds, expected["rpoNowSeconds"], sample)
    try compare(link.drain?.waitSeconds, expected["drainSeconds"], sample)
    try compare(link.backlogs.first?.seconds, expected["backlogSeconds"], sample)
    for entry in expected["backlog"]?.entries ?? [] {
      try compare(link.backlogs.first { $0.metric == entry.key }?.value, entry.value, sample)
    }
    if let outlook = try expected["catchUp"]?.string() {
      let found = link.catchUp.map { $0.isDiverging ? "diverging" : "falling" } ?? "none"
      #expect(found == outlook, "\(sample)")
    }
  }

  /// A number, or `unknown`.
  private func compare(_ found: Double?, _ expected: Node?, _ sample: Sample) throws {
    guard let expected else { return }
    if try expected.string() == "unknown" { return #expect(found == nil, "\(sample)") }
    let number = try expected.number()
    #expect(found.map { ($0 * 1e6).rounded() / 1e6 } == number, "\(sample)")
  }
}

/// One entry of `samples` in a catalog document.
struct Sample: CustomTestStringConvertible, Sendable {
  var kind: String
  var node: Node

  static let start = Timestamp(iso8601: "2026-01-01T00:00:00Z") ?? .distantPast

  var testDescription: String {
    let says = node["says"].flatMap { try? $0.string() } ?? "it says nothing"
    return "\(kind): \(says)"
  }

  /// A `meridian.yaml` with the regions and the one service that the sample names.
  func document() throws -> Node {
    let service = try node.required("service")
    var codes: [String] = []
    for key in ["primary", "from", "origin", "replicas", "to", "regions"] {
      for value in service[key]?.elements ?? [service[key]].compactMap({ $0 }) {
        codes.append(try value.string())
      }
    }
    codes += service["healthChecks"]?.entries?.map(\.key) ?? []
    for canary in service["canaries"]?.entries ?? [] {
      codes.append(try canary.value.required("watches").string())
      codes.append(try canary.value.required("runsIn").string())
    }
    codes = codes.enumerated().filter { codes.firstIndex(of: $0.element) == $0.offset }
      .map(\.element)
    var entries = try service.mapping()
    entries.append(Node.Entry(key: "kind", value: Node(.string(kind))))
    let regions = codes.map { Node.Entry(key: $0, value: Node(.null)) }
    let services = [Node.Entry(key: "subject", value: Node(.mapping(entries)))]
    return Node(
      .mapping([
        Node.Entry(key: "regions", value: Node(.mapping(regions))),
        Node.Entry(key: "services", value: Node(.mapping(services))),
      ]))
  }

  func batch(_ topology: Topology, _ kind: ServiceKind) throws -> Batch {
    var batch = Batch()
    for series in try node.required("series").list() {
      let role = try series.required("metric").choice(MetricRole.self)
      let source = try (series["from"] ?? series.required("region")).string()
      let target = try series["to"]?.string() ?? source
      let name = try series["name"]?.string()
      let metric = try #require(
        kind.metrics.first { $0.role == role && (name == nil || $0.name == name) })
      let every = try series["every"]?.durationMilliseconds() ?? 60_000
      batch.metrics.append(
        metric.identifier(of: topology.services[0], source: source, target: target))
      for (step, value) in try values(series.required("values").string()).enumerated() {
        guard let value else { continue }
        let time = Self.start + Int64(step) * every
        batch.samples.append(
          Telemetry.Sample(
            metric: Int32(batch.metrics.count - 1), merging: .replaces, time: time, arrival: time,
            statistics: StatisticSet(value)))
      }
    }
    for event in node["events"]?.elements ?? [] {
      let time = Self.start + (try event.required("at").durationMilliseconds())
      batch.events.append(
        Event(
          time: time, arrival: time, source: "aws", name: try event.required("name").string(),
          region: try event["region"]?.string() ?? "",
          message: try event["says"]?.string() ?? ""))
    }
    return batch
  }

  /// `410x5 6000x3`, `400+200x5` and `_x3`, as in alarm unit tests; nil: no point.
  private func values(_ text: String) throws -> [Double?] {
    var values: [Double?] = []
    for word in text.split(separator: " ") {
      let parts = word.split(separator: "x")
      let count = parts.count > 1 ? try #require(Int(parts[1])) : 1
      if parts[0] == "_" {
        values += Array(repeating: nil, count: count)
        continue
      }
      let terms = parts[0].split(separator: "+")
      let first = try #require(Double(terms[0]))
      let step = terms.count > 1 ? try #require(Double(terms[1])) : 0
      values += (0..<count).map { first + Double($0) * step }
    }
    return values
  }
}
