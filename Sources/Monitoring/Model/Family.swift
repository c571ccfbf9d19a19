import Telemetry

/// Independent families of evidence: two are needed to call a region down or to move a failover.
enum Family: Int, Hashable, Sendable, CaseIterable {
  /// Probes from outside: Route 53 health checks.
  case routing
  /// Canaries that run in another region and go the whole way of a user.
  case canary
  case traffic
  case errors
  case latency
  case hosts
  /// The provider's own checks of instances, clusters, volumes.
  case status
  /// What serves, against what is asked for; requests refused for want of it.
  case capacity
  /// What waits in the region and nowhere else.
  case queue
  case writes
  /// What other regions see of its replication.
  case replication
  /// What the provider says happens.
  case events
  /// Nothing is seen of it at all.
  case silence

  var name: String { String(describing: self) }

  /// Whether it can corroborate, but is no sickness of the region by itself.
  var onlySupports: Bool { self == .replication || self == .events }
  /// Whether it comes from outside the region, and so can tell down from unseen.
  var isOutside: Bool {
    self == .routing || self == .canary || self == .replication || self == .events
  }
}

/// One family's observation of a region at one instant.
struct Finding: Hashable, Sendable {
  var family: Family
  var level: Level
  /// Whether users are cut off, as against served badly.
  var isLoss = false
  /// Whether another region publishes it: then it can tell down from unseen.
  var isFromOutside = false
  /// Of replication: whether it is that into the region.
  var isIncoming = false
  /// The first bad sample; of silence the last one that was seen.
  var since: Timestamp
  /// Of silence: milliseconds until the first sample that is missing was due.
  var dueAfter: Int64 = 0
  /// When what it says began.
  var began: Timestamp { since + dueAfter }
  var value: Double
  var limit = 0.0
  /// What is counted, where a family has several kinds of it: a metric's name.
  var subject = ""

  enum Level: Int, Hashable, Comparable, Sendable {
    case warn = 1
    case critical = 2

    static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  /// A sentence, without the region.
  var sentence: String {
    let number = numberText(value)
    switch family {
    case .routing:
      return isLoss && value <= 1
        ? "its Route 53 health check fails"
        : "\(number) % of the Route 53 checkers find it healthy (limit \(numberText(limit)) %)"
    case .traffic: return "requests are at \(percentText(value)) of normal, and went nowhere else"
    case .errors:
      return limit <= 1
        ? "\(percentText(value)) of its requests fail (limit \(percentText(limit)))"
        : "\(number) server errors a minute (limit \(numberText(limit)))"
    case .latency: return "answers take \(secondsText(value)) (limit \(secondsText(limit)))"
    case .hosts:
      return isLoss
        ? "no host behind its load balancer is healthy"
        : "\(percentText(value)) of its hosts are healthy (limit \(percentText(limit)))"
    case .canary:
      return "\(percentText(value)) of the canary's runs succeed (limit \(percentText(limit)))"
    case .status: return "\(subject) is \(numberText(value)) (limit \(numberText(limit)))"
    case .capacity: return "\(subject) is at \(numberText(value)) (limit \(numberText(limit)))"
    case .queue: return "\(subject) is \(numberText(value)) (limit \(numberText(limit)))"
    case .writes: return "writes are at \(percentText(value)) of normal"
    case .replication:
      let way = isIncoming ? "into" : "out of"
      return "replication \(way) it has stopped on \(number) of its links"
    case .events: return "the provider reports a failover away from it, or an issue"
    case .silence where value == 0: return "nothing has been seen from it yet"
    case .silence: return "nothing has been seen from it for \(secondsText(value))"
    }
  }
}

/// `4 %`, `0.5 %` of a fraction.
package func percentText(_ fraction: Double) -> String { "\(numberText(fraction * 100)) %" }

extension Signal {
  /// How bad the newest samples are by the catalog's bounds; nil: fine, or not known.
  ///
  /// As many of the newest as the catalog says must be bad, two of three where it is silent (one of
  /// one while there is only one).
  func judged(
    at now: Timestamp, family: Family, warn: Double?, critical: Double?,
    _ transform: (Double) -> Double? = { $0 }
  ) -> Finding? {
    judged(at: now, family: family, warn: warn, critical: critical, by: { transform($0.value) })
  }

  /// As above, where what a value means depends on its time.
  func judged(
    at now: Timestamp, family: Family, warn: Double?, critical: Double?,
    by transform: (Point) -> Double?
  ) -> Finding? {
    guard !hasEnded(at: now), let last = points.last else { return nil }
    let judged = judgedPoints
    let needed =
      metric.reporting.isSparse
      ? metric.datapointsToAlarm : min(metric.datapointsToAlarm, judged.count)
    for (level, bound) in [(Finding.Level.critical, critical), (.warn, warn)] {
      guard let bound else { continue }
      let bad = judged.filter { point in
        transform(point).map { isBeyond($0, bound, level) } ?? false
      }
      guard bad.count >= needed, let first = bad.first else { continue }
      let value = transform(bad.last ?? last) ?? 0
      var finding = Finding(
        family: family, level: level, since: first.time, value: value, limit: bound,
        subject: metric.name)
      finding.isFromOutside = place != source
      return finding
    }
    return nil
  }

  /// The newest points; of a metric that is silent where there is nothing, those of the newest periods.
  private var judgedPoints: ArraySlice<Point> {
    let newest = points.suffix(metric.evaluationPeriods)
    guard metric.reporting.isSparse, let last = newest.last else { return newest }
    let span = Int64(metric.evaluationPeriods) * periodMilliseconds
    return newest.drop { last.time - $0.time >= span }
  }

  /// By the metric's own bounds, in its own unit.
  func judged(at now: Timestamp, family: Family) -> Finding? {
    judged(at: now, family: family, warn: metric.warn, critical: metric.critical)
  }

  private func isBeyond(_ value: Double, _ bound: Double, _ level: Finding.Level) -> Bool {
    guard metric.isBadWhenLow else { return value > bound }
    return level == .critical ? value <= bound : value < bound
  }
}
