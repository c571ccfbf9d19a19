import Telemetry

/// What the alarms on metric math expressions read.
struct MathAlarms: Sendable {
  /// The checked queries, by definition.
  private(set) var programs: [Int: MetricMathProgram] = [:]
  /// The series of each query, by alarm.
  private var bound: [Int: [MathBinding?]] = [:]
  /// The series of queries that name a region of their own, by definition: all its alarms read them.
  private var shared: [Int: [MathBinding?]] = [:]

  /// A series and its metric.
  struct MathBinding: Hashable, Sendable {
    var series: SeriesID
    var metric: MetricID
  }

  /// Notes a definition that was checked when it was read; an alarm on one metric is none of ours.
  mutating func add(_ definition: AlarmDefinition, number: Int) {
    guard definition.isOnMath else { return }
    programs[number] = try? MetricMathProgram(
      definition.metrics, isAlarm: true, bandID: definition.thresholdMetricID)
  }

  mutating func bind(_ binding: MathBinding, to query: Int, ofAlarm alarm: Int, count: Int) {
    Self.bind(binding, to: query, in: &bound[alarm, default: Array(repeating: nil, count: count)])
  }

  mutating func share(_ binding: MathBinding, to query: Int, ofDefinition number: Int, count: Int) {
    Self.bind(
      binding, to: query, in: &shared[number, default: Array(repeating: nil, count: count)])
  }

  private static func bind(_ binding: MathBinding, to query: Int, in list: inout [MathBinding?]) {
    if let present = list[query], !AlarmBinding.prefers(binding.metric, over: present.metric) {
      return
    }
    list[query] = binding
  }

  func series(ofAlarm alarm: Int, definition: Int, count: Int) -> [SeriesID?] {
    (0..<count).map { (bound[alarm]?[$0] ?? shared[definition]?[$0])?.series }
  }
}

extension AlarmBook {
  /// Whether an alarm asks for a percentile, or another statistic that needs the values, of a metric.
  package func needsDistributions(_ metric: MetricID) -> Bool {
    let key = AlarmBinding.Key(metric)
    return watchers[key]?.contains { number in
      let definition = definitions[number]
      return definition.statistic.extended != nil
        || definition.metrics.contains { query in
          query.metric.map { $0.statistic.extended != nil && AlarmBinding.Key($0) == key } ?? false
        }
    } ?? false
  }

  /// Binds a series that has its first data to the queries of an alarm that ask for it.
  mutating func bindMath(_ series: SeriesID, metric: MetricID, definition number: Int) {
    let definition = definitions[number]
    let binding = MathAlarms.MathBinding(series: series, metric: metric)
    for (query, entry) in definition.metrics.enumerated() {
      guard let stat = entry.metric, AlarmBinding.Key(stat) == AlarmBinding.Key(metric),
        stat.fits(
          metric, region: entry.region ?? definition.region,
          account: entry.account ?? definition.account)
      else { continue }
      let count = definition.metrics.count
      if entry.region != nil {
        math.share(binding, to: query, ofDefinition: number, count: count)
      } else {
        let alarm = alarm(of: number, reading: metric.region)
        if files[alarm].metric == nil { files[alarm].metric = metric }
        math.bind(binding, to: query, ofAlarm: alarm, count: count)
      }
    }
  }

  /// The slots of a metric math alarm with what is in them, newest first; nil for any other.
  ///
  /// `bounds` are those of the slots, newest first, one more than there are.
  func mathSlots(of index: Int, bounds: [Timestamp], store: SeriesStore) -> [AlarmSlot]? {
    let number = files[index].definition
    guard let program = math.programs[number], let query = definitions[number].watchedQuery else {
      return nil
    }
    let grid = SlotGrid(
      boundaries: bounds.reversed(), periodSeconds: definitions[number].periodSeconds)
    let data = mathData(of: index, store: store)
    var evaluation = MathEvaluation(program: program, grid: grid, data: data)
    let values = evaluation.value(of: query).list.first?.values ?? evaluation.missing
    return (1..<bounds.count).map { age in
      var slot = AlarmSlot(age: age, start: bounds[age], end: bounds[age - 1])
      slot.take(values[grid.count - age], sampleCount: nil, rule: watches[index].rule)
      return slot
    }
  }

  /// What the queries of a metric math alarm read.
  func mathData(of index: Int, store: SeriesStore) -> MathData {
    let number = files[index].definition
    let count = definitions[number].metrics.count
    return MathData(
      store: store, series: math.series(ofAlarm: index, definition: number, count: count))
  }

  /// Evaluates the alarms on metric math and on percentiles.
  mutating func evaluateComputed(at now: Timestamp, store: SeriesStore) -> [Transition] {
    var transitions: [Transition] = []
    for index in computed
    where watches[index].rule.cadence.isDue(at: now, origin: options.evaluationOrigin) {
      let state = evidence(index, at: now, store: store).decision.state
      guard let state, state != watches[index].state else { continue }
      transitions.append(change(index, to: state, at: now, store: store))
    }
    return transitions
  }
}
