import Documents
import Telemetry

/// A metric that the scenario describes itself, because no kind of service brings it along.
///
/// It reports one of: a level (`value`, `perRequest`), the service's writes where its writer is (`writes`)
/// or wherever they are applied (`applied`), the lag of its links (`lag`, units to a second), or what waits behind that lag (`pending`, per request).
struct MetricPlan: Hashable, Sendable {
  var service: String
  /// Nil: in all regions of the service.
  var regions: [String]?
  /// The region that publishes it, when that is not the region it is about.
  var publishedIn: String?
  var namespace: String
  var name: String
  /// Values may hold `{region}`, or `{source}` and `{target}` of a link.
  var dimensions: [Dimension]
  var unit: String
  var report: Report
  var form: SeriesPlan.Form
  var noise: Double
  var isSparse: Bool

  enum Report: Hashable, Sendable {
    case level(value: Double, perRequest: Double)
    case writes(perRequest: Double)
    /// Writes of whoever writes, wherever they are applied.
    case applied(perRequest: Double)
    case lag(unitsPerSecond: Double)
    case pending(perRequest: Double)
  }

  /// The services of a scenario that have such metrics.
  static func services(of node: Node) -> Set<String> {
    let own = (node["metrics"]?.elements ?? []).compactMap { try? $0["service"]?.string() }
    // What canaries publish stands under the key canaries.
    let canaries = (node["topology"]?["services"]?.entries ?? []).filter {
      (try? $0.value["kind"]?.string()) == "synthetics-canaries"
    }
    return Set(own + canaries.map(\.key))
  }

  /// The series it makes in an estate: one for each region, or for each link.
  func series(of plan: TopologyPlan) -> [SeriesPlan] {
    guard let service = plan.service(service) else { return [] }
    let isListed: (String) -> Bool = { region in regions.map { $0.contains(region) } ?? true }
    switch report {
    case .level(let value, let perRequest):
      return service.regions.filter(isListed).map {
        series($0, source: $0, target: $0, .load(base: value, perRequest: perRequest))
      }
    case .writes(let perRequest):
      return service.regions.filter(isListed).map {
        series($0, source: $0, target: $0, .writes(perRequest: perRequest))
      }
    case .applied(let perRequest):
      return service.regions.filter(isListed).map {
        series($0, source: $0, target: $0, .appliedWrites(perRequest: perRequest))
      }
    case .lag(let units):
      return service.links.map { link in
        let signal: SeriesPlan.Signal =
          service.hasOneWriter
          ? .roleLag(from: link.from, to: link.to, unitsPerSecond: units)
          : .lag(
            from: link.from, to: link.to, unitsPerSecond: units,
            whileStopped: publishedIn != "source")
        return series(linkRegion(link), source: link.from, target: link.to, signal)
      }
    case .pending(let perRequest):
      return service.links.map { link in
        series(
          linkRegion(link), source: link.from, target: link.to,
          .pending(from: link.from, to: link.to, perRequest: perRequest))
      }
    }
  }

  private func linkRegion(_ link: (from: String, to: String)) -> String {
    publishedIn == "source" ? link.from : link.to
  }

  private func series(
    _ region: String, source: String, target: String, _ signal: SeriesPlan.Signal
  ) -> SeriesPlan {
    let isNamed = publishedIn.map { $0 != "source" && $0 != "target" } ?? false
    return SeriesPlan(
      service: service, region: isNamed ? publishedIn ?? region : region, namespace: namespace,
      name: name,
      dimensions: dimensions.map { dimension in
        Dimension(
          name: dimension.name,
          value: fill(dimension.value, ["region": region, "source": source, "target": target]))
      }.sorted(), unit: unit, signal: signal, loadRegion: isNamed ? region : nil, form: form,
      noise: noise, isSparse: isSparse)
  }
}

extension MetricPlan {
  private static let keys: Set<String> = [
    "service", "regions", "publishedIn", "namespace", "name", "dimensions", "unit", "value",
    "perRequest", "writes", "applied", "lag", "pending", "form", "noise", "sparse",
  ]

  init(_ node: Node) throws(Fault) {
    _ = try node.mapping()
    if let fault = node.unknownKeys(Self.keys).first { throw fault }
    service = try node.required("service").string()
    regions = try node["regions"].map { (list) throws(Fault) in
      try list.list().map { (region) throws(Fault) in try region.string() }
    }
    publishedIn = try node["publishedIn"]?.string()
    namespace = try node.required("namespace").string()
    name = try node.required("name").string()
    dimensions = try (node["dimensions"]?.mapping() ?? []).map { (pair) throws(Fault) in
      Dimension(name: pair.key, value: try pair.value.string())
    }
    unit = try node["unit"]?.string() ?? "None"
    report = try Self.report(node)
    form = try Self.form(node["form"])
    noise = try node["noise"]?.number() ?? 0.05
    isSparse = try node["sparse"]?.boolean() ?? false
  }

  private static func report(_ node: Node) throws(Fault) -> Report {
    if let writes = node["writes"] { return .writes(perRequest: try writes.number()) }
    if let applied = node["applied"] { return .applied(perRequest: try applied.number()) }
    if let lag = node["lag"] { return .lag(unitsPerSecond: try lag.number()) }
    if let pending = node["pending"] { return .pending(perRequest: try pending.number()) }
    guard node["value"] != nil || node["perRequest"] != nil else {
      throw node.fault("a metric with one of value, perRequest, writes, applied, lag, pending")
    }
    return .level(
      value: try node["value"]?.number() ?? 0, perRequest: try node["perRequest"]?.number() ?? 0)
  }

  private static func form(_ node: Node?) throws(Fault) -> SeriesPlan.Form {
    guard let node else { return .single }
    switch try node.string() {
    case "single": return .single
    case "count": return .count
    case "samples": return .samples(6, spread: 0.25)
    case "wholeNumbers": return .wholeNumbers(1)
    default: throw node.fault("one of single, count, samples, wholeNumbers")
    }
  }
}
