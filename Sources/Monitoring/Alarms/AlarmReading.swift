import Telemetry

/// One alarm at one instant, as views and reports read it.
package struct AlarmReading: Hashable, Sendable {
  package var definition: AlarmDefinition
  /// The region this instance evaluates; nil where no region has the metric.
  package var region: String?
  package var state: AlarmState
  /// The state before the last transition; nil before the first.
  package var previousState: AlarmState?
  /// CloudWatch's StateReason, stored at the last transition.
  package var stateReason: String
  /// CloudWatch's StateReasonData, JSON text; nil before the first transition.
  package var stateReasonData: String?
  /// When the state was last set (nil: never evaluated), and when it last changed.
  package var stateUpdated: Timestamp?
  package var stateTransitioned: Timestamp?
  /// What holds back its actions: WaitPeriod, ExtensionPeriod, Alarm or MuteRule; nil: nothing.
  package var actionsSuppressedBy: String?
  /// Whether it is not evaluated yet, because it warms up.
  package var isWarmingUp = false
  /// The series it reads; nil while none has appeared.
  package var series: SeriesID?

  package var name: String { definition.name }
}
