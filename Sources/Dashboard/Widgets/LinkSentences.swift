import Monitoring
import Telemetry

/// What the numbers of a link mean: what would be lost, what the state rests on, and what comes.
struct LinkSentences {
  let link: LinkReading
  let situation: Situation

  /// The most important first: a low window shows only those.
  var lines: [[Run]] {
    [loss, now] + reasons + [absence, outlook].compactMap { $0 } + backlogs
      + [drain].compactMap { $0 } + [link.from, link.to].compactMap(sight)
  }

  private var role: Role { Standing(link.state).role }

  private var loss: [Run] {
    let lead = Run("if \(link.from) were lost now: ", .muted)
    guard let risk = link.rpoNowSeconds else {
      let text =
        link.nativeValue == nil
        ? "unknown, no sample has been seen" : "unknown, the newest sample is no measurement"
      return [lead, Run(text, .unknown)]
    }
    return [
      lead, Run("at most \(Quantities.duration(risk)) of \(link.service) lost", role, .bold),
      Run(
        " = lag \(Quantities.duration(link.lagSeconds)) + sample "
          + "\(Quantities.age(link.ageSeconds)) old", .text),
    ]
  }

  private var now: [Run] {
    var now = [Run("now ", .muted), Run(Quantities.duration(link.lagSeconds), role, .bold)]
    if let native = link.nativeValue {
      now.append(Run(" (\(Decimals.short(native)) \(link.nativeUnit ?? ""))", .muted))
    }
    if let rpo = link.rpoSeconds {
      let share = Quantities.wholePercent(link.shownStrain)
      now.append(Run("   \(share) of RPO \(Quantities.objective(rpo))", .text))
    }
    if let warn = link.warnSeconds, let basis = link.basis {
      now.append(
        Run("   warns above \(Quantities.limit(warn, unit: "Seconds")) (\(basis.words))", .muted))
    }
    now.append(Run("   \(link.kind)", .muted))
    if let since = situation.age(of: link.since) {
      now.append(Run("   \(link.state.rawValue) for \(Quantities.duration(since))", .muted))
    }
    return now
  }

  private var reasons: [[Run]] {
    link.reasons.prefix(2).map { [Run("because ", .muted), Run($0, .text)] }
  }

  private var absence: [Run]? {
    guard let absence = link.absence, !link.reasons.contains(absence.evidence) else { return nil }
    return [
      Run("missing: ", .muted),
      Run(absence.meaning.words, absence.meaning.matters ? .stale : .muted),
      Run(", \(absence.evidence)", .text),
    ]
  }

  private var outlook: [Run]? {
    guard let catchUp = link.catchUp else { return nil }
    let role: Role = catchUp.isDiverging ? .crit : .text
    return [
      Run("outlook: ", .muted), Run(catchUp.sentence, role, catchUp.isDiverging ? .bold : []),
    ]
  }

  private var backlogs: [[Run]] {
    link.backlogs.map { backlog in
      let seconds = backlog.seconds.map { " = \(Quantities.duration($0)) of the source" } ?? ""
      return [
        Run("waiting: ", .muted),
        Run("\(Quantities.value(backlog.value, unit: backlog.unit))\(seconds)", .text),
        Run("   \(backlog.metric), \(Quantities.age(backlog.ageSeconds)) old", .muted),
      ]
    }
  }

  /// How well an end of the link is seen, where not wholly: what is fresh, and what is missing.
  private func sight(_ code: String) -> [Run]? {
    guard let region = situation.regions.first(where: { $0.region == code }),
      let freshness = region.freshness, freshness < 1
    else { return nil }
    var runs = [
      Run("\(code): ", .muted),
      Run("\(Quantities.percent(freshness)) of what it always publishes is fresh", .stale),
    ]
    let missing = region.absences.filter { $0.meaning.matters }
    if let first = missing.first {
      let others = missing.count > 1 ? ", and \(missing.count - 1) more" : ""
      runs.append(
        Run("; \(first.service) \(first.metric) \(first.meaning.words)\(others)", .text))
    }
    return runs
  }

  private var drain: [Run]? {
    guard let drain = link.drain else { return nil }
    let wait = Quantities.duration(drain.waitSeconds)
    guard drain.pausedSince != nil else {
      return [
        Run("before a planned move: ", .muted),
        Run("pause writes, then wait \(wait), ten times the recent maximum", .text),
      ]
    }
    let left = drain.remainingSeconds
    return [
      Run("writes are paused: ", .muted),
      left > 0
        ? Run("\(Quantities.duration(left)) of \(wait) left to wait", .warn, .bold)
        : Run("\(wait) have passed, ten times the recent maximum", .ok),
    ]
  }
}

extension Absence {
  /// For people: `region blind`.
  var words: String { rawValue.replacing("-", with: " ") }
}

extension ServiceMetric.Basis {
  /// Whose judgement it is, for people.
  var words: String {
    switch self {
    case .awsRecommended: "AWS recommends"
    case .awsDocumentation: "AWS documents"
    case .practitioner: "practitioners"
    case .ours: "ours"
    }
  }
}
