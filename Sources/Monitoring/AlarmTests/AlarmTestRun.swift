import Telemetry

/// Runs one test on a real engine.
struct AlarmTestRun {
  let suite: AlarmTestSuite
  let test: AlarmTest

  func run() -> AlarmTestResult {
    var engine = makeEngine()
    _ = engine.advance(to: test.start - 1)
    engine.ingest(test.batch)
    var failures: [AlarmTestFailure] = []
    var now = test.start - 1
    var actions: [AlarmAction] = []
    for expectation in test.expectations {
      if expectation.time > now {
        now = expectation.time
        actions = self.actions(in: engine.advance(to: now), at: now)
      }
      failures += AlarmTestCheck(
        expectation: expectation, engine: engine, actions: actions, pins: test.pins
      ).failures()
    }
    return AlarmTestResult(name: test.name, failures: failures)
  }

  private func makeEngine() -> Engine {
    let definitions = suite.definitions.map(\.withSomeAction)
    var options = EngineOptions()
    options.evaluationRange = suite.evaluationRange
    options.initialAlarmState = test.initialState
    options.evaluationOrigin = test.evaluateFrom ?? test.start
    options.beginning = test.start
    options.introduced = suite.introduced.map { AlarmReference($0) }
    options.pins = test.pins
    let cadence = AlarmBook(definitions: definitions, options: options).cadenceMilliseconds
    options.evaluateFrom = test.evaluateFrom ?? test.start + (cadence ?? 60_000)
    return Engine(alarms: definitions, muteRules: suite.muteRules, options: options)
  }

  /// The actions that run at exactly `time`, each once; those that are held do not run.
  private func actions(in transitions: [Transition], at time: Timestamp) -> [AlarmAction] {
    let running = transitions.filter {
      $0.kind == .action && $0.time == time && $0.suppressedBy == nil
    }
    let all = running.compactMap { transition in
      AlarmState(rawValue: transition.to).map { AlarmAction(alarm: transition.name, state: $0) }
    }
    return Set(all).sorted()
  }
}

extension [AlarmPin] {
  /// The state an alarm is pinned to at an instant; nil for one that is not pinned.
  func state(of alarm: String, at time: Timestamp) -> AlarmState? {
    let name = AlarmReference(alarm).name
    return last { $0.alarm.name == name && $0.time <= time }?.state
  }
}

extension AlarmDefinition {
  /// The alarm with an action for each state, where it has no list of actions at all.
  fileprivate var withSomeAction: AlarmDefinition {
    guard okActions.isEmpty, alarmActions.isEmpty, insufficientDataActions.isEmpty else {
      return self
    }
    var definition = self
    definition.okActions = [""]
    definition.alarmActions = [""]
    definition.insufficientDataActions = [""]
    return definition
  }
}
