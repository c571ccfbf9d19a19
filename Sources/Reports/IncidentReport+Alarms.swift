import Monitoring
import Telemetry

extension IncidentReport {
  /// What each alarm did that was in ALARM at any time of the window, in the order of firing.
  static func alarms(
    _ changes: [Transition], _ engine: Engine, _ report: IncidentReport
  ) -> [AlarmStory] {
    var stories: [AlarmStory] = []
    for reading in engine.moment(at: report.to).alarms {
      let own = changes.filter {
        $0.kind == .alarm && $0.name == reading.name && $0.region == reading.region
      }
      let spans = spans(own, report)
      guard let first = spans.first else { continue }
      stories.append(
        AlarmStory(
          name: reading.name, region: reading.region, severity: reading.definition.severity,
          fired: first.from, afterSeconds: report.began.map { first.from.seconds(since: $0) },
          count: spans.count, inAlarmSeconds: spans.reduce(0) { $0 + $1.seconds },
          reason: own.first { $0.to == "ALARM" }?.reasons.first ?? reading.stateReason,
          isOver: reading.state != .alarm))
    }
    return stories.enumerated().sorted {
      ($0.element.fired, $0.offset) < ($1.element.fired, $1.offset)
    }.map(\.element)
  }

  private static func spans(_ own: [Transition], _ report: IncidentReport) -> [Stretch] {
    guard !own.isEmpty else { return [] }
    return stretches(own, from: report.from, to: report.to) { _ in nil }
      .filter { $0.state == "ALARM" }
  }

  /// The breaches of regions and links that no alarm told of while they lasted.
  static func silentBreaches(
    _ changes: [Transition], _ engine: Engine, _ report: IncidentReport
  ) -> [SilentBreach] {
    let readings = engine.moment(at: report.to).alarms
    var breaches: [SilentBreach] = []
    for course in report.regions {
      for stretch in worst(course.stretches, among: ["IMPAIRED", "DOWN"]) {
        let watching = readings.filter { isAbout(course.region, $0, engine.store) }
        breaches += breach(course.region, stretch, watching, changes)
      }
    }
    for (link, own) in links(changes) {
      let spans = stretches(own, from: report.from, to: report.to) { _ in nil }
      for stretch in worst(spans, among: ["BREACHED", "BROKEN"]) {
        let watching = readings.filter { isAbout(link, $0, engine) }
        breaches += breach(
          "\(link.service) \(link.from) to \(link.to)", stretch, watching, changes)
      }
    }
    return breaches.sorted { ($0.from, $0.subject) < ($1.from, $1.subject) }
  }

  /// A breach of less is over before the usual alarm of three minutes could tell.
  private static let shortestBreachSeconds = 300.0

  /// Stretches of bad states, joined where one bad state follows another; the worst names it.
  private static func worst(_ stretches: [Stretch], among states: [String]) -> [Stretch] {
    var result: [Stretch] = []
    for stretch in stretches where states.contains(stretch.state) {
      if let last = result.last, last.to == stretch.from {
        result[result.count - 1].to = stretch.to
        let isWorse =
          (states.firstIndex(of: stretch.state) ?? 0)
          > (states.firstIndex(of: last.state) ?? 0)
        if isWorse { result[result.count - 1].state = stretch.state }
      } else {
        result.append(stretch)
      }
    }
    return result.filter { $0.seconds >= shortestBreachSeconds }
  }

  private static func breach(
    _ subject: String, _ stretch: Stretch, _ watching: [AlarmReading], _ changes: [Transition]
  ) -> [SilentBreach] {
    let hasFired = watching.contains { alarm in
      changes.contains {
        $0.kind == .alarm && $0.name == alarm.name && $0.region == alarm.region
          && $0.to == "ALARM" && $0.time <= stretch.to && $0.time >= stretch.from - 600_000
      }
    }
    guard !hasFired else { return [] }
    return [
      SilentBreach(
        subject: subject, state: stretch.state, from: stretch.from, to: stretch.to,
        watching: watching.map { alarm in
          alarm.region.map { "\(alarm.name) in \($0)" } ?? alarm.name
        })
    ]
  }

  private struct Link: Hashable {
    var service: String
    var from: String
    var to: String
  }

  private static func links(_ changes: [Transition]) -> [(Link, [Transition])] {
    var found: [(Link, [Transition])] = []
    for change in changes where change.kind == .link {
      let link = Link(
        service: change.name, from: change.region ?? "", to: change.toRegion ?? "")
      if let index = found.firstIndex(where: { $0.0 == link }) {
        found[index].1.append(change)
      } else {
        found.append((link, [change]))
      }
    }
    return found
  }

  /// Whether an alarm can tell of a region: its metric is the region's, or names it in a dimension.
  private static func isAbout(
    _ region: String, _ alarm: AlarmReading, _ store: SeriesStore
  ) -> Bool {
    let dimensions = alarm.definition.dimensions
    let named = dimensions.contains { $0.value.contains(region) }
    guard alarm.region == region else { return named }
    // Where everything global is published, the alarm is about whom it names.
    let isGlobal = ["AWS/Route53", "AWS/CloudFront", "AWS/GlobalAccelerator"]
      .contains(alarm.definition.namespace)
    return isGlobal ? named : true
  }

  /// Whether an alarm reads the series that answers for a link.
  private static func isAbout(_ link: Link, _ alarm: AlarmReading, _ engine: Engine) -> Bool {
    let reading = engine.moment().links.first {
      $0.service == link.service && $0.from == link.from && $0.to == link.to
    }
    guard let series = reading?.series else { return false }
    let metric = engine.store.metric(series)
    return alarm.definition.namespace == metric.namespace
      && alarm.definition.metricName == metric.name
      && alarm.definition.dimensions == metric.dimensions
  }
}
