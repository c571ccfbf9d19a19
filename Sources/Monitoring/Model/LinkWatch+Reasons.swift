import Telemetry

extension LinkWatch {
  func noSample(_ board: SignalBoard, at time: Timestamp) -> String {
    let name = board.signals[lag].metric.name
    let place = board.places[board.signals[lag].place].region
    return board.signals[lag].known(at: time) == nil && activeSince == nil
      ? "no \(name) has been seen from \(place): not enabled, or its dimensions do not match"
      : "no \(name) from \(place) since the primary moved"
  }

  /// Sentences for a state.
  func reasons(for state: LinkState, _ board: SignalBoard, now: Timestamp) -> [String] {
    let number = answering(board)
    let signal = board.signals[number]
    if let age = copyAge(board, at: now) { return copyReasons(for: state, age) }
    guard hasSample(signal), let point = signal.points.last else {
      return [noSample(board, at: now)]
    }
    guard let lag = seconds(point.value, of: signal, board) else {
      let unit = signal.metric.unit.map { " " + $0 } ?? ""
      return [
        "\(signal.metric.name) is \(numberText(point.value))\(unit), and no rate tells how long that is"
      ]
    }
    switch state {
    case .ok: return []
    case .warn, .breached, .stale:
      if let excess = excess(state, point.value, lag, signal.metric) { return [excess] }
      return overdue(state, lag, now.seconds(since: point.time), number, board, at: now)
    case .broken: return [stopped(board, number, now)]
    }
  }

  /// The bound that a measured lag is over; nil where it is not the lag that makes the state.
  func excess(
    _ state: LinkState, _ value: Double, _ lag: Double, _ metric: ServiceMetric
  ) -> String? {
    switch state {
    case .warn:
      let bound = warnBound(metric) ?? 0
      return metric.dividedBy == nil
        ? "lag \(secondsText(lag)) is above \(secondsText(metric.seconds(bound)))"
        : "\(metric.name) is \(numberText(value)), above \(numberText(bound))"
    case .breached where lag > objective ?? .infinity:
      return "lag \(secondsText(lag)) exceeds the objective of \(limitText)"
    default: return nil
    }
  }

  /// An overdue sample, as of an instant: its age grows, and what it means may change.
  func overdue(
    _ state: LinkState, _ lag: Double, _ age: Double, _ number: Int, _ board: SignalBoard,
    at time: Timestamp
  ) -> [String] {
    let first =
      state == .stale
      ? "the last sample is \(secondsText(age)) old"
      : "a loss now may cost \(secondsText(lag + age)): the objective is \(limitText), the last "
        + "sample (\(secondsText(lag))) is \(secondsText(age)) old"
    return [first, absence(board, number, time)]
  }

  func copyReasons(for state: LinkState, _ age: Double) -> [String] {
    let every = secondsText(Double(schedule) / 1000)
    switch state {
    case .breached:
      return ["the newest copy is \(secondsText(age)) old: the objective is \(limitText)"]
    case .warn, .stale:
      return ["the newest copy is \(secondsText(age)) old, one is due every \(every)"]
    default: return []
    }
  }

  private var limitText: String { objective.map(secondsText) ?? "none" }

  /// Where the lag is read when not at its own place; empty: there.
  func placeNote(_ number: Int, _ board: SignalBoard) -> [String] {
    guard number != lag else { return [] }
    let signal = board.signals[number]
    if signal.metric.measures == .completions { return [] }
    return signal.metric == board.signals[lag].metric
      ? ["the lag is read from the source region, where it is published against the manual"]
      : ["the lag is read from \(signal.metric.name): no \(board.signals[lag].metric.name) is seen"]
  }

  /// What the absence of samples means: the resource, or the region that publishes them.
  private func absence(_ board: SignalBoard, _ number: Int, _ now: Timestamp) -> String {
    let signal = board.signals[number]
    let place = board.places[signal.place]
    return place.wasSilent(at: now)
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
