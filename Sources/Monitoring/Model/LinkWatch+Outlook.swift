import Telemetry

extension LinkWatch {
  /// Whether a special value, which is no measurement, nevertheless says how much is at risk: nothing is
  /// where the source is seen to write nothing, or where zero comes with data that moves.
  func proves(
    _ sentinel: ServiceMetric.Sentinel, _ state: LinkState, _ view: View
  ) -> Bool {
    switch sentinel.means {
    case .broken, .unknown: return false
    case .stalledWhileWriting: return state != .broken && isResting(view)
    case .idleOrCaughtUp: return isResting(view) || moves(view)
    }
  }

  /// What a special value means, where the state does not tell it already.
  func note(
    _ sentinel: ServiceMetric.Sentinel, _ metric: ServiceMetric, _ state: LinkState, _ view: View
  ) -> String? {
    guard state != .broken, !proves(sentinel, state, view) else { return nil }
    let value = "\(metric.name) is \(numberText(sentinel.value)), which"
    switch sentinel.means {
    case .broken: return nil
    case .unknown: return "\(value) is no measurement"
    case .stalledWhileWriting: return "\(value) may mean that replication has stalled"
    case .idleOrCaughtUp: return "\(value) means caught up, or nothing to read: it proves nothing"
    }
  }

  private func isResting(_ view: View) -> Bool { (rest.at(view.time) ?? nil) != nil }

  private func moves(_ view: View) -> Bool {
    flow.flatMap { newestValue($0, view) }.map { $0 > 0 } ?? false
  }

  /// The wait before a planned move, by ten times the recent maximum.
  func drain(
    _ metric: ServiceMetric, _ series: SeriesID, _ view: View
  ) -> LinkReading.Drain? {
    guard let factor = metric.drainFactor,
      let recent = view.store.statistics(
        of: series, from: view.time - EstateRules.drainWindow, to: view.time + EstateRules.minute)
    else { return nil }
    return LinkReading.Drain(
      waitSeconds: factor * metric.seconds(recent.maximum), pausedSince: rest.at(view.time) ?? nil,
      at: view.time)
  }

  /// When the link will have caught up; nil where it is not behind, or its lag is an age, which grows
  /// with the clock and falls at each copy.
  func catchUp(_ metric: ServiceMetric, _ series: SeriesID, _ view: View) -> CatchUp? {
    guard metric.measures == .lag, metric.dividedBy == nil,
      let target = metric.warn.map({ metric.seconds($0) }) ?? objective
    else { return nil }
    let span = EstateRules.forecastPoints * max(metric.periodMilliseconds, EstateRules.minute)
    let start = max(view.time - span, view.start ?? .distantPast)
    let others = partPoints(from: start, view)
    let points = view.store.datapoints(of: series, from: start, to: view.time + 1)
      .compactMap { point -> CatchUp.Point? in
        let value = point.statistics.value(of: metric.statistic)
        let other = others.last { $0.time <= point.time }?.value ?? 0
        guard metric.sentinel(value) == nil || other > 0 else { return nil }
        return CatchUp.Point(
          time: point.time.seconds(since: view.time), lag: metric.seconds(value) + other)
      }
    return CatchUp(points, target: target, load: load(view))
  }

  /// What the other part of the way added to the lag, in seconds; DMS alone has one.
  private func partPoints(from start: Timestamp, _ view: View) -> [Signal.Point] {
    guard let number = parts.first, let series = view.board.signals[number].series.first else {
      return []
    }
    let metric = view.board.signals[number].metric
    return view.store.datapoints(of: series, from: start, to: view.time + 1).map {
      Signal.Point(time: $0.time, value: metric.seconds($0.statistics.value(of: metric.statistic)))
    }
  }

  /// The source's writes now and at the day's peak.
  private func load(_ view: View) -> CatchUp.Load? {
    guard let number = sourceWrites, let now = newestValue(number, view),
      let series = view.board.signals[number].series.first
    else { return nil }
    let metric = view.board.signals[number].metric
    let peak = view.store.datapoints(
      of: series, from: view.time - EstateRules.forecastDay, to: view.time + 1
    ).map { $0.statistics.value(of: metric.statistic) }.max()
    return peak.map { CatchUp.Load(now: now, peak: $0) }
  }

  /// What waits, in the metric's own unit and, where the rate is measured, in seconds.
  func backlog(_ number: Int, _ view: View) -> LinkReading.Backlog? {
    let signal = view.board.signals[number]
    guard
      let found = Self.newest(of: signal, at: view.time, since: view.start, store: view.store)
    else { return nil }
    let value = found.point.statistics.value(of: signal.metric.statistic)
    let rate = signal.metric.dividedBy.flatMap { self.rate($0, view) }
    return LinkReading.Backlog(
      metric: signal.metric.name, value: value, unit: signal.metric.unit,
      ageSeconds: max(0, view.time.seconds(since: found.point.time)),
      seconds: rate.flatMap { $0 > 0 ? value / $0 : nil })
  }
}
