import Monitoring
import Telemetry

extension IncidentReport {
  /// Reads lag and traffic at even steps through the window.
  mutating func readGraphs(_ engine: Engine) {
    let span = to - from
    guard span > 0 else { return }
    let step = max(60_000, (span / Int64(Self.graphPoints) + 59_999) / 60_000 * 60_000)
    var time = from
    while time <= to {
      let moment = engine.moment(at: time)
      for link in moment.links { note(link, at: time) }
      for region in moment.regions { note(region, at: time) }
      time = time + step
    }
    lags = lags.filter { series in series.points.contains { $0.value != nil } }
    for index in lags.indices { lags[index].fill(from: from, to: to, step: step) }
    lags.sort { ($0.service, $0.from, $0.to) < ($1.service, $1.from, $1.to) }
  }

  /// The lag as it was known: a sample that is overdue is no value, but a gap.
  private mutating func note(_ link: LinkReading, at time: Timestamp) {
    let isKnown = link.state != .stale && link.state != .broken
    let isFresh = (link.ageSeconds ?? .infinity) <= Self.freshSeconds
    let point = ReportPoint(time: time, value: isKnown && isFresh ? link.lagSeconds : nil)
    let known = lags.firstIndex {
      $0.service == link.service && $0.from == link.from && $0.to == link.to
    }
    if let known {
      lags[known].points.append(point)
    } else {
      lags.append(
        LagSeries(
          service: link.service, from: link.from, to: link.to, objectiveSeconds: link.rpoSeconds,
          points: [point]))
    }
  }

  /// Three publishing periods of five minutes: older, a number says nothing about its instant.
  private static let freshSeconds = 900.0

  private mutating func note(_ region: RegionReading, at time: Timestamp) {
    let point = ReportPoint(time: time, value: region.trafficShare)
    if let known = traffic.firstIndex(where: { $0.region == region.region }) {
      traffic[known].points.append(point)
    } else {
      traffic.append(TrafficSeries(region: region.region, points: [point]))
    }
  }
}

extension LagSeries {
  /// Gives every step a point: while the link did not run, an unknown one.
  fileprivate mutating func fill(from: Timestamp, to: Timestamp, step: Int64) {
    var known = points[...]
    var all: [ReportPoint] = []
    var time = from
    while time <= to {
      if let first = known.first, first.time == time {
        all.append(first)
        known = known.dropFirst()
      } else {
        all.append(ReportPoint(time: time, value: nil))
      }
      time = time + step
    }
    points = all
  }
}
