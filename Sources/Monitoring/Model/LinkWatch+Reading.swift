import Telemetry

extension LinkWatch {
  /// The link at an instant: its state from the history, its numbers from the store.
  func reading(
    at time: Timestamp, activeSince start: Timestamp?, board: SignalBoard, store: SeriesStore,
    topology: Topology
  ) -> LinkReading {
    let entry = history.at(time)
    let isCurrent = start.map { (entry?.since ?? .distantPast) >= $0 } ?? true
    let service = topology.services[self.service]
    var reading = LinkReading(
      service: service.name, kind: service.kind, from: topology.regions[from].code,
      to: topology.regions[to].code, state: (isCurrent ? entry?.state : nil) ?? .stale)
    reading.since = isCurrent ? entry?.since : start
    reading.reasons = (isCurrent ? entry?.reasons : nil) ?? [noSample(board, at: time)]
    reading.rpoSeconds = objective
    fill(&reading, at: time, since: start, board: board, store: store)
    return reading
  }

  private func fill(
    _ reading: inout LinkReading, at time: Timestamp, since start: Timestamp?,
    board: SignalBoard, store: SeriesStore
  ) {
    var metric = board.signals[lag].metric
    var found: (series: SeriesID, point: Datapoint)?
    for number in [lag] + fallbacks where found == nil {
      let signal = board.signals[number]
      metric = signal.metric
      found = Self.newest(of: signal, at: time, since: start, store: store)
    }
    reading.nativeUnit = metric.unit
    reading.secondsPerUnit = metric.secondsPerUnit
    reading.warnSeconds = metric.warn.map { metric.seconds($0) }
    reading.series = found?.series
    guard let found else { return }
    let value = found.point.statistics.value(of: metric.statistic)
    let age = max(0, time.seconds(since: found.point.time))
    reading.nativeValue = value
    reading.ageSeconds = age
    // A special value is no measurement: what would be lost is unknown, not little.
    guard
      !metric.sentinels.contains(where: { $0.value == value && $0.means != .stalledWhileWriting })
    else { return }
    if reading.state == .broken, metric.sentinels.contains(where: { $0.value == value }) { return }
    reading.lagSeconds = metric.seconds(value)
    reading.rpoNowSeconds = metric.seconds(value) + age
  }

  /// The newest sample that was known at an instant; of several series the worst.
  static func newest(
    of signal: Signal, at time: Timestamp, since start: Timestamp?, store: SeriesStore
  ) -> (series: SeriesID, point: Datapoint)? {
    guard let known = signal.known(at: time), known >= start ?? .distantPast else { return nil }
    let bucket = known + EstateRules.minute - 1
    var best: (series: SeriesID, point: Datapoint)?
    for series in signal.series {
      guard let point = store.newest(of: series, atOrBefore: bucket, notBefore: known) else {
        continue
      }
      let value = point.statistics.value(of: signal.metric.statistic)
      if let worst = best?.point.statistics.value(of: signal.metric.statistic), value <= worst {
        continue
      }
      best = (series, point)
    }
    return best
  }

  private func noSample(_ board: SignalBoard, at time: Timestamp) -> String {
    let name = board.signals[lag].metric.name
    let place = board.places[board.signals[lag].place].region
    return board.signals[lag].known(at: time) == nil
      ? "no \(name) has been seen from \(place): not enabled, or its dimensions do not match"
      : "no \(name) from \(place) since the link began"
  }

  /// Sentences for a state.
  func reasons(for state: LinkState, _ board: SignalBoard, now: Timestamp) -> [String] {
    let number = answering(board)
    let signal = board.signals[number]
    guard hasSample(signal), let point = signal.points.last else {
      return [noSample(board, at: now)]
    }
    let lag = signal.metric.seconds(point.value)
    let age = now.seconds(since: point.time)
    var reasons: [String] = []
    switch state {
    case .ok: return number == self.lag ? [] : [placeNote(signal, board)]
    case .warn:
      let warn = signal.metric.seconds(signal.metric.warn ?? 0)
      reasons.append("lag \(secondsText(lag)) is above \(secondsText(warn))")
    case .breached where lag > objective ?? .infinity:
      reasons.append("lag \(secondsText(lag)) exceeds the objective of \(limitText)")
    case .breached:
      reasons.append(
        "a loss now may cost \(secondsText(lag + age)): the objective is \(limitText), the last "
          + "sample (\(secondsText(lag))) is \(secondsText(age)) old")
      reasons.append(absence(board, number, now))
    case .stale:
      reasons.append("the last sample is \(secondsText(age)) old")
      reasons.append(absence(board, number, now))
    case .broken: reasons.append(stopped(board, number, now))
    }
    return reasons
  }

  private var limitText: String { objective.map(secondsText) ?? "none" }

  private func placeNote(_ signal: Signal, _ board: SignalBoard) -> String {
    signal.isFallback
      ? "the lag is read from the source region, where it is published against the manual"
      : "the lag is read from \(signal.metric.name): no \(board.signals[lag].metric.name) is seen"
  }

  /// What the absence of samples means: the resource, or the region that publishes them.
  private func absence(_ board: SignalBoard, _ number: Int, _ now: Timestamp) -> String {
    let signal = board.signals[number]
    let place = board.places[signal.place]
    return place.isSilent(at: now)
      ? "nothing is seen from \(place.region), which publishes \(signal.metric.name)"
      : "\(place.region) is seen, but \(signal.metric.name) is missing there"
  }

  private func stopped(_ board: SignalBoard, _ number: Int, _ now: Timestamp) -> String {
    let signal = board.signals[number]
    switch standstill(board, number, now) {
    case .sentinel:
      return
        "\(signal.metric.name) is \(numberText(signal.points.last?.value ?? 0)), which means broken"
    case .idleWhileWriting: return "\(signal.metric.name) is 0 while the source writes"
    case .noFlow: return "no bytes move while the source writes"
    case .failures: return "operations have failed to replicate for five minutes"
    case .absence, nil: return "\(signal.metric.name) is missing for long while the source writes"
    }
  }
}

/// `410 ms`, `6 s`, `4 min`, `2.5 h`: a duration in a sentence.
package func secondsText(_ seconds: Double) -> String {
  switch seconds.magnitude {
  case ..<1: "\(numberText(seconds * 1000)) ms"
  case ..<180: "\(numberText(seconds)) s"
  case ..<10_800: "\(numberText(seconds / 60)) min"
  default: "\(numberText(seconds / 3600)) h"
  }
}

/// At most one digit after the point, and none for a whole number.
package func numberText(_ number: Double) -> String {
  let tenths = (number * 10).rounded()
  guard tenths.magnitude < 1e15 else { return String(number) }
  let whole = Int(tenths)
  return whole % 10 == 0 ? String(whole / 10) : String(Double(whole) / 10)
}
