import Telemetry

/// The engine: say what came in and what time it is; nothing else causes anything.
///
/// It knows no clock, file, socket, terminal or randomness. Order inside an instant is part of the
/// contract: records that arrive at the instant (in the order they were given), states set from
/// outside, metric alarms, the estate (writers, links, regions, failover, readiness), composite
/// alarms (children first, each once), suppression with the new states, timers that end, actions.
/// What changed is told in the order alarms, regions, links, readiness, failover, actions, each by
/// name and region. A record given to `ingest` waits until `advance`
/// reaches its arrival; one whose arrival has passed counts as arriving just after `now`. So how
/// the input is cut, and how often time is moved, cannot change what happens.
package struct Engine: Sendable {
  /// The instant up to which everything has happened.
  package private(set) var now: Timestamp?
  package private(set) var store: SeriesStore
  package private(set) var alarms: AlarmBook
  package private(set) var estate: Estate
  /// All transitions so far, in order.
  package private(set) var transitions: [Transition] = []
  /// All events that have arrived, in order of arrival.
  package private(set) var events: [Event] = []
  package private(set) var rejects = RejectLog()
  /// Samples that arrived when their series held newer data already.
  package var lateSamples: Int { sources.total.late }
  /// Samples of new series that came when there were as many series as may be.
  package var refusedSamples: Int { sources.total.refused }
  private var sources = SourceLedger()

  private let options: EngineOptions
  private var newestArrival: Timestamp?
  private var inbox = Inbox()
  /// States that alarms are set to at the next instant.
  private var settings: [AlarmStateSetting] = []

  package init(
    topology: Topology = Topology(), catalog: Catalog = Catalog(),
    alarms definitions: [AlarmDefinition] = [], muteRules: [AlarmMuteRule] = [],
    options: EngineOptions = EngineOptions(),
    retention: SeriesStore.Retention = SeriesStore.Retention()
  ) {
    self.options = options
    store = SeriesStore(retention: retention)
    alarms = AlarmBook(definitions: definitions, muteRules: muteRules, options: options)
    estate = Estate(topology: topology, catalog: catalog)
  }

  /// Takes in what has been collected; it takes effect as time reaches each record's arrival.
  package mutating func ingest(_ batch: Batch) {
    rejects.merge(batch.rejects)
    if alarms.hasHighResolution {
      for metric in batch.metrics where alarms.needsHighResolution(metric) {
        store.admit(metric).map { store.useHighResolution(for: $0) }
      }
    }
    if alarms.hasDistributions {
      for metric in batch.metrics where alarms.needsDistributions(metric) {
        store.admit(metric).map { store.keepDistributions(for: $0) }
      }
    }
    let source = sources.number(of: batch.source)
    let refused = inbox.append(batch, from: source, interning: &store)
    sources[source].refused += refused
    rejects.append(
      refused,
      like: Reject(
        source: "series", line: 0, record: batch.metrics.last?.name ?? "",
        reason: "further series are not taken: there are \(store.metrics.count) already"))
  }

  /// What was late or refused of what a source sent, which batches name.
  package func tally(of source: String) -> SourceTally { sources.tally(of: source) }

  /// Sets an alarm to a state, as SetAlarmState does; it happens just after `now`.
  package mutating func set(_ setting: AlarmStateSetting) { settings.append(setting) }

  /// Silently sets alarms to the states they had at the end of an earlier run.
  package mutating func restore(alarms records: [AlarmRecord]) {
    alarms.restore(records, at: now ?? .distantPast)
  }

  /// Moves time to `time`, instant by instant, and returns what changed on the way.
  ///
  /// - Precondition: `time` is not before `now`.
  package mutating func advance(to time: Timestamp) -> [Transition] {
    precondition(now.map { time >= $0 } ?? true, "time cannot run backwards")
    let first = transitions.count
    while let instant = nextInstant(through: time) { step(to: instant) }
    apply(through: time)
    now = time
    return Array(transitions[first...])
  }

  /// The engine as it is read at an instant at or before `now`.
  package func moment(at time: Timestamp? = nil) -> Moment {
    Moment(engine: self, time: time ?? now ?? .distantPast)
  }

  /// The next instant at which something has to be evaluated, if it is not after `limit`.
  private func nextInstant(through limit: Timestamp) -> Timestamp? {
    guard
      let start = now ?? inbox.firstArrival.map({ $0 - 1 }) ?? options.evaluateFrom.map({ $0 - 1 })
    else { return nil }
    var next = nextEvaluation(after: max(start, settledEnd(after: start, limit)))
    next = least(next, inbox.nextEventArrival(after: start))
    next = least(next, alarms.nextActionEnd.map { max($0, start + 1) })
    next = least(next, alarms.nextPin(after: start))
    if !settings.isEmpty { next = least(next, start + 1) }
    if let beginning = options.beginning, beginning > start { next = least(next, beginning) }
    return next.flatMap { $0 <= limit ? $0 : nil }
  }

  private func nextEvaluation(after start: Timestamp) -> Timestamp? {
    guard let cadence = cadenceMilliseconds else { return nil }
    let offset = options.evaluationOrigin.milliseconds % cadence
    let base = (start - offset).floored(toMilliseconds: cadence) + offset + cadence
    return max(base, options.evaluateFrom ?? base)
  }

  /// The instant before which no evaluation can find anything new: nothing has come in for so long.
  ///
  /// So one record of a clock that is wrong by years costs no years of evaluations.
  private func settledEnd(after start: Timestamp, _ limit: Timestamp) -> Timestamp {
    guard let cadence = cadenceMilliseconds, let newest = newestArrival,
      start - newest > Self.settledMilliseconds
    else { return start }
    return inbox.firstArrival.map { $0 - 1 } ?? limit - cadence
  }

  /// No window of an alarm or of the estate reaches further back.
  ///
  /// The longest is a period of a week, fetched with two slots more; and a day.
  private static let settledMilliseconds: Int64 = 22 * 86_400_000

  /// The finest cadence at which anything may be due.
  private var cadenceMilliseconds: Int64? {
    least(alarms.cadenceMilliseconds, estate.cadenceMilliseconds)
  }

  private mutating func step(to instant: Timestamp) {
    let hasEvent = inbox.nextEventArrival(after: instant - 1) == instant
    apply(through: instant)
    now = instant
    var changes: [Transition] = []
    alarms.applyPins(at: instant)
    if !settings.isEmpty {
      changes = alarms.apply(settings, at: instant)
      settings = []
    }
    if instant >= options.evaluateFrom ?? instant {
      changes += alarms.evaluateMetrics(at: instant, store: store)
      if hasEvent || estate.isDue(at: instant, origin: options.evaluationOrigin) {
        changes += judgeEstate(at: instant)
      }
    }
    changes += alarms.evaluateComposites(at: instant)
    changes += alarms.settleActions(at: instant)
    transitions += changes.count > 1 ? changes.sorted() : changes
  }

  private mutating func judgeEstate(at instant: Timestamp) -> [Transition] {
    let changes = estate.evaluate(at: instant, store: store, alarms: alarms)
    if alarms.watchesEstate {
      let (estate, store) = (estate, store)
      alarms.observe { estate.holds($0, at: instant, store: store) }
    }
    return changes
  }

  /// Stores all records that have arrived by `instant`.
  private mutating func apply(through instant: Timestamp) {
    let arrived = inbox.takeSamples(through: instant)
    if let last = arrived.last?.arrival { newestArrival = max(last, newestArrival ?? last) }
    for index in arrived.indices {
      let sample = arrived[index]
      let series = SeriesID(index: sample.metric)
      let order = store.append(
        sample.statistics, values: sample.valueCounts.map { inbox.valueCounts[Int($0)] },
        to: series, at: sample.time, arrival: sample.arrival, merging: sample.merging)
      switch order {
      case .first: announce(series)
      case .late: sources[inbox.sources[index]].late += 1
      case .next: break
      }
    }
    for var event in inbox.takeEvents(through: instant) {
      if let now, event.arrival <= now { event.arrival = now + 1 }
      newestArrival = max(event.arrival, newestArrival ?? event.arrival)
      events.append(event)
      estate.observe(event)
    }
  }

  private mutating func announce(_ series: SeriesID) {
    let metric = store.metric(series)
    alarms.seriesAppeared(series, metric: metric)
    estate.seriesAppeared(series, metric: metric)
  }
}
