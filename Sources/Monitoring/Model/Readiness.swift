import Telemetry

/// Whether a standby could take over, as it is judged at every instant: verdicts without words.
struct Readiness: Hashable, Sendable {
  var gauges: [Gauge]

  var verdict: ReadinessReading.Verdict {
    if gauges.contains(where: { $0.verdict == .noGo }) { return .notReady }
    // A standby about which nothing is known is not ready, but not unfit either.
    if gauges.isEmpty || gauges.contains(where: { $0.verdict == .unknown }) { return .unknown }
    return .ready
  }

  /// One check and its verdict.
  struct Gauge: Hashable, Sendable {
    var check: Check
    var verdict: ReadinessReading.CheckVerdict
  }

  /// The inputs of readiness.
  ///
  /// One that an estate cannot have is not there; one that it should have and does not tell is UNKNOWN.
  enum Check: Hashable, Sendable {
    /// The lag of one link into the standby, by its place in the estate.
    case lag(Int)
    /// How much of a day's lag kept the objective, in thousandths: 990 are the 99th percentile.
    case lagHistory(link: Int, kept: Int)
    case freshness
    case health
    /// The standby's Route 53 health check, by its signal.
    case routing(Int)
    /// Others of the deployment have a health check, and the standby has none.
    case noHealthCheck
    case timeToLive
    case writer
    /// What serves of a service against what must, or what may be started.
    case capacity(service: Int, need: Double, signal: Int?, may: Int?)
    case quota(signal: Int)
    case engineVersion(service: Int)
    case headless(service: Int)
    /// An alarm that the configuration names, by its place there.
    case alarm(Int)
    case staticStability
    /// What the provider's evaluation of the plan said.
    case planEvaluation(PlanEvaluation)
    case drill(last: Timestamp?)
    case restore
    case blastRadius
  }
}

/// How much of a day's lag of a link kept its objective: counts by the hour.
struct LagDay: Hashable, Sendable {
  private(set) var start: Timestamp?
  private var epoch: Timestamp?
  private var newest = Timestamp.distantPast
  private var hours: [Hour] = []

  private struct Hour: Hashable, Sendable {
    var start: Timestamp
    var count = 0
    var over = 0
  }

  static let hour: Int64 = 3_600_000

  /// Counts the samples that are new; an epoch begins a new day.
  mutating func learn(
    _ points: [Signal.Point], metric: ServiceMetric, objective: Double, activeSince: Timestamp?
  ) {
    if activeSince != epoch { self = LagDay(epoch: activeSince) }
    for point in points
    where point.time > newest && activeSince.map({ point.time >= $0 }) ?? true {
      newest = point.time
      start = start ?? point.time
      let hour = point.time.floored(toMilliseconds: Self.hour)
      if hours.last?.start != hour { hours.append(Hour(start: hour)) }
      hours[hours.count - 1].count += 1
      if metric.seconds(point.value) > objective { hours[hours.count - 1].over += 1 }
    }
    while let first = hours.first, newest - first.start > EstateRules.day { hours.removeFirst() }
  }

  init() {}

  private init(epoch: Timestamp?) { self.epoch = epoch }

  /// The thousandths that kept it; nil before a whole day is known.
  func kept(at now: Timestamp) -> Int? {
    guard let start, now - start >= EstateRules.day else { return nil }
    let count = hours.reduce(0) { $0 + $1.count }
    let over = hours.reduce(0) { $0 + $1.over }
    return count > 0 ? (count - over) * 1000 / count : nil
  }
}
