import Telemetry

/// All signals of an estate, and which series answers for which.
struct SignalBoard: Sendable {
  var signals: [Signal] = []
  /// Every region that publishes or is monitored: the topology's first, in its order.
  private(set) var places: [Sight] = []
  /// By service: the numbers of its signals, which stand together.
  private var ranges: [Range<Int>] = []
  private var candidates: [Key: [Int]] = [:]
  private var namespaces: [Key: [Int]] = [:]

  private struct Key: Hashable {
    var namespace: String
    var name: String
    var region: String
  }

  init(topology: Topology, catalog: Catalog) {
    places = topology.regions.map { Sight(region: $0.code) }
    for (index, service) in topology.services.enumerated() {
      let first = signals.count
      defer { ranges.append(first..<signals.count) }
      guard let kind = catalog[service.kind] else { continue }
      for metric in kind.metrics {
        for pair in Self.pairs(of: service, kind: kind, metric: metric, topology: topology) {
          add(metric, of: service, index, pair, topology)
        }
      }
    }
  }

  /// The region pairs (or regions, twice) for which a metric of a service is looked for.
  static func pairs(
    of service: ServiceDefinition, kind: ServiceKind, metric: ServiceMetric, topology: Topology
  ) -> [(Int, Int)] {
    let members = topology.members(of: service)
    switch kind.layout {
    case .canaries:
      return service.canaries.compactMap { canary in
        guard let watched = topology.index(canary.watches), let from = topology.index(canary.runsIn)
        else { return nil }
        return (watched, from)
      }
    case .edge: return members.prefix(1).map { ($0, $0) }
    case .sourceToTargets where metric.role.isOfLink:
      guard let source = service.primary.flatMap(topology.index) else { return [] }
      return members.filter { $0 != source }.map { (source, $0) }
    case .primaryAndReplicas where metric.role.isOfLink,
      .multiWriter where metric.role.isOfLink:
      return members.flatMap { from in members.filter { $0 != from }.map { (from, $0) } }
    default: return members.map { ($0, $0) }
    }
  }

  private mutating func add(
    _ metric: ServiceMetric, of service: ServiceDefinition, _ index: Int, _ pair: (Int, Int),
    _ topology: Topology
  ) {
    let source = topology.regions[pair.0].code
    let target = topology.regions[pair.1].code
    let publishers = [metric.publishedIn] + (metric.alsoPublishedIn.map { [$0] } ?? [])
    for publishing in publishers {
      let publisher = metric.region(publishing, source: source, target: target)
      let number = signals.count
      signals.append(
        Signal(
          service: index, metric: metric, source: pair.0, target: pair.1, place: place(publisher),
          expectations: metric.expectations(
            of: service, source: source, target: target, publisher: publisher),
          isFallback: publishing != metric.publishedIn))
      let key = Key(namespace: metric.namespace, name: metric.name, region: publisher)
      candidates[key, default: []].append(number)
      namespaces[Key(namespace: key.namespace, name: key.name, region: ""), default: []]
        .append(number)
    }
  }

  private mutating func place(_ region: String) -> Int {
    if let known = places.firstIndex(where: { $0.region == region }) { return known }
    places.append(Sight(region: region))
    return places.count - 1
  }

  /// Binds a series that has its first data to the roles it answers for.
  mutating func bind(_ series: SeriesID, metric: MetricID) {
    let key = Key(namespace: metric.namespace, name: metric.name, region: metric.region)
    var found = (candidates[key] ?? []).filter { signals[$0].accepts(metric) }
    if metric.region.isEmpty {
      found = onlyOne((namespaces[key] ?? []).filter { signals[$0].accepts(metric) })
    }
    for number in found {
      signals[number].bind(series, detail: signals[number].detail(of: metric))
      places[signals[number].place].watch(series, overdueAfter: signals[number].overdueAfter)
    }
    guard found.isEmpty, let place = places.firstIndex(where: { $0.region == metric.region })
    else { return }
    places[place].witness(series)
  }

  /// A series that does not tell its region is accepted where it can belong to one role only.
  private func onlyOne(_ found: [Int]) -> [Int] {
    let main = found.filter { !signals[$0].isFallback }
    return Set(main.map { signals[$0].place }).count == 1 ? main : []
  }

  mutating func refresh(store: SeriesStore, now: Timestamp) {
    for index in signals.indices { signals[index].refresh(store: store, now: now) }
    for index in places.indices { places[index].refresh(store: store, now: now) }
  }

  /// The numbers of a service's signals.
  func numbers(of service: Int) -> Range<Int> { ranges[service] }

  /// The numbers of the signals that pass, in order.
  func numbers(where passes: (Signal) -> Bool) -> [Int] {
    signals.indices.filter { passes(signals[$0]) }
  }
}

extension Signal {
  /// Whether a metric's dimensions are the ones looked for.
  ///
  /// Each dimension must be known and have the expected value; those that are not optional must be
  /// there; and one that names the service must match, unless the service is named by none.
  fileprivate func accepts(_ metric: MetricID) -> Bool {
    var isIdentified = !expectations.contains { $0.identifies }
    var matched = 0
    for dimension in metric.dimensions {
      guard let expectation = expectations.first(where: { $0.name == dimension.name }),
        expectation.value.map({ $0 == dimension.value }) ?? true
      else { return false }
      if expectation.identifies { isIdentified = true }
      if !expectation.isOptional { matched += 1 }
    }
    return isIdentified && matched == expectations.count { !$0.isOptional }
  }
}

extension Signal {
  /// How many optional dimensions a metric has.
  fileprivate func detail(of metric: MetricID) -> Int {
    metric.dimensions.count { dimension in
      expectations.contains { $0.name == dimension.name && $0.isOptional }
    }
  }
}

extension Topology {
  package func index(_ region: String) -> Int? { regions.firstIndex { $0.code == region } }

  /// The regions a service spans, by their place in the topology; its primary first.
  func members(of service: ServiceDefinition) -> [Int] {
    let codes = [service.primary].compactMap { $0 } + service.replicas
    var members: [Int] = []
    for code in codes {
      if let index = index(code), !members.contains(index) { members.append(index) }
    }
    return members
  }
}
