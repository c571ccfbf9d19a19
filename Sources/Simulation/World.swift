import Telemetry

/// The scenario as it is at any instant: demand, shares and writers.
///
/// Metrics only report it.
struct World {
  private let incidentStart: Timestamp
  private let traffic: Traffic
  private let shifts: [Story.Shift]
  private let writers: [String: Steps<String>]

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

  /// The region that accepts writes of a service; nil in a write outage.
  func writer(of service: String, at time: Timestamp) -> String? {
    let region = writers[service]?.value(at: offset(of: time))
    return region == "none" ? nil : region
  }

  /// The region that wrote last: the source of replication, in a write outage too.
  func source(of service: String, at time: Timestamp) -> String? {
    let offset = offset(of: time)
    return writers[service]?.steps.last { $0.offset <= offset && $0.value != "none" }?.value
  }
}
