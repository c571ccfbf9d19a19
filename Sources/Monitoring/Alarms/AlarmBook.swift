import Telemetry

/// All alarms of an engine: finds their series, evaluates those that are due, keeps their history.
package struct AlarmBook: Sendable {
  package init(definitions: [AlarmDefinition], options: EngineOptions) {}

  /// Milliseconds between the instants at which anything here may be due; nil without alarms.
  package var cadenceMilliseconds: Int64? { nil }

  /// Binds a series that has its first data to the alarms that watch it.
  package mutating func seriesAppeared(_ series: SeriesID, metric: MetricID) {}

  /// Evaluates the alarms due at `now`, in order of name and region.
  package mutating func evaluate(at now: Timestamp, store: SeriesStore) -> [Transition] { [] }

  /// The alarms as they were at an instant at or before the last evaluation, by name and region.
  package func readings(at time: Timestamp) -> [AlarmReading] { [] }
}
