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
    let view = View(time: time, start: start, board: board, store: store)
    fill(&reading, view)
    reading.backlogs = backlogs.compactMap { backlog($0, view) }
    return reading
  }

  /// What a reading is made from.
  struct View {
    let time: Timestamp
    /// When the link began; nil: before the data.
    let start: Timestamp?
    let board: SignalBoard
    let store: SeriesStore
  }

  /// The signal that answered at an instant, and its newest sample then.
  func answer(_ view: View) -> (number: Int, found: (series: SeriesID, point: Datapoint)?) {
    for number in [lag] + fallbacks {
      let found = Self.newest(
        of: view.board.signals[number], at: view.time, since: view.start, store: view.store)
      if let found { return (number, found) }
    }
    return (lag, nil)
  }

  private func fill(_ reading: inout LinkReading, _ view: View) {
    let (number, found) = answer(view)
    let metric = view.board.signals[number].metric
    if reading.state == .ok { reading.reasons = placeNote(number, view.board) }
    reading.nativeUnit = metric.unit
    reading.secondsPerUnit = metric.secondsPerUnit
    reading.warnSeconds = warnSeconds(metric)
    reading.basis = metric.basis
    reading.series = found?.series
    if fillCopy(&reading, number, view) { return }
    guard let found else { return }
    let value = found.point.statistics.value(of: metric.statistic)
    let age = max(0, view.time.seconds(since: found.point.time))
    reading.nativeValue = value
    reading.ageSeconds = age
    let isCurrent = view.board.signals[number].isKnown(at: view.time)
    // The rule is about replication that runs: a stopped one never arrives, however long one waits.
    if isCurrent, reading.state != .broken { reading.drain = drain(metric, found.series, view) }
    // Zero of one half of the way proves nothing, unless the other half is behind.
    if let sentinel = metric.sentinel(value), rest(of: number, view) == 0 {
      // A special value is no measurement: what would be lost is unknown, not little.
      reading.reasons += note(sentinel, metric, reading.state, view).map { [$0] } ?? []
      guard proves(sentinel, reading.state, view) else { return }
    }
    guard let lag = seconds(value, of: number, view) else { return }
    reading.lagSeconds = lag
    reading.rpoNowSeconds = lag + age
    retell(&reading, value, lag, age, number, view)
    if isMerelyAtRest(lag, found.point.time, metric, since: rest.at(view.time) ?? nil) {
      reading.reasons.append(
        "the source writes nothing, so nothing is missing, although \(metric.name) shows "
          + secondsText(lag))
    } else if isCurrent {
      reading.catchUp = catchUp(metric, found.series, view)
    }
  }

  /// Why the state is what it is, with the figures of this instant.
  ///
  /// A state outlasts what brought it for a while, and then has the figures that did.
  private func retell(
    _ reading: inout LinkReading, _ value: Double, _ lag: Double, _ age: Double, _ number: Int,
    _ view: View
  ) {
    let metric = view.board.signals[number].metric
    if let excess = excess(reading.state, value, lag, metric) {
      let bound = warnBound(metric) ?? .infinity
      let isOver = metric.dividedBy == nil ? lag > metric.seconds(bound) : value > bound
      if isOver || reading.state == .breached { reading.reasons = [excess] }
    } else if reading.state == .stale || reading.state == .breached {
      reading.reasons = overdue(reading.state, lag, age, number, view.board, at: view.time)
    }
  }

  /// Where copies are made, the age of the newest is the lag, at every instant anew.
  private func fillCopy(_ reading: inout LinkReading, _ number: Int, _ view: View) -> Bool {
    guard let copy = copy(at: view.time, answering: view.board.signals[number].metric) else {
      return false
    }
    let age = max(0, view.time.seconds(since: copy))
    reading.nativeUnit = "Seconds"
    reading.secondsPerUnit = 1
    reading.nativeValue = age
    reading.lagSeconds = age
    reading.ageSeconds = 0
    reading.rpoNowSeconds = age
    reading.reasons = copyReasons(for: reading.state, age)
    reading.series = nil
    return true
  }

  /// The bound above which the link warns, in the metric's unit; of copies it is a multiple of the
  /// schedule.
  func warnBound(_ metric: ServiceMetric) -> Double? {
    metric.isOfSchedule
      ? (metric.warn ?? EstateRules.copyLate) * Double(schedule) / 1000 / metric.secondsPerUnit
      : metric.warn
  }

  private func warnSeconds(_ metric: ServiceMetric) -> Double? {
    metric.dividedBy == nil ? warnBound(metric).map { metric.seconds($0) } : nil
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
}
