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
  /// Nil where nothing can hold back its actions.
  package var suppression: SuppressionRecord?
  /// When the alarm was made, which is when a warm-up begins.
  package var created: Timestamp?
  /// When its warm-up ended; nil: it has none, or is in it.
  package var warmUpEnd: Timestamp?

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
}

/// What survives of actions that are held back.
package struct SuppressionRecord: Hashable, Sendable {
  /// A state whose actions have not run.
  package var pending: AlarmState?
  /// WaitPeriod or ExtensionPeriod, and when it ends.
  package var timer: String?
  package var timerEnd: Timestamp?
  /// The suppressor that the timer is about.
  package var suppressor: String?

  package init(
    pending: AlarmState? = nil, timer: String? = nil, timerEnd: Timestamp? = nil,
    suppressor: String? = nil
  ) {
    self.pending = pending
    self.timer = timer
    self.timerEnd = timerEnd
    self.suppressor = suppressor
  }
}

extension AlarmBook {
  /// What to keep of all alarms until the next run, by name and region.
  package func records(at time: Timestamp) -> [AlarmRecord] {
    order.map { index in
      let file = files[index]
      let change = file.history.change(at: time)
      var record = AlarmRecord(
        name: definitions[file.definition].name, region: file.region, state: change.state,
        previousState: change.previousState, reason: change.reason,
        reasonData: change.reasonData, updated: change.updated, transitioned: change.transitioned)
      record.suppression = file.gate.flatMap { actions.gates[$0].record }
      record.created = file.created ?? created
      record.warmUpEnd = file.warmUpEnd
      return record
    }
  }

  /// Silently sets alarms to the states they had; no transition, no action.
  ///
  /// A record of an alarm that is no longer defined, or of a region it no longer has, is left out. An
  /// alarm without a record is new at `now`, for its warm-up. Composite alarms are looked at again at
  /// the next instant, for what they saw may differ by now.
  package mutating func restore(_ records: [AlarmRecord], at now: Timestamp) {
    var kept: [Int: SuppressionRecord] = [:]
    var unknown = Set(files.indices)
    for record in records {
      guard let index = restored(record) else { continue }
      unknown.remove(index)
      watches[index].state = record.state
      files[index].created = record.created
      composites.unborn.remove(index)
      if let end = record.warmUpEnd, let place = warming.firstIndex(of: index) {
        warming.remove(at: place)
        files[index].warmUpEnd = end
        evaluate(from: index)
      }
      files[index].history = AlarmHistory(
        AlarmChange(
          state: record.state, previousState: record.previousState, reason: record.reason,
          reasonData: record.reasonData, updated: record.updated,
          transitioned: record.transitioned))
      if let gate = files[index].gate { kept[gate] = record.suppression ?? SuppressionRecord() }
    }
    for index in unknown.sorted() { beginWarmUp(index, at: now) }
    composites.needsLinks = true
    restoreGates(kept, at: now)
  }

  private mutating func restored(_ record: AlarmRecord) -> Int? {
    let candidates = indices(named: record.name)
    if let index = candidates.first(where: { files[$0].region == record.region }) { return index }
    guard let any = candidates.first else { return nil }
    let definition = files[any].definition
    guard definitions[definition].region == nil, definitions[definition].composite == nil,
      let region = record.region
    else { return nil }
    return adopt(definition, region: region) ?? open(definition: definition, region: region)
  }
}
