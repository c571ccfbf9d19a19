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
      let old = first.ageSeconds.map { " \(Quantities.age($0)) old" }
      let why = first.verdict == .unknown ? old ?? "" : " (need \(first.limit))"
      words.append(Run(" \(first.id) \(first.value)\(why)\(more)", .muted))
    } else if !reading.checks.isEmpty {
      words.append(Run(" \(reading.checks.count) of \(reading.checks.count) GO", .muted))
    }
    return words
  }
}
