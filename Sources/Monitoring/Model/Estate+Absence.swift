import Telemetry

extension Estate {
  /// What the absence of a signal means at an instant; nil where it is there, or is not to be expected.
  func absence(of number: Int, at time: Timestamp) -> AbsenceReading? {
    let signal = board.signals[number]
    let known = signal.known(at: time)
    if let known, time - known <= signal.overdueAfter { return nil }
    guard !signal.isFallback, let (meaning, evidence) = meaning(of: number, known, at: time) else {
      return nil
    }
    return AbsenceReading(
      service: topology.services[signal.service].name, metric: signal.metric.name,
      region: board.places[signal.place].region, meaning: meaning, evidence: evidence,
      lastSeen: known)
  }

  /// The series that a region should publish and does not, by service and metric; what is published
  /// outside the estate stands with the region that it is about.
  func absences(of region: Int, at time: Timestamp) -> [AbsenceReading] {
    board.signals.indices
      .filter { number in
        let signal = board.signals[number]
        return signal.place == region
          || signal.place >= topology.regions.count && signal.source == region
      }
      .compactMap { absence(of: $0, at: time) }
  }

  /// The part of a region's always-metrics that is fresh; nil where it has none that was ever seen.
  func freshness(of region: Int, at time: Timestamp) -> Double? {
    var seen = 0
    var fresh = 0
    for signal in board.signals where signal.place == region && signal.metric.reporting == .always {
      guard !signal.isFallback, isExpected(signal, at: time), let known = signal.known(at: time)
      else { continue }
      seen += 1
      if time - known <= signal.overdueAfter { fresh += 1 }
    }
    return seen > 0 ? Double(fresh) / Double(seen) : nil
  }

  /// Whether the roles of an instant make a signal's resource publish it.
  ///
  /// What replicates runs from the primary, and a copy has no writer of its own.
  private func isExpected(_ signal: Signal, at time: Timestamp) -> Bool {
    guard catalog[topology.services[signal.service].kind]?.layout.hasOneWriter == true,
      signal.metric.role.isOfLink || signal.role == .writes,
      let primary = primaries[signal.service].at(time)?.region
    else { return true }
    return signal.source == primary
  }
}

extension Estate {
  private func meaning(
    of number: Int, _ known: Timestamp?, at time: Timestamp
  ) -> (Absence, String)? {
    let signal = board.signals[number]
    let place = board.places[signal.place]
    let name = signal.metric.name
    if place.newest != nil, place.wasSilent(at: time) {
      let age = place.dataAge(at: time).map(secondsText) ?? "long"
      return known == nil && !isExpected(signal, at: time)
        ? nil : (.regionBlind, "nothing has been seen from \(place.region) for \(age)")
    }
    if !isExpected(signal, at: time) { return known.map { moved(signal, since: $0, at: time) } }
    switch signal.metric.reporting {
    case .nonzero: return sparse(signal, at: time)
    case .event: return (.zero, "no \(name) has happened: it is published only when it does")
    case .derived where known == nil: return nil
    default: return known.map { stopped(signal, since: $0, at: time) } ?? never(signal, at: time)
    }
  }

  /// The role is elsewhere, and with it the series.
  private func moved(
    _ signal: Signal, since known: Timestamp, at time: Timestamp
  ) -> (Absence, String) {
    let primary = primaries[signal.service].at(time)?.region ?? signal.source
    let successor = board.signals[board.numbers(of: signal.service)].first {
      $0.metric == signal.metric && $0.source == primary
        && ($0.known(at: time) ?? .distantPast) > known
    }
    let begun = successor.map { ", it began in \(board.places[$0.place].region)" } ?? ""
    return (
      .roleMoved,
      "it ended in \(board.places[signal.place].region) at \(known)\(begun): the primary is "
        + name(primary)
    )
  }

  /// Nothing is published where there is nothing to report: what is always published tells.
  private func sparse(_ signal: Signal, at time: Timestamp) -> (Absence, String) {
    let name = signal.metric.name
    let witnesses = board.signals[board.numbers(of: signal.service)].filter {
      $0.source == signal.source && $0.target == signal.target
        && $0.place == signal.place && $0.metric.reporting == .always && !$0.isFallback
    }
    if let fresh = witnesses.first(where: { $0.isKnown(at: time) }) {
      return (.zero, "\(fresh.metric.name) of the same resource is there, so \(name) is zero")
    }
    guard let witness = witnesses.first else {
      return (.unknown, "nothing of its resource is always published, so zero cannot be told")
    }
    return (.unknown, "\(witness.metric.name), which would tell, is missing too")
  }

  /// It was there and is not: either this source has stopped, or the region is about to be blind.
  private func stopped(
    _ signal: Signal, since known: Timestamp, at time: Timestamp
  ) -> (Absence, String) {
    let place = board.places[signal.place]
    let isOutlived = place.known(at: time).map { $0 - known > signal.metric.periodMilliseconds }
    guard isOutlived == true else {
      return (.unknown, "nothing newer of \(place.region) is seen either")
    }
    return (.broken, "\(place.region) is seen, but \(signal.metric.name) is missing there")
  }

  /// It was never there; nil while that may only be the beginning.
  private func never(_ signal: Signal, at time: Timestamp) -> (Absence, String)? {
    let place = board.places[signal.place]
    guard let first = place.firstSeen, time - first > EstateRules.firstSampleGrace else {
      return nil
    }
    let name = signal.metric.name
    if let moved = primaries[signal.service].at(time)?.since, signal.metric.role.isOfLink {
      // A new arrangement: the copy is not there yet.
      return time - moved > EstateRules.firstSampleGrace
        ? (.broken, "no \(name) from \(place.region) since the primary moved")
        : (.unknown, "the primary moved, and \(name) may still begin in \(place.region)")
    }
    return signal.metric.reporting == .optIn
      ? (.neverEnabled, "no \(name) has been seen from \(place.region): it has to be enabled")
      : (
        .neverEnabled,
        "no \(name) has been seen from \(place.region): not enabled, or its dimensions do not match"
      )
  }
}

extension Signal {
  /// Whether the newest sample that was known at an instant was not overdue then.
  func isKnown(at time: Timestamp) -> Bool {
    known(at: time).map { time - $0 <= overdueAfter } ?? false
  }
}
