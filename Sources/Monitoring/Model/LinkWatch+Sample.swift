import Telemetry

extension LinkWatch {
  /// A value of the lag in seconds, with the other parts of the way; nil where that cannot be told.
  func seconds(_ value: Double, of signal: Signal, _ board: SignalBoard) -> Double? {
    let rate = signal.metric.dividedBy.flatMap { rates[$0] }
    guard
      let own = signal.metric.seconds(
        value, rate: rate.flatMap { board.signals[$0].ratePerSecond })
    else { return nil }
    return parts.reduce(own) { sum, number in
      let part = board.signals[number]
      guard part.place == signal.place, let value = part.points.last?.value else { return sum }
      return sum + part.metric.seconds(value)
    }
  }

  /// A point with the other parts of the way as they were then, in the metric's unit.
  func whole(_ point: Signal.Point, of signal: Signal, _ board: SignalBoard) -> Double {
    parts.reduce(point.value) { sum, number in
      let part = board.signals[number]
      guard part.place == signal.place,
        let other = part.points.last(where: { $0.time <= point.time })
      else { return sum }
      return sum + part.metric.seconds(other.value) / signal.metric.secondsPerUnit
    }
  }

  /// What the other parts of the way add to the lag, as of an instant.
  func rest(of number: Int, _ view: View) -> Double {
    parts.reduce(0) { sum, part in
      let signal = view.board.signals[part]
      guard signal.place == view.board.signals[number].place, let value = newestValue(part, view)
      else { return sum }
      return sum + signal.metric.seconds(value)
    }
  }

  /// As `seconds`, of the signal that answers, as of an instant.
  func seconds(_ value: Double, of number: Int, _ view: View) -> Double? {
    let signal = view.board.signals[number]
    guard
      let own = signal.metric.seconds(
        value, rate: signal.metric.dividedBy.flatMap { rate($0, view) })
    else { return nil }
    return own + rest(of: number, view)
  }

  /// Units moved in a second, as of an instant.
  func rate(_ role: MetricRole, _ view: View) -> Double? {
    guard let number = rates[role] else { return nil }
    return newestValue(number, view).map { view.board.signals[number].metric.perSecond($0) }
  }

  /// The newest value of a signal that was known at an instant and was not overdue then.
  func newestValue(_ number: Int, _ view: View) -> Double? {
    let signal = view.board.signals[number]
    guard signal.isKnown(at: view.time),
      let found = Self.newest(of: signal, at: view.time, since: view.start, store: view.store)
    else { return nil }
    return found.point.statistics.value(of: signal.metric.statistic)
  }

  /// The newest copy, where copies answer for the link.
  func copy(at time: Timestamp, answering metric: ServiceMetric) -> Timestamp? {
    guard metric.measures == .completions || metric.reporting == .derived,
      let copy = copies.at(time)
    else { return nil }
    return copy
  }

  /// The age of the newest copy in seconds; nil where the link is measured otherwise.
  func copyAge(_ board: SignalBoard, at now: Timestamp) -> Double? {
    let signal = board.signals[answering(board)]
    if signal.metric.measures != .completions, hasSample(signal) { return nil }
    return copy(at: now, answering: signal.metric).map { max(0, now.seconds(since: $0)) }
  }

  /// Whether a lag only shows that the source rests: everything written before has arrived.
  ///
  /// PostgreSQL takes the time since the newest transaction for its lag, so a replica of an idle primary
  /// seems to fall behind for up to five minutes. What counts is whether anything was written since the
  /// moment up to which the replica is complete.
  func isMerelyAtRest(
    _ lag: Double, _ sample: Timestamp, _ metric: ServiceMetric, since rest: Timestamp?
  ) -> Bool {
    guard let saw = metric.idleSawMilliseconds, let rest else { return false }
    let milliseconds = Int64(millisecondsOf: lag)
    return milliseconds <= saw + metric.periodMilliseconds
      && sample - milliseconds >= rest - metric.periodMilliseconds
  }

  func isMerelyAtRest(_ lag: Double, _ sample: Timestamp, _ metric: ServiceMetric) -> Bool {
    isMerelyAtRest(lag, sample, metric, since: rest.latest ?? nil)
  }
}

extension ServiceMetric {
  /// Whether warn and critical are multiples of the service's schedule.
  var isOfSchedule: Bool { measures == .completions || measures == .age && reporting == .derived }

  /// A value in seconds, by the rate at which its units are moved where it is no time itself.
  func seconds(_ value: Double, rate: Double?) -> Double? {
    guard dividedBy != nil else { return seconds(value) }
    guard let rate, rate > 0 else { return value == 0 ? 0 : nil }
    return seconds(value) / rate
  }

  /// A value for each second: as it is, or a period's sum by the period.
  func perSecond(_ value: Double) -> Double {
    unit?.hasSuffix("/Second") == true ? value : value * 1000 / Double(periodMilliseconds)
  }
}

extension Signal {
  /// Units moved in a second, by the newest point.
  var ratePerSecond: Double? { points.last.map { metric.perSecond($0.value) } }
}
