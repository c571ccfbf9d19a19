import Telemetry

/// What one series reports about the world, with the shapes that the scenario lays over it.
struct Reporter {
  let series: SeriesPlan
  private let world: World
  private let shapes: [Shape]
  /// The link that the series is about; for replicated writes, all links that lead here.
  private let links: [(from: String, course: LinkCourse)]

  init(series: SeriesPlan, scenario: Scenario, world: World) {
    self.series = series
    self.world = world
    shapes = scenario.story.shapes.filter { $0.pattern.matches(series) }
    links =
      scenario.plan.service(series.service).map { service in
        series.signal.links(to: series.region, in: service).map { link in
          (
            link.from,
            LinkCourse(scenario: scenario, service: service, from: link.from, to: link.to)
          )
        }
      } ?? []
  }

  /// The value at an instant, before noise; nil: nothing is published.
  func value(at time: Timestamp) -> Double? {
    let offset = world.offset(of: time)
    return shapes.reduce(undisturbed(at: time)) { value, shape in
      shape.value(at: offset, normal: value)
    }
  }

  /// The part of a value that noise is about: of a lag, no more than the usual one.
  func noisyPart(of value: Double) -> Double {
    guard let usual = links.first?.course.usualSeconds else { return value }
    switch series.signal {
    case .lag(_, _, let unitsPerSecond, _), .roleLag(_, _, let unitsPerSecond):
      return min(value, usual * unitsPerSecond)
    default: return value
    }
  }

  private func undisturbed(at time: Timestamp) -> Double? {
    switch series.signal {
    case .constant(let value): value
    case .load(let base, let perRequest):
      base + perRequest * world.requestsPerSecond(in: series.loadRegion ?? series.region, at: time)
    case .writes(let perRequest):
      world.demand(at: time) * perRequest
        * world.writtenPart(of: series.service, in: series.region, at: time)
    case .appliedWrites(let perRequest):
      appliedWrites(perRequest, at: time)
    case .replicatedWrites(let perRequest): perRequest * writesArriving(at: time)
    case .lag(_, _, let unitsPerSecond, let whileStopped):
      lag(unitsPerSecond, whileStopped: whileStopped, at: time)
    case .roleLag(let from, _, let unitsPerSecond):
      isRole(from, at: time) ? lag(unitsPerSecond, whileStopped: true, at: time) : nil
    case .pending(let from, _, let perRequest):
      lag(
        world.requestsPerSecond(in: from, at: time) * perRequest, whileStopped: true, at: time)
    }
  }

  /// Own writes, or those of the one region that is the source; a region cut off has its own only.
  private func appliedWrites(_ perRequest: Double, at time: Timestamp) -> Double {
    let writers = world.writers(of: series.service, at: time)
    if writers.isEmpty { return 0 }
    if !writers.contains(series.region), !isFed(at: time) { return 0 }
    guard writers.contains(series.region), writers.count > 1 else {
      return world.demand(at: time) * perRequest
    }
    return world.demand(at: time) * perRequest
      * world.writtenPart(of: series.service, in: series.region, at: time)
  }

  /// Whether what others write is applied in this series' region.
  private func isFed(at time: Timestamp) -> Bool {
    let source = world.source(of: series.service, at: time)
    return links.contains { link in
      guard link.from == source, case .flowing = link.course.lag(at: time) else { return false }
      return true
    }
  }

  /// Whether this series' region follows `from`: it does not write, and `from` does.
  private func isRole(_ from: String, at time: Timestamp) -> Bool {
    world.source(of: series.service, at: time) == from
      && !world.writers(of: series.service, at: time).contains(series.region)
  }

  private func lag(_ unitsPerSecond: Double, whileStopped: Bool, at time: Timestamp) -> Double? {
    guard let lag = links.first?.course.lag(at: time) else { return nil }
    if case .stopped = lag, !whileStopped { return nil }
    return lag.seconds.map { $0 * unitsPerSecond }
  }

  /// Requests per second whose writes reach this region: its own, and those replicated to it.
  private func writesArriving(at time: Timestamp) -> Double {
    links.reduce(world.requestsPerSecond(in: series.region, at: time)) { sum, link in
      if case .flowing = link.course.lag(at: time) {
        return sum + world.requestsPerSecond(in: link.from, at: time)
      }
      return sum
    }
  }
}

extension SeriesPlan.Signal {
  fileprivate func links(
    to region: String, in service: ServicePlan
  ) -> [(from: String, to: String)] {
    switch self {
    case .lag(let from, let to, _, _), .roleLag(let from, let to, _), .pending(let from, let to, _):
      [(from, to)]
    case .replicatedWrites, .appliedWrites: service.links.filter { $0.to == region }
    case .constant, .load, .writes: []
    }
  }
}
