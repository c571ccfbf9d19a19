import Telemetry

/// What survives of an alarm from one run to the next.
package struct AlarmRecord: Hashable, Sendable {
  package var name: String
  package var region: String?
  package var state: AlarmState
  package var previousState: AlarmState?
  package var reason: String
  package var reasonData: String?
  /// When the state was last set and last changed; nil for an alarm that never changed.
  package var updated: Timestamp?
  package var transitioned: Timestamp?

  package init(
    name: String, region: String?, state: AlarmState, previousState: AlarmState? = nil,
    reason: String, reasonData: String? = nil, updated: Timestamp? = nil,
    transitioned: Timestamp? = nil
  ) {
    self.name = name
    self.region = region
    self.state = state
    self.previousState = previousState
    self.reason = reason
    self.reasonData = reasonData
    self.updated = updated
    self.transitioned = transitioned
  }

  /// What to keep of a reading.
  package init(_ reading: AlarmReading) {
    self.init(
      name: reading.name, region: reading.region, state: reading.state,
      previousState: reading.previousState, reason: reading.stateReason,
      reasonData: reading.stateReasonData, updated: reading.stateUpdated,
      transitioned: reading.stateTransitioned)
  }
}

extension AlarmBook {
  /// Silently sets alarms to the states they had; no transition, no action.
  ///
  /// A record of an alarm that is no longer defined, or of a region it no longer has, is left out.
  package mutating func restore(_ records: [AlarmRecord]) {
    for record in records {
      guard let index = restored(record) else { continue }
      watches[index].state = record.state
      files[index].history = AlarmHistory(
        AlarmChange(
          state: record.state, previousState: record.previousState, reason: record.reason,
          reasonData: record.reasonData, updated: record.updated,
          transitioned: record.transitioned))
    }
  }

  private mutating func restored(_ record: AlarmRecord) -> Int? {
    let candidates = indices(named: record.name)
    if let index = candidates.first(where: { files[$0].region == record.region }) { return index }
    guard let any = candidates.first else { return nil }
    let definition = files[any].definition
    guard definitions[definition].region == nil, let region = record.region else { return nil }
    return adopt(definition, region: region) ?? open(definition: definition, region: region)
  }
}
