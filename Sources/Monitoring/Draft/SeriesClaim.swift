import Telemetry

/// What one series tells of the service that it would belong to, were it of a kind of the catalog.
struct SeriesClaim: Hashable, Sendable {
  /// The series, by its place among those that are drafted from.
  var series: Int
  var role: MetricRole
  var publisher: String
  /// The dimensions that name the service, a region's code in them as `{region}`.
  var dimensions: [Dimension] = []
  /// Regions that the dimensions tell, or the codes in them.
  var source: String?
  var target: String?
  /// The health check or the canary that the series is of.
  var probe: String?

  /// Nil where the series is not one of the metric, or nothing in it names a service.
  init?(_ metric: ServiceMetric, _ identifier: MetricID, series: Int) {
    guard metric.namespace == identifier.namespace, metric.name == identifier.name,
      !identifier.region.isEmpty
    else { return nil }
    self.series = series
    role = metric.role
    publisher = identifier.region
    var rest = identifier.dimensions
    var extra: [Dimension] = []
    for pattern in metric.dimensions {
      guard let index = rest.firstIndex(where: { $0.name == pattern.name }) else {
        if pattern.isOptional { continue }
        return nil
      }
      guard take(rest.remove(at: index), as: pattern, &extra) else { return nil }
    }
    guard rest.isEmpty else { return nil }
    if dimensions.isEmpty { dimensions = extra }
    guard probe != nil || !dimensions.isEmpty else { return nil }
    switch metric.publishedIn {
    case .fixed(let code): if code != publisher { return nil }
    case .source: source = source ?? publisher
    case .target: target = target ?? publisher
    case .local: break
    }
  }

  private mutating func take(
    _ dimension: Dimension, as pattern: DimensionPattern, _ extra: inout [Dimension]
  ) -> Bool {
    switch pattern.value {
    case .service(let place):
      let code = RegionAtlas.code(in: dimension.value)
      let value = code.map { dimension.value.replacing($0, with: "{region}") } ?? dimension.value
      let found = Dimension(name: dimension.name, value: value)
      // An optional dimension divides a service; one that is always there names it.
      if pattern.isOptional { extra.append(found) } else { dimensions.append(found) }
      if place == .source { source = source ?? code }
      if place == .target { target = target ?? code }
    case .region(let place):
      guard RegionAtlas.knows(dimension.value) else { return false }
      if place == .source { source = dimension.value } else { target = dimension.value }
    case .healthCheck, .canary: probe = dimension.value
    case .literal(let text): return dimension.value == text
    case .any: break
    }
    return true
  }
}
