import Monitoring
import Telemetry

/// Everything `check` reports about one instant; each output format is a pure function of it.
struct CheckReport {
  var at: Timestamp
  var verdict: Verdict
  /// By name, then region.
  var alarms: [AlarmReading]
  /// By region.
  var regions: [RegionReading]
  /// By service, source, target.
  var links: [LinkReading]
  /// By group.
  var failovers: [FailoverReading]
  var rejects: RejectLog
  /// Nil without a topology.
  var vantage: Vantage?

  init(
    at: Timestamp, verdict: Verdict, alarms: [AlarmReading] = [], regions: [RegionReading] = [],
    links: [LinkReading] = [], failovers: [FailoverReading] = [], rejects: RejectLog = RejectLog()
  ) {
    self.at = at
    self.verdict = verdict
    self.alarms = alarms.sorted { ($0.name, $0.region ?? "") < ($1.name, $1.region ?? "") }
    self.regions = regions.sorted { $0.region < $1.region }
    self.links = links.sorted { ($0.service, $0.from, $0.to) < ($1.service, $1.from, $1.to) }
    self.failovers = failovers.sorted { $0.group < $1.group }.map(\.sorted)
    self.rejects = rejects
  }

  /// Reads a moment and judges it.
  init(_ moment: Moment, alarmFaults: Int, findings: [Verdict.Reason]) {
    let (alarms, regions) = (moment.alarms, moment.regions)
    let (links, failovers) = (moment.links, moment.failovers)
    let hasData = moment.store.newestTime != nil || !moment.events.isEmpty
    let verdict = Verdict(
      at: moment.time, alarms: alarms, regions: regions, links: links, failovers: failovers,
      hasData: hasData, alarmFaults: alarmFaults, findings: findings)
    self.init(
      at: moment.time, verdict: verdict, alarms: alarms, regions: regions, links: links,
      failovers: failovers, rejects: moment.engine.rejects)
    if moment.topology.regions.count > 1 { vantage = moment.vantage }
  }

  /// All states in one text: two runs with equal digests found the same.
  var digest: String {
    var lines = [verdict.level.rawValue]
    lines += alarms.map { "alarm \($0.name) \($0.region ?? "-") \($0.state.rawValue)" }
    lines += regions.map { "region \($0.region) \($0.health.rawValue)" }
    lines += links.map { "link \($0.service) \($0.from) \($0.to) \($0.state.rawValue)" }
    for failover in failovers {
      lines.append("failover \(failover.group) \(failover.state.rawValue)")
      lines += failover.ready.map {
        "readiness \(failover.group) \($0.region) \($0.verdict.rawValue)"
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension FailoverReading {
  fileprivate var sorted: FailoverReading {
    var result = self
    result.ready.sort { $0.region < $1.region }
    for index in result.ready.indices { result.ready[index].checks.sort { $0.id < $1.id } }
    return result
  }
}
