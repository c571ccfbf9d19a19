import Documents
import Telemetry

/// A story about an estate, from which recordings are made: what is there, what happens, what is true.
///
/// Everything that happens is told in offsets from minute zero of the incident.
package struct Scenario: Sendable {
  package var name: String
  /// What the recording shows, in a few sentences.
  package var about = ""
  package var start: Timestamp
  package var durationMilliseconds: Int64
  /// Minute zero of all offsets; the start where there is no incident.
  package var incidentStart: Timestamp
  /// The seed used when none is given.
  package var seed: UInt64 = 1
  package var account = "111122223333"
  /// How far apart a series' datapoints are: a minute, or several.
  var periodMilliseconds: Int64 = 60_000
  /// The keys of `meridian.yaml`, as they go into the recording.
  package var topology: Node
  /// CloudWatch's keys, one mapping per alarm, as they go into the recording.
  package var alarms: [Node]

  var plan: TopologyPlan
  var traffic = Traffic()
  var delivery = Delivery()
  var canaries: [Canary] = []
  /// Metrics that no kind of service brings along.
  var metrics: [MetricPlan] = []
  var story = Story()
  var truth = TruthPlan()

  package var end: Timestamp { start + durationMilliseconds }

  func time(atOffset offset: Int64) -> Timestamp {
    offset == offsetOfStart ? start : incidentStart + offset
  }

  /// The same estate on days when nothing happens.
  package func uneventful(durationMilliseconds: Int64) -> Scenario {
    var calm = self
    calm.name = name + "-uneventful"
    calm.durationMilliseconds = durationMilliseconds
    calm.story = story.beforeTheIncident
    calm.truth = TruthPlan()
    return calm
  }

  /// The same story, seen less well: coarser data, more of it lost, more of it late.
  ///
  /// Who watches learns of a change later: the truth is given three periods more than a minute each to
  /// settle, since two bad datapoints of three decide, and two more where datapoints are lost; RPO and
  /// RTO are as much less exact.
  package func seen(every periodSeconds: Int64, missing: Double, late: Double) -> Scenario {
    var seen = self
    let period = max(periodMilliseconds, periodSeconds * 1000)
    seen.periodMilliseconds = period
    seen.delivery.missing = max(missing, delivery.missing)
    seen.delivery.late = max(late, delivery.late)
    seen.truth.settleMilliseconds += 3 * (period - periodMilliseconds)
    if missing > delivery.missing { seen.truth.settleMilliseconds += 2 * period }
    let slack = Double(seen.truth.settleMilliseconds - truth.settleMilliseconds) / 1000
    for index in seen.truth.deployments.indices {
      seen.truth.deployments[index].recovery?.rpoToleranceSeconds += slack
      seen.truth.deployments[index].recovery?.rtoToleranceSeconds += slack
    }
    return seen
  }
}

/// How many requests come, when and where.
struct Traffic: Hashable, Sendable {
  /// Of all regions together, in the busiest hour.
  var peakRequestsPerSecond = 500.0
  /// By hour of the day (UTC), as a part of the peak.
  var hours: [Double] = Array(repeating: 1, count: 24)
  /// Sigma of the log-normal noise from minute to minute.
  var noise = 0.03
  /// The parts of the regions, until a shift.
  var shares: [String: Double] = [:]
}

/// How datapoints reach whoever records them.
struct Delivery: Hashable, Sendable {
  /// A metric's publishing delay is drawn from here once; milliseconds after the period's end.
  var delay: ClosedRange<Int64> = 30_000...90_000
  /// Added per datapoint.
  var jitter: ClosedRange<Int64> = 0...5_000
  /// Part of the datapoints that never come.
  var missing = 0.0
  /// Part of the datapoints that come late, and by how much.
  var late = 0.0
  var lateBy: ClosedRange<Int64> = 300_000...1_200_000
}

/// A synthetic user: probes one region from another.
struct Canary: Hashable, Sendable {
  var name: String
  var watches: String
  var runsIn: String
}
