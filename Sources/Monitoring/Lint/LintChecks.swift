import Telemetry

/// The rules that look at one alarm; each returns what it finds.
let allLintChecks: [@Sendable (LintSubject) -> [LintFinding]] = [
  checkRegion, checkUnit, checkMagnitude, checkSparse, checkHeartbeat, checkDimensions, checkOptIn,
  checkRole, checkPeriod, checkDrift, checkSilence, checkSentinels, checkMathRange, checkMathFill,
]

/// The rules that look at one metric of a math alarm, whose threshold is that of the result.
let metricLintChecks: [@Sendable (LintSubject) -> [LintFinding]] = [
  checkRegion, checkUnit, checkDimensions, checkOptIn, checkPeriod, checkMathDifference,
]

private func checkRegion(_ subject: LintSubject) -> [LintFinding] {
  guard let region = subject.definition.region, let metric = subject.metric,
    let allowed = subject.publishingRegions, !allowed.contains(region)
  else { return [] }
  let place = allowed.sorted().joined(separator: " or ")
  let why =
    switch metric.publishedIn {
    case .fixed: "everywhere's data are there"
    case .target: "the receiving region publishes it"
    case .source: "the sending region publishes it"
    case .local: "the region it is about publishes it"
    }
  return [
    subject.finding(
      .metricRegion, "Region", value: region,
      "\(subject.metricText) is published in \(place) (\(why)); in \(region) it never has data",
      remedy: "set Region to \(place), or leave Region out")
  ]
}

private func checkUnit(_ subject: LintSubject) -> [LintFinding] {
  guard let unit = subject.definition.unit, !subject.known.isEmpty else { return [] }
  let units = Set(subject.known.compactMap(\.metric.unit))
  guard !units.isEmpty, !units.contains(unit) else { return [] }
  let wanted = units.sorted().joined(separator: " or ")
  return [
    subject.finding(
      .metricUnit, "Unit", value: unit,
      "Unit filters the data, and \(subject.metricText) is published in \(wanted): the alarm sees "
        + "nothing", remedy: "leave Unit out, or set it to \(wanted)")
  ]
}

/// Where a threshold is so far from what the metric does that another unit must be meant.
private func checkMagnitude(_ subject: LintSubject) -> [LintFinding] {
  guard let metric = subject.metric, metric.ratioTo == nil, let unit = metric.unit,
    subject.definition.threshold > 0
  else { return [] }
  let threshold = subject.definition.threshold
  guard let (meant, remedy) = otherMagnitude(threshold, unit, metric) else { return [] }
  return [
    subject.finding(
      .thresholdMagnitude, "Threshold", value: threshold.javaText,
      "\(subject.metricText) is in \(unit): \(threshold.javaText) looks like \(meant)",
      remedy: remedy)
  ]
}

private func otherMagnitude(
  _ threshold: Double, _ unit: String, _ metric: ServiceMetric
) -> (meant: String, remedy: String)? {
  let usual = metric.critical ?? metric.warn ?? 0
  let usualText = usual > 0 ? "; usual is about \(usual.javaText)" : ""
  switch unit {
  case "Seconds" where usual > 0 && threshold >= 100 * usual:
    return ("milliseconds", "write it in seconds: \((threshold / 1000).javaText)\(usualText)")
  case "Milliseconds" where usual > 0 && threshold <= usual / 100:
    return ("seconds", "write it in milliseconds: \((threshold * 1000).javaText)\(usualText)")
  case "Percent" where threshold > 100:
    return ("another unit than percent", "write it as a percentage up to 100")
  case "Percent" where threshold < 1 && usual > 1:
    return ("a fraction", "write it in percent: \((threshold * 100).javaText)")
  default: return nil
  }
}

private func checkSparse(_ subject: LintSubject) -> [LintFinding] {
  guard let metric = subject.metric, subject.definition.treatMissingData == .breaching,
    metric.reporting == .nonzero || metric.reporting == .event
  else { return [] }
  return [
    subject.finding(
      .sparseBreaching, "TreatMissingData", value: "breaching",
      "\(subject.metricText) is published only when there is something to report, so the alarm is "
        + "in ALARM while all is well", remedy: "set TreatMissingData to notBreaching")
  ]
}

private func checkHeartbeat(_ subject: LintSubject) -> [LintFinding] {
  guard let metric = subject.metric, subject.definition.treatMissingData == .notBreaching,
    metric.reporting == .always
  else { return [] }
  return [
    subject.finding(
      .heartbeatNotBreaching, "TreatMissingData", value: "notBreaching",
      "\(subject.metricText) is always there while its source lives; when it stops, this alarm "
        + "says OK", remedy: "set TreatMissingData to breaching, or to missing to be told apart")
  ]
}

private func checkDimensions(_ subject: LintSubject) -> [LintFinding] {
  let given = subject.definition.dimensions
  if let wild = given.first(where: { $0.value.contains("*") || $0.value.contains("{region}") }) {
    return [
      subject.finding(
        .dimensionMatch, "Dimensions", value: "\(wild.name)=\(wild.value)",
        "a dimension of an alarm is one value, not a pattern",
        remedy: "write the value itself, in one alarm for each")
    ]
  }
  let sets = subject.known.map { $0.metric.dimensions }.filter { !$0.isEmpty }
  guard !sets.isEmpty else { return [] }
  let isPossible = sets.contains { patterns in
    let names = Set(given.map(\.name))
    return patterns.allSatisfy { $0.isOptional || names.contains($0.name) }
      && names.isSubset(of: Set(patterns.map(\.name)))
  }
  if isPossible || !subject.isForeign(to: sets) { return [] }
  let wanted = Set(sets.map { $0.map(\.name).sorted().joined(separator: ", ") }).sorted()
  return [
    subject.finding(
      .dimensionMatch, "Dimensions",
      value: given.isEmpty ? nil : given.map(\.description).joined(separator: ", "),
      "\(subject.metricText) has the dimensions \(wanted.joined(separator: ", or ")): no series "
        + "has these", remedy: "give all of its dimensions, and no others")
  ]
}

private func checkOptIn(_ subject: LintSubject) -> [LintFinding] {
  guard let metric = subject.metric, metric.reporting == .optIn else { return [] }
  return [
    subject.finding(
      .metricOptIn, "MetricName", value: subject.definition.metricName,
      "\(subject.metricText) is not published until it is switched on",
      remedy: "switch the metric on at the resource and see that it has data"
        + (metric.source.isEmpty ? "" : " (\(metric.source))"))
  ]
}

private func checkRole(_ subject: LintSubject) -> [LintFinding] {
  guard let region = subject.definition.region, let entry = subject.known.first,
    entry.kind.layout.hasOneWriter, entry.metric.publishedIn != .local,
    !subject.siblings.contains(where: {
      $0.region != region && $0.comparison == subject.definition.comparison
    })
  else { return [] }
  if case .fixed = entry.metric.publishedIn { return [] }
  return [
    subject.finding(
      .roleBound, "Region", value: region,
      "\(subject.metricText) moves to another region when roles do: after a failover this alarm "
        + "has no data",
      remedy: "leave Region out, so that the alarm lives where the metric is, "
        + "or add one for each region")
  ]
}

private func checkPeriod(_ subject: LintSubject) -> [LintFinding] {
  guard let metric = subject.metric else { return [] }
  let shortest = subject.known.map(\.metric.periodMilliseconds).min() ?? metric.periodMilliseconds
  guard Int64(subject.definition.periodSeconds) * 1000 < shortest else { return [] }
  return [
    subject.finding(
      .periodTooShort, "Period", value: "\(subject.definition.periodSeconds)",
      "\(subject.metricText) has a datapoint every \(durationText(shortest)): most slots stay "
        + "empty, and the state follows from what is missing",
      remedy: "set Period to \(shortest / 1000) or more")
  ]
}

private func checkDrift(_ subject: LintSubject) -> [LintFinding] {
  guard let metric = subject.metric, metric.reporting != .always, metric.reporting != .optIn,
    subject.definition.periodSeconds > 60,
    subject.definition.datapointsToAlarm ?? subject.definition.evaluationPeriods > 1
  else { return [] }
  return [
    subject.finding(
      .bucketDrift, "Period", value: "\(subject.definition.periodSeconds)",
      "periods slide by the minute, so the few datapoints of \(subject.metricText) are merged and "
        + "split anew each time: the state can flip with no new data",
      remedy: "use one period (1 of 1), Period 60, or a wall clock window")
  ]
}

private func checkSilence(_ subject: LintSubject) -> [LintFinding] {
  guard let rpo = subject.rpoSeconds, subject.metric?.role == .lag else { return [] }
  let rule = AlarmRule(subject.definition)
  let noticed = rule.silenceMilliseconds
  let objective = durationText(Int64(rpo * 1000))
  let service = subject.service?.name ?? ""
  let remedy =
    "set TreatMissingData to breaching, with fewer or shorter periods, or watch the objective "
    + "itself: RPO(\(service)) > \(Int(rpo))"
  switch subject.definition.treatMissingData {
  case .breaching, .missing:
    guard Double(noticed) > rpo * 1000 else { return [] }
    return [
      subject.finding(
        .silenceAfterObjective, "EvaluationPeriods",
        value: "\(subject.definition.evaluationPeriods)",
        "silence is noticed up to \(durationText(noticed)) after the last datapoint, but the RPO "
          + "of \(service) is \(objective)", remedy: remedy)
    ]
  case .ignore, .notBreaching:
    return [
      subject.finding(
        .silenceAfterObjective, "TreatMissingData",
        value: subject.definition.treatMissingData.rawValue,
        "silence is never noticed, but the RPO of \(service) is \(objective)", remedy: remedy)
    ]
  }
}

private func checkSentinels(_ subject: LintSubject) -> [LintFinding] {
  guard let metric = subject.metric, subject.definition.band == nil,
    let sentinel = metric.sentinels.first(where: { $0.means != .unknown }),
    !([subject.definition] + subject.siblings).contains(where: { $0.catches(sentinel.value) })
  else { return [] }
  return [
    subject.finding(
      .sentinelUnwatched, "Threshold", value: subject.definition.threshold.javaText,
      "\(subject.metricText) is \(sentinel.value.javaText) when replication "
        + "\(sentinel.means == .broken ? "is broken" : "has stalled"), which this alarm calls good",
      remedy: "add an alarm with LessThanOrEqualToThreshold \(sentinel.value.javaText)")
  ]
}

extension AlarmDefinition {
  fileprivate func catches(_ value: Double) -> Bool { AlarmRule(self).breaches(value) }
}

extension LintSubject {
  /// The regions that publish the metric of this alarm's service; nil when nothing forbids any.
  fileprivate var publishingRegions: Set<String>? {
    var allowed: Set<String> = []
    for entry in known {
      for place in [entry.metric.publishedIn, entry.metric.alsoPublishedIn].compactMap({ $0 }) {
        switch place {
        case .fixed(let region): allowed.insert(region)
        case .local: return nil
        case .source, .target:
          guard let service, let primary = service.primary else { return nil }
          allowed.formUnion(place == .source ? [primary] : service.replicas)
        }
      }
    }
    return allowed.isEmpty ? nil : allowed
  }

  /// Whether the dimensions cannot be those of a coarser or finer series that the catalog leaves
  /// out: none at all, or a name that no entry has.
  fileprivate func isForeign(to sets: [[DimensionPattern]]) -> Bool {
    let names = Set(definition.dimensions.map(\.name))
    let described = Set(sets.flatMap { $0.map(\.name) })
    return names.isDisjoint(with: described)
  }
}
