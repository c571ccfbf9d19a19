import Documents
import Telemetry

/// One test of alarms: data over time, and what the alarms must say at some instants.
package struct AlarmTest: Sendable {
  package var name: String
  var start: Timestamp
  var initialState: AlarmState
  /// The first evaluation; nil: one cadence after the start.
  var evaluateFrom: Timestamp?
  var batch: Batch
  /// States that alarms are pinned to, in order of time.
  var pins: [AlarmPin]
  /// In order of time.
  var expectations: [AlarmExpectation]
}

/// What must hold at an instant; what is nil is not checked.
struct AlarmExpectation: Sendable {
  var place: Node.Place
  /// The offset as written.
  var offset: String
  var time: Timestamp
  var alarm: String?
  var region: String?
  var state: AlarmState?
  var reason: String?
  /// What suppresses the alarm's actions; the inner nil expects that nothing does.
  var suppressor: ActionSuppression??
  /// All alarms and states whose actions run at exactly this instant.
  var actions: [AlarmAction]?
}

/// An alarm whose actions for a state run.
struct AlarmAction: Hashable, Comparable, Sendable {
  var alarm: String
  var state: AlarmState

  static func < (left: AlarmAction, right: AlarmAction) -> Bool {
    left.alarm != right.alarm
      ? left.alarm < right.alarm : left.state.rawValue < right.state.rawValue
  }
}
