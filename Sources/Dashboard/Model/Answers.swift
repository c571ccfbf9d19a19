import Monitoring
import Telemetry

/// The five questions of somebody woken at night, answered in words, worst things named.
///
/// Which region is ill, who writes, what would be lost now, whether a standby could take over, and
/// whether the monitoring itself can be trusted.
package struct Answer: Hashable, Sendable {
  package var question: String
  package var standing: Standing
  package var words: [Run]

  package init(_ question: String, _ standing: Standing, _ words: [Run]) {
    self.question = question
    self.standing = standing
    self.words = words
  }
}

extension Situation {
  package var answers: [Answer] {
    [regionAnswer, writerAnswer, lossAnswer, standbyAnswer, dataAnswer]
  }

  /// Whether it is a region, and which.
  private var regionAnswer: Answer {
    guard !regions.isEmpty else {
      return Answer(
        "regions", .init(.unknown, "?", .unknown, "NONE"),
        [
          Run("none known: ", .unknown),
          Run("no topology is configured (see meridian init)", .muted),
        ])
    }
    let sorted = regions.enumerated().sorted {
      let (a, b) = (Standing($0.element.health).severity, Standing($1.element.health).severity)
      return a != b ? a > b : $0.offset < $1.offset
    }.map(\.element)
    let ill = sorted.filter { $0.health != .healthy }
    guard let worst = ill.first else {
      let all = regions.count == 1 ? "the one region is" : "all \(regions.count) regions are"
      return Answer("regions", Standing(.healthy), [Run("\(all) HEALTHY", .ok)])
    }
    let standing = Standing(worst.health)
    var words = [Run("\(worst.region) is \(worst.health.rawValue)", standing.role, .bold)]
    if let age = age(of: worst.since) {
      words.append(Run(" for \(Quantities.duration(age))", .text))
    }
    if let reason = worst.reasons.first { words.append(Run(": \(reason)", .text)) }
    for other in ill.dropFirst() {
      words.append(Run(" · ", .muted))
      words.append(Run("\(other.region) \(other.health.rawValue)", Standing(other.health).role))
    }
    if let shared = Verdict.whatRegionsShare(regions) {
      words.insert(Run(shared.text + ": ", .title, .bold), at: 0)
    }
    return Answer("regions", standing, words)
  }

  /// Who writes now: one, none, or two.
  private var writerAnswer: Answer {
    guard !failovers.isEmpty else {
      return Answer(
        "writes", .init(.unknown, "?", .unknown, ""),
        [
          Run("unknown: ", .unknown), Run("no deployment is configured", .muted),
        ])
    }
    var words: [Run] = []
    var worst = Standing(.steady)
    for failover in failovers.sorted(by: worstFailoverFirst) {
      let standing = writerStanding(of: failover)
      if standing.severity > worst.severity { worst = standing }
      if !words.isEmpty { words.append(Run(" · ", .muted)) }
      words += writerWords(of: failover, standing)
    }
    return Answer("writes", worst, words)
  }

  private func worstFailoverFirst(_ left: FailoverReading, _ right: FailoverReading) -> Bool {
    let (a, b) = (writerStanding(of: left).severity, writerStanding(of: right).severity)
    return a != b ? a > b : left.group < right.group
  }

  private func writerStanding(of failover: FailoverReading) -> Standing {
    let state = Standing(failover.state)
    guard failover.writersKnown else { return .init(.unknown, "?", .unknown, "UNKNOWN") }
    let isBad =
      failover.writers.isEmpty || failover.writers.count > 1 && failover.model != .activeActive
    return isBad ? .init(.critical, "■", .crit, "") : state
  }

  private func writerWords(of failover: FailoverReading, _ standing: Standing) -> [Run] {
    let state = Standing(failover.state)
    var words = [Run("\(failover.group): ", .muted)]
    if !failover.writersKnown {
      words.append(Run("cannot tell who writes", .unknown, .bold))
    } else if failover.writers.isEmpty {
      words.append(Run("NOBODY writes", .crit, .bold))
    } else if failover.writers.count > 1, failover.model != .activeActive {
      let both = failover.writers.joined(separator: " and ")
      words.append(Run("TWO WRITERS, \(both)", .crit, .bold))
    } else {
      words.append(Run(failover.writers.joined(separator: ", "), .title, .bold))
      words.append(Run(failover.writers.count == 1 ? " writes" : " write", .text))
    }
    words.append(Run(", ", .muted))
    words.append(Run(state.word + (failover.drill ? " (drill)" : ""), state.role))
    if let age = age(of: failover.since) {
      words.append(Run(" \(Quantities.duration(age))", .muted))
    }
    return words
  }

  /// What would be lost if the writing region were lost now, and how long recovery may take.
  private var lossAnswer: Answer {
    let known = links.filter { $0.rpoNowSeconds != nil }
    guard let worst = worstExposure else {
      let words =
        links.isEmpty
        ? [Run("unknown: ", .unknown), Run("no replication link is known", .muted)]
        : [Run("unknown: ", .unknown), Run("no link has reported its lag yet", .muted)]
      return Answer("lost now", .init(.unknown, "?", .unknown, ""), words)
    }
    let standing = Standing(worst.state)
    var words = [
      Run("at most ", .text),
      Run(Quantities.duration(worst.rpoNowSeconds), standing.role, .bold),
      Run(" of \(worst.service), ", .text),
    ]
    words += objectiveWords(of: worst)
    words += [
      Run(" (\(RegionCode.short(worst.from)) > \(RegionCode.short(worst.to)) lag ", .muted),
      Run(Quantities.duration(worst.lagSeconds), .text),
      Run(", sample \(Quantities.age(worst.ageSeconds)) old)", .muted),
    ]
    if let longest = known.max(by: { ($0.rpoNowSeconds ?? 0) < ($1.rpoNowSeconds ?? 0) }),
      longest.service != worst.service
    {
      words.append(
        Run(" · \(longest.service) \(Quantities.duration(longest.rpoNowSeconds))", .text))
    }
    if known.count < links.count {
      words.append(
        Run(" · \(links.count - known.count) of \(links.count) links without data", .unknown))
    }
    if let rto = tightest(\.rtoSeconds) {
      words.append(Run(" · RTO \(Quantities.objective(rto))", .muted))
    }
    return Answer("lost now", standing, words)
  }

  private func objectiveWords(of link: LinkReading) -> [Run] {
    guard let rpo = link.rpoSeconds else { return [Run("no objective", .muted)] }
    switch link.state {
    case .breached:
      return [Run("RPO \(Quantities.objective(rpo)) BROKEN", .crit, .bold)]
    case .broken: return [Run("replication BROKEN", .crit, .bold)]
    case .stale: return [Run("RPO \(Quantities.objective(rpo)), sample overdue", .stale)]
    case .warn: return [Run("RPO \(Quantities.objective(rpo)) close", .warn)]
    case .ok: return [Run("RPO \(Quantities.objective(rpo)) kept", .ok)]
    }
  }

  /// The link whose loss would hurt most against its objective.
  package var worstExposure: LinkReading? {
    links.first { Standing($0.state).severity > .warning && $0.rpoNowSeconds != nil }
      ?? links.filter { $0.rpoNowSeconds != nil }.max { exposure($0) < exposure($1) }
  }

  private func exposure(_ link: LinkReading) -> Double {
    guard let now = link.rpoNowSeconds else { return -1 }
    guard let objective = link.rpoSeconds, objective > 0 else { return now / 1e6 }
    return now / objective
  }

  /// Whether a standby could take over now.
  private var standbyAnswer: Answer {
    let readings = failovers.flatMap { failover in failover.ready.map { (failover.group, $0) } }
    guard
      let best = readings.max(by: {
        Standing($0.1.verdict).severity > Standing($1.1.verdict).severity
      })
    else {
      return Answer(
        "standby", .init(.planned, "-", .muted, ""),
        [
          Run(
            failovers.isEmpty ? "unknown: no deployment is configured" : "no standby in the plan",
            .muted)
        ])
    }
    var words: [Run] = []
    for (group, reading) in readings {
      if !words.isEmpty { words.append(Run(" · ", .muted)) }
      words += readinessWords(reading, group: failovers.count > 1 ? group : nil)
    }
    return Answer("standby", Standing(best.1.verdict), words)
  }

  private func readinessWords(_ reading: ReadinessReading, group: String?) -> [Run] {
    let standing = Standing(reading.verdict)
    var words = [Run((group.map { $0 + " " } ?? "") + reading.region + " ", .text)]
    words.append(Run(reading.verdict.rawValue, standing.role, .bold))
    let failing = reading.checks.filter { $0.verdict != .go }
    if let first = failing.first {
      let more = failing.count > 1 ? " and \(failing.count - 1) more" : ""
      words.append(Run(" \(first.id) \(first.value) (need \(first.limit))\(more)", .muted))
    } else if !reading.checks.isEmpty {
      words.append(Run(" \(reading.checks.count) of \(reading.checks.count) GO", .muted))
    }
    return words
  }

  /// Whether it is only the monitoring.
  private var dataAnswer: Answer {
    let age = dataAgeSeconds
    let blind = regions.filter { $0.health == .blind }
    var words: [Run] = []
    var standing = Standing(.fine, "●", .ok, "OK")
    if let age {
      words.append(Run("newest data ", .muted))
      words.append(
        Run("\(Quantities.age(age)) old", ageRole(age), ageRole(age) == .text ? [] : .bold))
      if age >= Self.lateSeconds { standing = .init(.warning, "▲", .warn, "LATE") }
      if age >= Self.silentSeconds { standing = .init(.unknown, "?", .unknown, "SILENT") }
    } else {
      words.append(Run("waiting for the first sample", .unknown, .bold))
      standing = .init(.unknown, "?", .unknown, "NONE")
    }
    if !blind.isEmpty {
      standing = .init(.unknown, "?", .unknown, "BLIND")
      words.append(
        Run(" · cannot see \(blind.map(\.region).joined(separator: ", "))", .unknown, .bold))
    }
    let (more, worse) = sourceWords
    words += more
    if worse, standing.severity < .warning { standing = .init(.warning, "▲", .warn, "SOURCES") }
    return Answer("our eyes", standing, words)
  }

  private var sourceWords: ([Run], Bool) {
    var words: [Run] = []
    let ill = sources.filter { $0.problem != nil }
    if !sources.isEmpty {
      words.append(Run(" · sources \(sources.count - ill.count)/\(sources.count)", .muted))
    }
    if let first = ill.first {
      words.append(Run(" \(first.name): \(first.problem ?? "")", .warn))
    }
    if rejects > 0 {
      let records = rejects == 1 ? "record" : "records"
      words.append(Run(" · \(Quantities.count(Double(rejects))) \(records) rejected", .warn))
    }
    return (words, !ill.isEmpty)
  }

  /// The age of the newest data of anything; nil before the first.
  package var dataAgeSeconds: Double? {
    if let youngest = regions.compactMap(\.dataAgeSeconds).min() { return youngest }
    return age(of: store.newestTime(atOrBefore: time))
  }

  /// CloudWatch is late after three minutes and silent after ten.
  package static let lateSeconds = 180.0
  package static let silentSeconds = 600.0

  /// How an age is drawn.
  package func ageRole(_ age: Double?) -> Role {
    guard let age else { return .unknown }
    return age >= Self.silentSeconds ? .crit : age >= Self.lateSeconds ? .warn : .text
  }

  /// The strictest objective of all deployments.
  package func tightest(_ objective: (Deployment) -> Double?) -> Double? {
    topology.deployments.compactMap(objective).min()
  }
}
