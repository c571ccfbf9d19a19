import Telemetry

/// What each variant of each alarm did.
package struct BacktestResult: Sendable {
  package let start: Timestamp
  package let end: Timestamp
  package private(set) var outcomes: [Outcome] = []

  /// One alarm with one choice of values, over all series it read.
  package struct Outcome: Sendable {
    package var variant: Backtest.Variant
    /// By name of the series.
    package var instances: [Instance]
    /// The anomaly score of a band alarm, at the threshold that suits all its series.
    ///
    /// Of other alarms the same as `firingScore`. Nil without labelled windows.
    package var score: NumentaScore?
    /// What the firings themselves score.
    package var firingScore: NumentaScore?
  }

  /// An alarm on one series.
  package struct Instance: Sendable {
    package var definition: AlarmDefinition
    package var region: String?
    /// Nil where the recording has no such series.
    package var metric: MetricID?
    package var series: SeriesID?
    package var firings: [Firing]
    /// How long it was in ALARM, and how long without enough data, in milliseconds.
    package var alarmMilliseconds: Int64
    package var insufficientMilliseconds: Int64
    package var transitions: Int
    /// The datapoints it could see, in order.
    package var points: [Point]
    /// When something was wrong; nil without labels.
    package var windows: [ClosedRange<Timestamp>]?
  }

  /// One stay in ALARM.
  package struct Firing: Hashable, Sendable {
    package var start: Timestamp
    package var end: Timestamp
    /// Whether it was still in ALARM when the recording ended.
    package var isOpen: Bool
  }

  /// One period of the series, as an anomaly detector saw it.
  package struct Point: Hashable, Sendable {
    package var time: Timestamp
    package var value: Double
    /// Nil for an alarm without a band, or while too little is known.
    package var band: AnomalyBand?
    /// How odd it was, from 0; nil for an alarm without a band.
    package var anomalyScore: Double?
  }

  init(
    _ backtest: Backtest, engine: Engine, start: Timestamp, end: Timestamp,
    windows: (SeriesID) -> [ClosedRange<Timestamp>]?
  ) {
    self.start = start
    self.end = end
    let readings = Dictionary(grouping: engine.alarms.readings(at: end), by: \.name)
    let changes = Dictionary(
      grouping: engine.transitions.lazy.filter { $0.kind == .alarm }, by: \.name)
    for variant in backtest.variants {
      var instances: [Instance] = []
      for definition in variant.definitions {
        for reading in readings[definition.name] ?? [] {
          let own = (changes[definition.name] ?? []).filter { $0.region == reading.region }
          instances.append(
            Instance(
              reading, changes: own, store: engine.store, span: start...end,
              windows: reading.series.flatMap(windows)))
        }
      }
      outcomes.append(Outcome(variant, instances))
    }
  }
}

extension BacktestResult.Instance {
  fileprivate init(
    _ reading: AlarmReading, changes: [Transition], store: SeriesStore,
    span: ClosedRange<Timestamp>, windows: [ClosedRange<Timestamp>]?
  ) {
    definition = reading.definition
    region = reading.region
    series = reading.series
    metric = reading.series.map(store.metric)
    firings = []
    (alarmMilliseconds, insufficientMilliseconds) = (0, 0)
    transitions = changes.count
    self.windows = windows
    points = reading.definition.points(of: reading.series, in: store)
    var state = AlarmState.insufficientData.rawValue
    var since = span.lowerBound
    for change in changes {
      leave(state, since: since, at: change.time, isOpen: false)
      (state, since) = (change.to, change.time)
    }
    leave(state, since: since, at: span.upperBound, isOpen: true)
  }

  private mutating func leave(_ state: String, since: Timestamp, at time: Timestamp, isOpen: Bool) {
    let lasted = max(0, time - since)
    if state == AlarmState.alarm.rawValue {
      alarmMilliseconds += lasted
      firings.append(BacktestResult.Firing(start: since, end: time, isOpen: isOpen))
    } else if state == AlarmState.insufficientData.rawValue {
      insufficientMilliseconds += lasted
    }
  }
}

extension AlarmDefinition {
  /// Forecasts and judges each datapoint from those before it, as the alarm did.
  private func score(_ points: inout [BacktestResult.Point], _ setting: AnomalyBandSetting) {
    var detector = AnomalyDetector(periodSeconds: periodSeconds, zone: setting.zone)
    for index in points.indices {
      let (time, value) = (points[index].time, points[index].value)
      points[index].band = detector.forecast(at: time)?.band(width: setting.width)
      points[index].anomalyScore = 0
      let end = time + Int64(periodSeconds) * 1000
      guard !value.isNaN, !setting.excludes(time, end) else { continue }
      points[index].anomalyScore = detector.observe(value, at: time)
    }
  }

  /// The datapoints of the alarm's period, with band and anomaly score where it has a band.
  fileprivate func points(of series: SeriesID?, in store: SeriesStore) -> [BacktestResult.Point] {
    guard let series else { return [] }
    let period = Int64(periodSeconds) * 1000
    var points: [BacktestResult.Point] = []
    var buckets = store.datapoints(of: series, from: .distantPast, to: .distantFuture)[...]
    while let first = buckets.first {
      let start = first.time.floored(toMilliseconds: period)
      var total = first.statistics
      buckets = buckets.dropFirst()
      while let next = buckets.first, next.time < start + period {
        total.merge(next.statistics)
        buckets = buckets.dropFirst()
      }
      points.append(BacktestResult.Point(time: start, value: total.value(of: statistic)))
    }
    if let band { score(&points, band) }
    return points
  }
}
