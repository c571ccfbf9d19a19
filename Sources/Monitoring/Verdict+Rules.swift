import Telemetry

extension Verdict {
  /// Judges everything that is monitored at an instant.
  ///
  /// `hasData` says whether anything had arrived by then, `alarmFaults` how many faults the
  /// alarm definitions had; `findings` are what the driver adds, as a state store that cannot be read.
  package init(
    at time: Timestamp, alarms: [AlarmReading], regions: [RegionReading], links: [LinkReading],
    failovers: [FailoverReading], hasData: Bool, alarmFaults: Int = 0, findings: [Reason] = []
  ) {
    var reasons = alarms.compactMap(\.finding)
    reasons += regions.compactMap(\.finding)
    reasons += Self.whatRegionsShare(regions).map { [$0] } ?? []
    reasons += links.compactMap(\.finding)
    reasons += failovers.flatMap { $0.findings(at: time) }
    if alarmFaults > 0 {
      reasons.append(Reason(.warning, "\(counted(alarmFaults, "fault")) in alarm definitions"))
    }
    if !hasData { reasons.append(Reason(.unknown, "no data")) }
    // Composite alarms always know what to say, so they say nothing about data.
    let measured = alarms.filter { $0.definition.composite == nil }
    if !measured.isEmpty, measured.allSatisfy({ $0.state == .insufficientData }) {
      reasons.append(Reason(.unknown, "every alarm is INSUFFICIENT_DATA"))
    }
    if alarms.isEmpty && regions.isEmpty && links.isEmpty && failovers.isEmpty {
      reasons.append(Reason(.unknown, "nothing is monitored: no alarms and no topology"))
    }
    self.init(reasons: reasons + findings)
  }

  /// What it means that no region is well: regions fail one at a time, and what fails all of them is
  /// common to them.
  package static func whatRegionsShare(_ regions: [RegionReading]) -> Reason? {
    guard regions.count > 1 else { return nil }
    if regions.allSatisfy({ $0.health == .blind }) {
      return Reason(.unknown, "no region is seen: the monitoring, or the way to it, and no region")
    }
    guard regions.allSatisfy({ $0.health.isUnwell }) else { return nil }
    return Reason(
      .warning,
      "all \(regions.count) regions are unwell at once: a release, or what they share, and no region"
    )
  }
}

extension RegionHealth {
  fileprivate var isUnwell: Bool {
    switch self {
    case .degraded, .impaired, .down: true
    case .healthy, .maintenance, .blind: false
    }
  }
}

extension AlarmReading {
  fileprivate var finding: Verdict.Reason? {
    let title = "alarm \(name)" + (region.map { " in \($0)" } ?? "")
    switch state {
    case .ok: return nil
    case .alarm:
      let level: Verdict.Level = definition.severity == .critical ? .critical : .warning
      return Verdict.Reason(level, "\(title) is ALARM")
    case .insufficientData:
      guard hadData else { return nil }
      return Verdict.Reason(.warning, "\(title) had data and is INSUFFICIENT_DATA")
    }
  }

  private var hadData: Bool {
    series != nil || previousState == .ok || previousState == .alarm
  }
}

extension RegionReading {
  fileprivate var finding: Verdict.Reason? {
    let level: Verdict.Level
    switch health {
    case .healthy, .maintenance: return nil
    case .degraded, .impaired: level = .warning
    case .blind: level = .unknown
    case .down: level = .critical
    }
    return Verdict.Reason(level, "region \(region) is \(health.rawValue)")
  }
}

extension LinkReading {
  fileprivate var finding: Verdict.Reason? {
    switch state {
    case .ok, .warn, .stale: nil
    case .breached: Verdict.Reason(.critical, "link \(title) breaks its RPO")
    case .broken: Verdict.Reason(.critical, "link \(title) is BROKEN")
    }
  }

  private var title: String { "\(service) \(from) → \(to)" }
}

extension FailoverReading {
  fileprivate func findings(at time: Timestamp) -> [Verdict.Reason] {
    var findings: [Verdict.Reason] = []
    if let level = state.level {
      findings.append(Verdict.Reason(level, "failover of \(group) is \(state.rawValue)"))
    }
    if writersKnown && writers.isEmpty {
      findings.append(Verdict.Reason(.critical, "\(group) has no writer"))
    }
    if state.isUnresolved, let incidentStart, let rtoSeconds,
      time.seconds(since: incidentStart) > rtoSeconds
    {
      findings.append(Verdict.Reason(.critical, "the incident of \(group) is past its RTO"))
    }
    for standby in ready where standby.verdict == .notReady {
      findings.append(
        Verdict.Reason(.warning, "standby \(standby.region) of \(group) is NOT_READY"))
    }
    return findings
  }
}

extension FailoverState {
  /// Whether the clock of the RTO still runs.
  fileprivate var isUnresolved: Bool {
    switch self {
    case .detecting, .failingOver, .stuck, .splitBrain, .blind: true
    case .steady, .steadySwapped, .failedOver, .failingBack: false
    }
  }

  fileprivate var level: Verdict.Level? {
    switch self {
    case .steady, .steadySwapped, .failedOver: nil
    case .detecting, .failingOver, .failingBack: .warning
    case .blind: .unknown
    case .stuck, .splitBrain: .critical
    }
  }
}

/// `1 alarm`, `2 alarms`.
package func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)" + (count == 1 ? "" : "s")
}
