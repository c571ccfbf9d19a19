import Telemetry

/// What a driver may set about an engine, beside topology and alarms.
package struct EngineOptions: Hashable, Sendable {
  /// The slots fetched for an alarm, instead of the rule for the evaluation range.
  package var evaluationRange: Int?
  /// Evaluations happen at this instant plus multiples of an alarm's cadence.
  package var evaluationOrigin = Timestamp(milliseconds: 0)
  /// Nothing is evaluated before this instant; nil: from the first data on.
  package var evaluateFrom: Timestamp?
  /// The state every alarm silently holds at the start.
  package var initialAlarmState = AlarmState.insufficientData
  /// At this instant composite alarms are evaluated once, silently; nil: their first state is a
  /// change like any other.
  package var beginning: Timestamp?
  /// Alarms that exist without a definition, only by the states they are set to.
  package var introduced: [AlarmReference] = []
  /// States that alarms are set to from outside.
  package var pins: [AlarmPin] = []
  /// Whether metric alarms tell why they change; a backtest of many variants has no use for it.
  package var tellsReasons = true

  package init() {}
}
