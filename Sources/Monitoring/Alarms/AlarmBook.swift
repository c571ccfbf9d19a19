import Telemetry

/// All alarms of an engine: finds their series, evaluates those that are due, keeps their history.
///
/// A definition without a region becomes one alarm per region that has its metric; until some region
/// has it, it is one alarm without a region, which the first region that appears takes over.
package struct AlarmBook: Sendable {
  package let definitions: [AlarmDefinition]
  let options: EngineOptions
  /// What an evaluation reads and writes, kept apart from what it seldom needs.
  var watches: [AlarmWatch] = []
  var files: [AlarmFile] = []
  /// Alarms by name, then region.
  var order: [Int] = []
  /// The definitions that watch a metric.
  var watchers: [AlarmBinding.Key: [Int]] = [:]
  private var groups: [AlarmCadence: [Int]] = [:]
  /// Whether any alarm has a period below a minute.
  package private(set) var hasHighResolution = false
  /// Room for the slots of the longest evaluation range.
  private var values: [Double] = []

  package init(definitions: [AlarmDefinition], options: EngineOptions) {
    self.definitions = definitions
    self.options = options
    for (index, definition) in definitions.enumerated() {
      watchers[AlarmBinding.Key(definition), default: []].append(index)
      hasHighResolution = hasHighResolution || definition.periodSeconds < 60
      open(definition: index, region: definition.region)
    }
  }

  /// Milliseconds between the instants at which anything here may be due; nil without alarms.
  package var cadenceMilliseconds: Int64? { groups.keys.map(\.milliseconds).min() }

  /// Whether an alarm with a period below a minute watches a metric.
  package func needsHighResolution(_ metric: MetricID) -> Bool {
    guard hasHighResolution, let watching = watchers[AlarmBinding.Key(metric)] else { return false }
    return watching.contains {
      definitions[$0].periodSeconds < 60 && AlarmBinding.fits(metric, definitions[$0])
    }
  }

  /// Evaluates the alarms due at `now`: changes in order of name and region, then actions.
  package mutating func evaluate(at now: Timestamp, store: SeriesStore) -> [Transition] {
    var transitions: [Transition] = []
    for cadence in AlarmCadence.allCases {
      guard let group = groups[cadence],
        cadence.isDue(at: now, origin: options.evaluationOrigin)
      else { continue }
      let end = cadence.windowEnd(at: now)
      for index in group {
        guard
          let state = watches[index].verdict(windowEnd: end, store: store, values: &values)
        else { continue }
        transitions += change(index, to: state, at: now, windowEnd: end, store: store)
      }
    }
    return transitions.sorted()
  }

  /// The alarms as they were at an instant at or before the last evaluation, by name and region.
  package func readings(at time: Timestamp) -> [AlarmReading] {
    order.map { reading(of: $0, at: time) }
  }

  /// The present state of an alarm by name, in a region where there is one of each; nil: no such alarm.
  func state(named name: String, region: String) -> AlarmState? {
    let found = order.filter { definitions[files[$0].definition].name == name }
    return (found.first { files[$0].region == region } ?? found.first).map { watches[$0].state }
  }

  /// When any alarm first went to ALARM at or after an instant; nil: none did.
  func firstAlarm(since start: Timestamp) -> Timestamp? {
    files.compactMap { $0.history.firstAlarm(since: start) }.min()
  }

  func reading(of index: Int, at time: Timestamp) -> AlarmReading {
    let file = files[index]
    let change = file.history.change(at: time)
    return AlarmReading(
      definition: definitions[file.definition], region: file.region, state: change.state,
      previousState: change.previousState, stateReason: change.reason,
      stateReasonData: change.reasonData, stateUpdated: change.updated,
      stateTransitioned: change.transitioned, actionsSuppressedBy: nil,
      series: watches[index].series)
  }

  /// Adds an alarm of a definition in a region, silently in its first state.
  @discardableResult
  mutating func open(definition: Int, region: String?) -> Int {
    let index = watches.count
    let rule = AlarmRule(definitions[definition], evaluationRange: options.evaluationRange)
    watches.append(AlarmWatch(rule: rule, state: options.initialAlarmState))
    let initial = AlarmChange(state: options.initialAlarmState, reason: AlarmReason.initial)
    files.append(
      AlarmFile(definition: definition, region: region, history: AlarmHistory(initial)))
    groups[rule.cadence, default: []].append(index)
    let room = rule.evaluationRange - values.count
    if room > 0 { values += repeatElement(.nan, count: room) }
    place(index)
    return index
  }

  /// Puts an alarm at its place in the order of names and regions.
  mutating func place(_ index: Int) {
    var low = 0
    var high = order.count
    while low < high {
      let middle = (low + high) / 2
      if precedes(index, order[middle]) { high = middle } else { low = middle + 1 }
    }
    order.insert(index, at: low)
  }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    let names = (
      definitions[files[left].definition].name, definitions[files[right].definition].name
    )
    if names.0 != names.1 { return names.0 < names.1 }
    return (files[left].region ?? "") < (files[right].region ?? "")
  }

  private mutating func change(
    _ index: Int, to state: AlarmState, at now: Timestamp, windowEnd: Timestamp, store: SeriesStore
  ) -> [Transition] {
    let file = files[index]
    let definition = definitions[file.definition]
    let watch = watches[index]
    let evidence = AlarmEvidence(
      rule: watch.rule, series: watch.series, windowEnd: windowEnd, store: store)
    let reason = AlarmReason(
      definition: definition, rule: watch.rule, evidence: evidence, state: state)
    let text = reason.text
    files[index].history.append(
      AlarmChange(
        state: state, previousState: watch.state, reason: text, reasonData: reason.data(at: now),
        updated: now, transitioned: now))
    watches[index].state = state
    let transition = Transition(
      time: now, kind: .alarm, name: definition.name, region: file.region,
      from: watch.state.rawValue, to: state.rawValue, reasons: [text])
    return [transition]
      + definition.actions(for: state).map { target in
        Transition(
          time: now, kind: .action, name: definition.name, region: file.region,
          to: state.rawValue, target: target)
      }
  }
}

/// What is seldom needed of an alarm.
struct AlarmFile: Sendable {
  var definition: Int
  var region: String?
  /// The metric of the series it reads.
  var metric: MetricID?
  var history: AlarmHistory
}

extension AlarmDefinition {
  /// The targets told when the alarm takes a state: none without lists, or with actions disabled.
  func actions(for state: AlarmState) -> [String] {
    guard actionsEnabled else { return [] }
    return switch state {
    case .ok: okActions
    case .alarm: alarmActions
    case .insufficientData: insufficientDataActions
    }
  }
}
