import Monitoring
import Telemetry

/// What a deployment would lose if a region that writes were lost now, and the link that says so.
package struct Exposure: Hashable, Sendable {
  /// Nil: no deployment names the link's service.
  package var group: String?
  /// At most so much; nil: unknown.
  package var seconds: Double?
  /// The link that decides; where the loss is unknown, one that does not tell.
  package var link: LinkReading
}

extension Situation {
  /// What would be lost if the writing region were lost now, and how long recovery may take.
  var lossAnswer: Answer {
    guard let worst = exposures.first else {
      let words =
        links.isEmpty
        ? [Run("unknown: ", .unknown), Run("no replication link is known", .muted)]
        : [Run("unknown: ", .unknown), Run("no link has reported its lag yet", .muted)]
      return Answer("lost now", .init(.unknown, "?", .unknown, ""), words)
    }
    var words = words(of: worst)
    for other in exposures.dropFirst() where other.group != nil {
      let text = "\(other.group ?? "") \(Quantities.duration(other.seconds))"
      words.append(Run(" · \(text)", other.standing.role))
    }
    let breached = links.filter { Standing($0.state).severity == .critical && $0 != worst.link }
    if !breached.isEmpty {
      words.append(Run(" · \(Self.links(breached.count)) over RPO or broken", .crit))
    }
    let silent = links.count { $0.rpoNowSeconds == nil }
    if silent > 0 {
      words.append(Run(" · \(silent) of \(links.count) links without data", .unknown))
    }
    if let rto = tightest(\.rtoSeconds) {
      words.append(Run(" · RTO \(Quantities.objective(rto))", .muted))
    }
    let others = breached.first.map { Standing($0.state) } ?? worst.standing
    let standing = others.severity > worst.standing.severity ? others : worst.standing
    return Answer("lost now", standing, words)
  }

  private static func links(_ count: Int) -> String {
    count == 1 ? "1 other link" : "\(count) other links"
  }

  private func words(of exposure: Exposure) -> [Run] {
    let link = exposure.link
    let pair = "\(RegionCode.short(link.from)) > \(RegionCode.short(link.to))"
    guard let seconds = exposure.seconds else {
      return [
        Run("unknown: ", .unknown, .bold),
        Run("\(link.service) \(pair) does not tell its lag", .text),
      ]
    }
    return [
      Run("at most ", .text), Run(Quantities.duration(seconds), exposure.standing.role, .bold),
      Run(" of \(link.service), ", .text), objectiveWords(of: link),
      Run(" (\(pair) lag ", .muted), Run(Quantities.duration(link.lagSeconds), .text),
      Run(", sample \(Quantities.age(link.ageSeconds)) old)", .muted),
    ]
  }

  private func objectiveWords(of link: LinkReading) -> Run {
    guard let rpo = link.rpoSeconds else { return Run("no objective", .muted) }
    switch link.state {
    case .breached: return Run("RPO \(Quantities.objective(rpo)) BROKEN", .crit, .bold)
    case .broken: return Run("replication BROKEN", .crit, .bold)
    case .stale: return Run("RPO \(Quantities.objective(rpo)), sample overdue", .stale)
    case .warn: return Run("RPO \(Quantities.objective(rpo)) close", .warn)
    case .ok: return Run("RPO \(Quantities.objective(rpo)) kept", .ok)
    }
  }

  /// What each deployment would lose, the worst first; without deployments, what the most exposed link
  /// would.
  package var exposures: [Exposure] {
    let told = failovers.compactMap(exposure)
    guard told.isEmpty else {
      return told.enumerated().sorted { left, right in
        let (a, b) = (left.element, right.element)
        if a.standing.severity != b.standing.severity {
          return a.standing.severity > b.standing.severity
        }
        return a.share != b.share ? a.share > b.share : left.offset < right.offset
      }.map(\.element)
    }
    return worstExposure.map { [Exposure(seconds: $0.rpoNowSeconds, link: $0)] } ?? []
  }

  /// The deployment's own figure, and the link out of a writing region that makes it.
  func exposure(of failover: FailoverReading) -> Exposure? {
    let services = topology.deployments.first { $0.name == failover.group }?.services ?? []
    let out = links.filter {
      services.contains($0.service) && (failover.primary == nil || $0.from == failover.primary)
    }
    let seconds = failover.rpoNowSeconds
    guard let link = out.first(where: { $0.rpoNowSeconds == seconds }) ?? out.first else {
      return nil
    }
    return Exposure(group: failover.group, seconds: seconds, link: link)
  }

  /// The link whose loss would hurt most against its objective.
  package var worstExposure: LinkReading? {
    links.first { Standing($0.state).severity > .warning && $0.rpoNowSeconds != nil }
      ?? links.filter { $0.rpoNowSeconds != nil }.max { $0.exposure < $1.exposure }
  }
}

extension Exposure {
  var standing: Standing {
    seconds == nil ? .init(.unknown, "?", .unknown, "UNKNOWN") : Standing(link.state)
  }

  fileprivate var share: Double { seconds == nil ? .infinity : link.exposure }
}

extension LinkReading {
  /// What would be lost as a part of the objective; without one, behind all that have one.
  fileprivate var exposure: Double {
    guard let rpoNowSeconds else { return -1 }
    guard let rpoSeconds, rpoSeconds > 0 else { return rpoNowSeconds / 1e6 }
    return rpoNowSeconds / rpoSeconds
  }
}
