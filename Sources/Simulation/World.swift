import Telemetry

/// The scenario as it is at any instant: demand, shares and writers.
///
/// Metrics only report it.
struct World {
  private let incidentStart: Timestamp
  private let traffic: Traffic
  private let shifts: [Story.Shift]
  private let writers: [String: Steps<[String]>]

  init(scenario: Scenario) {
    incidentStart = scenario.incidentStart
    traffic = scenario.traffic
    shifts = scenario.story.shifts
    writers = scenario.story.writers
  }

  func offset(of time: Timestamp) -> Int64 { time - incidentStart }

  /// Requests per second of all regions together, by the hour of the day.
  func demand(at time: Timestamp) -> Double {
    let dayMilliseconds = time - time.floored(toMilliseconds: 86_400_000)
    let hour = Double(dayMilliseconds) / 3_600_000
    let first = Int(hour)
    let way = hour - Double(first)
    let level = traffic.hours[first % 24] * (1 - way) + traffic.hours[(first + 1) % 24] * way
    return traffic.peakRequestsPerSecond * level
  }

  /// The part of the demand that is sent to a region.
  func share(of region: String, at time: Timestamp) -> Double {
    let offset = offset(of: time)
    guard let last = shifts.lastIndex(where: { $0.offset <= offset }) else {
      return traffic.shares[region] ?? 0
    }
    let from = shifts[last]
    let start = from.shares[region] ?? 0
    guard last + 1 < shifts.count else { return start }
    let next = shifts[last + 1]
    let way = Double(offset - from.offset) / Double(next.offset - from.offset)
    return start + ((next.shares[region] ?? 0) - start) * way
  }

  func requestsPerSecond(in region: String, at time: Timestamp) -> Double {
    demand(at: time) * share(of: region, at: time)
  }

  /// The regions that accept writes of a service: none in a write outage, several in a split brain.
  func writers(of service: String, at time: Timestamp) -> [String] {
    writers[service]?.value(at: offset(of: time)) ?? []
  }

  /// The part of a service's writes that a region takes: split as users are where several accept them.
  func writtenPart(of service: String, in region: String, at time: Timestamp) -> Double {
    let writers = writers(of: service, at: time)
    guard writers.contains(region) else { return 0 }
    let total = writers.reduce(0) { $0 + share(of: $1, at: time) }
    return total > 0 && writers.count > 1
      ? share(of: region, at: time) / total : 1 / Double(writers.count)
  }

  /// The region that wrote last, alone or first named: the source of replication, in a write outage too.
  func source(of service: String, at time: Timestamp) -> String? {
    let offset = offset(of: time)
    return writers[service]?.steps.last { $0.offset <= offset && !$0.value.isEmpty }?.value.first
  }
}
