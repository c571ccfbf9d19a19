import Telemetry

/// A first topology, made from nothing but the series that are seen: for `meridian init`.
///
/// What the series cannot tell (which region a health check looks at, what may be lost) is a question
/// for people, not a guess.
package struct TopologyDraft: Sendable {
  /// In order of their names.
  package private(set) var services: [ServiceDraft] = []
  package private(set) var regions: [RegionDefinition] = []
  /// Series of no kind of the catalog, by namespace.
  package private(set) var strangers: [(namespace: String, count: Int)] = []

  /// - Parameters:
  ///   - series: What is seen.
  ///   - sums: By series, the sum of its values at the beginning, nil where it was not there: who wrote,
  ///     and where requests came, before anything moved.
  ///   - catalog: The kinds of services that are known.
  package init(series: [MetricID], sums: [Double?], catalog: Catalog) {
    var candidates = catalog.kinds.flatMap { Self.drafts(of: $0, series) }.filter(\.isPlausible)
    candidates.sort { left, right in
      let (a, b) = (left.kind.layout.replicates, right.kind.layout.replicates)
      if a != b { return a }
      return left.claims.count != right.claims.count
        ? left.claims.count > right.claims.count
        : (left.kind.name, left.suggestedName) < (right.kind.name, right.suggestedName)
    }
    let kindCounts = Self.kindCounts(catalog)
    var claimed: Set<Int> = []
    for var candidate in candidates {
      let own = candidate.claims.filter { !claimed.contains($0.series) }
      let isOwned = own.contains {
        $0.role != .context || kindCounts[series[$0.series].namespace] == 1
      }
      guard isOwned else { continue }
      claimed.formUnion(candidate.claims.map(\.series))
      candidate.settle { sums[$0] }
      services.append(candidate)
    }
    nameServices()
    assignRoles(sums)
    countStrangers(series, claimed)
  }

  /// By namespace, how many kinds have metrics of it.
  private static func kindCounts(_ catalog: Catalog) -> [String: Int] {
    let namespaces = catalog.kinds.flatMap { Set($0.metrics.map(\.namespace)) }
    return Dictionary(namespaces.map { ($0, 1) }, uniquingKeysWith: +)
  }

  /// The claims of a kind, those with the same dimensions together.
  private static func drafts(of kind: ServiceKind, _ series: [MetricID]) -> [ServiceDraft] {
    var groups: [[SeriesClaim]] = []
    for (number, identifier) in series.enumerated() {
      let claim = kind.metrics.lazy.compactMap {
        SeriesClaim($0, identifier, series: number)
      }.first
      guard let claim else { continue }
      let index = groups.firstIndex { known in
        known[0].dimensions == claim.dimensions
          || claim.probe != nil && known[0].probe != nil
      }
      if let index { groups[index].append(claim) } else { groups.append([claim]) }
    }
    return groups.map { ServiceDraft(kind, $0) }
  }

  private mutating func nameServices() {
    for index in services.indices { services[index].name = services[index].suggestedName }
    let names = services.map(\.name)
    for index in services.indices where names.count(where: { $0 == names[index] }) > 1 {
      // `orders-queue` beside `orders-database`.
      let last = services[index].kind.name.split(separator: "-").last ?? ""
      services[index].name += "-" + last
    }
    services.sort { $0.name < $1.name }
    var seen: [String: Int] = [:]
    for index in services.indices {
      let count = (seen[services[index].name] ?? 0) + 1
      seen[services[index].name] = count
      if count > 1 { services[index].name += "-\(count)" }
    }
  }

  /// The region that most stores write to is the primary; without such a store, the one to which nearly
  /// all requests come; where they come to several, all are active.
  private mutating func assignRoles(_ sums: [Double?]) {
    let codes = Set(services.flatMap { $0.regions + [$0.primary].compactMap { $0 } }).sorted()
    let primaries = services.filter(\.kind.layout.hasOneWriter).compactMap(\.primary)
    var primary = codes.max { left, right in
      let (a, b) = (primaries.count { $0 == left }, primaries.count { $0 == right })
      return a != b ? a < b : left > right
    }
    if primaries.isEmpty { primary = busiest(sums) }
    regions = codes.map {
      RegionDefinition(
        code: $0, role: primary == nil ? .active : $0 == primary ? .primary : .standby)
    }
    regions.sort { ($0.role == .primary ? 0 : 1, $0.code) < ($1.role == .primary ? 0 : 1, $1.code) }
  }

  private func busiest(_ sums: [Double?]) -> String? {
    var requests: [String: Double] = [:]
    for claim in services.flatMap(\.claims) where claim.role == .requests {
      requests[claim.source ?? claim.publisher, default: 0] += sums[claim.series] ?? 0
    }
    let total = requests.values.reduce(0, +)
    return requests.first { $0.value >= total * Self.nearlyAll && total > 0 }?.key
  }

  private static let nearlyAll = 0.9

  private mutating func countStrangers(_ series: [MetricID], _ claimed: Set<Int>) {
    var counts: [String: Int] = [:]
    for (number, identifier) in series.enumerated() where !claimed.contains(number) {
      counts[identifier.namespace, default: 0] += 1
    }
    strangers = counts.sorted { $0.key < $1.key }.map { (namespace: $0.key, count: $0.value) }
  }
}
