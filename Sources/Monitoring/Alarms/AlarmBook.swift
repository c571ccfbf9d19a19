import Telemetry

/// All alarms of an engine: finds their series, evaluates those that are due, keeps their history.
///
/// A definition without a region becomes one alarm per region that has its metric; until some region
/// has it, it is one alarm without a region, which the first region that appears takes over. A
/// composite alarm is always one alarm.
package struct AlarmBook: Sendable {
  package private(set) var definitions: [AlarmDefinition]
  let options: EngineOptions
  /// What an evaluation reads and writes, kept apart from what it seldom needs.
  var watches: [AlarmWatch] = []
  var files: [AlarmFile] = []
  /// Alarms by name, then region.
  var order: [Int] = []
  /// The definitions that watch a metric.
  var watchers: [AlarmBinding.Key: [Int]] = [:]
  /// Alarms by how often they are evaluated; not those with a wall clock window, nor composite ones.
  var groups: [AlarmCadence: [Int]] = [:]
  /// Alarms with a wall clock window.
  var clocked: [Int] = []
  /// Alarms on metric math and on percentiles, and what the former read.
  var computed: [Int] = []
  var math = MathAlarms()
  /// Alarms with an anomaly detection band, and their detectors.
  var banded: [Int] = []
  var bands: [Int: AnomalyWatch] = [:]
  /// Alarms with actions that run again each minute.
  var scaling: [Int] = []
  /// Alarms that are not evaluated yet.
  var warming: [Int] = []
  var composites: CompositeBook
  var actions: ActionBook
  /// The finest cadence of an alarm that is evaluated here.
  private var finest: AlarmCadence?
  /// What changed at the present instant, so far: alarms with the state they had.
  var round = AlarmRound()
  /// When alarms without a record of their own were made; nil before the first instant.
  var created: Timestamp?
  /// Whether any alarm has a period below a minute.
  package private(set) var hasHighResolution = false
  /// Whether any alarm needs the values behind the samples.
  package private(set) var hasDistributions = false

  package init(
    definitions: [AlarmDefinition], muteRules: [AlarmMuteRule] = [], options: EngineOptions
  ) {
    self.definitions = definitions
    self.options = options
    composites = CompositeBook()
    actions = ActionBook(muteRules: muteRules)
    let known = definitions
    for alarm in options.introduced
    where !self.definitions.contains(where: { $0.isNamed(by: alarm) }) {
      self.definitions.append(AlarmDefinition(introduced: alarm.text))
    }
    for index in self.definitions.indices { add(index, isIntroduced: index >= known.count) }
  }

  private mutating func add(_ index: Int, isIntroduced: Bool) {
    let definition = definitions[index]
    if definition.composite == nil, !isIntroduced {
      for key in definition.watchedKeys { watchers[key, default: []].append(index) }
      math.add(definition, number: index)
      hasDistributions = hasDistributions || definition.hasExtendedStatistic
      hasHighResolution = hasHighResolution || definition.periodSeconds < 60
    }
    let alarm = open(definition: index, region: definition.region)
    if isIntroduced { exempt(alarm) }
  }

  /// Milliseconds between the instants at which anything here may be due; nil without metric alarms.
  package var cadenceMilliseconds: Int64? { finest?.milliseconds }

  /// Whether an alarm with a period below a minute watches a metric.
  package func needsHighResolution(_ metric: MetricID) -> Bool {
    guard hasHighResolution, let watching = watchers[AlarmBinding.Key(metric)] else { return false }
    return watching.contains {
      definitions[$0].periodSeconds < 60
        && (definitions[$0].isOnMath || AlarmBinding.fits(metric, definitions[$0]))
    }
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
      stateTransitioned: change.transitioned,
      actionsSuppressedBy: file.gate.flatMap { actions.suppressor(of: $0, at: time) }?.rawValue,
      isWarmingUp: file.warmUpEnd.map { time < $0 } ?? warming.contains(index),
      series: watches[index].series)
  }

  /// Adds an alarm of a definition in a region, silently in its first state.
  @discardableResult
  mutating func open(definition number: Int, region: String?) -> Int {
    let index = watches.count
    let definition = definitions[number]
    let rule = AlarmRule(definition, evaluationRange: options.evaluationRange)
    let state: AlarmState =
      definition.composite == nil ? options.initialAlarmState : .insufficientData
    watches.append(AlarmWatch(rule: rule, state: state))
    let initial = AlarmChange(state: state, reason: AlarmReason.initial)
    files.append(AlarmFile(definition: number, region: region, history: AlarmHistory(initial)))
    enlist(index)
    if definition.scales { scaling.append(index) }
    place(index)
    files[index].gate = actions.open(for: index, definition: definition, region: region)
    composites.needsLinks = true
    return index
  }

  /// Puts an alarm where it is evaluated.
  private mutating func enlist(_ index: Int) {
    let definition = definitions[files[index].definition]
    if definition.composite != nil {
      composites.add(index)
    } else if definition.warmUp != nil {
      warming.append(index)
      note(watches[index].rule.cadence)
    } else {
      evaluate(from: index)
    }
    if definition.scales { note(.everyMinute) }
  }

  /// Keeps in mind how often something is due, which is asked at each instant.
  private mutating func note(_ cadence: AlarmCadence) {
    finest = finest.map { $0.rawValue < cadence.rawValue ? $0 : cadence } ?? cadence
  }

  /// Evaluates an alarm from now on.
  mutating func evaluate(from index: Int) {
    let definition = definitions[files[index].definition]
    note(definition.band == nil ? watches[index].rule.cadence : .everyMinute)
    if let setting = definition.band {
      banded.append(index)
      let range = watches[index].rule.evaluationRange
      bands[index] = AnomalyWatch(definition, setting: setting, evaluationRange: range)
    } else if definition.isComputed {
      computed.append(index)
    } else if definition.wallClock != nil {
      clocked.append(index)
    } else {
      groups[watches[index].rule.cadence, default: []].append(index)
    }
  }

  /// Evaluates an alarm no more: somebody else says what its state is.
  mutating func exempt(_ index: Int) {
    clocked.removeAll { $0 == index }
    computed.removeAll { $0 == index }
    banded.removeAll { $0 == index }
    warming.removeAll { $0 == index }
    groups[watches[index].rule.cadence]?.removeAll { $0 == index }
    composites.remove(index)
    finest = nil
    for (cadence, group) in groups where !group.isEmpty { note(cadence) }
    for index in warming + computed { note(watches[index].rule.cadence) }
    if !clocked.isEmpty || !banded.isEmpty || !scaling.isEmpty { note(.everyMinute) }
  }
}

/// What is seldom needed of an alarm.
struct AlarmFile: Sendable {
  var definition: Int
  var region: String?
  /// The metric of the series it reads.
  var metric: MetricID?
  var history: AlarmHistory
  /// Its place among the alarms whose actions may be held back.
  var gate: Int?
  /// When it was made, where that was not with the engine.
  var created: Timestamp?
  /// When it began to be evaluated after a warm-up.
  var warmUpEnd: Timestamp?
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
