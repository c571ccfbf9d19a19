import Documents
import GRDB
import Monitoring
import Telemetry

extension Database {
  /// What the last run left; nil before the first.
  func storedState() throws -> StoredState? {
    guard let run = try Row.fetchOne(self, sql: "SELECT checkpoint, verdict, digest FROM run")
    else { return nil }
    let rows = try Row.fetchAll(self, sql: "SELECT * FROM alarm ORDER BY name, ifnull(region, '')")
    return StoredState(
      checkpoint: Timestamp(milliseconds: run["checkpoint"]),
      alarms: try rows.map(AlarmRecord.init(row:)), verdict: run["verdict"], digest: run["digest"])
  }

  func keep(_ state: StoredState) throws {
    try execute(
      sql: "INSERT OR REPLACE INTO run (id, checkpoint, verdict, digest) VALUES (1, ?, ?, ?)",
      arguments: [state.checkpoint.milliseconds, state.verdict, state.digest])
    try execute(sql: "DELETE FROM alarm")
    let insertion = try makeStatement(
      sql: """
        INSERT INTO alarm (name, region, state, previousState, reason, reasonData, updated,
          transitioned, pending, timer, timerEnd, suppressor, created, warmUpEnd)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for alarm in state.alarms {
      try insertion.execute(arguments: [
        alarm.name, alarm.region, alarm.state.rawValue, alarm.previousState?.rawValue,
        alarm.reason, alarm.reasonData, alarm.updated?.milliseconds,
        alarm.transitioned?.milliseconds, alarm.suppression?.pending?.rawValue,
        alarm.suppression?.timer, alarm.suppression?.timerEnd?.milliseconds,
        alarm.suppression?.suppressor, alarm.created?.milliseconds, alarm.warmUpEnd?.milliseconds,
      ])
    }
  }

  /// Adds to the history, and drops what is older than it reaches.
  func keep(_ transitions: [Transition], forgettingBefore horizon: Timestamp) throws {
    try execute(sql: "DELETE FROM transition WHERE time < ?", arguments: [horizon.milliseconds])
    let insertion = try makeStatement(
      sql: """
        INSERT INTO transition (time, kind, name, region, toRegion, "from", "to", reasons, target,
          suppressedBy) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for transition in transitions {
      var reasons = JSONWriter()
      reasons.array(transition.reasons) { $0.string($1) }
      try insertion.execute(arguments: [
        transition.time.milliseconds, transition.kind.rawValue, transition.name, transition.region,
        transition.toRegion, transition.from, transition.to, reasons.text, transition.target,
        transition.suppressedBy,
      ])
    }
  }

  func storedTransitions() throws -> [Transition] {
    try Row.fetchAll(self, sql: "SELECT * FROM transition ORDER BY id").map(Transition.init(row:))
  }
}

/// A row that this version could not have written.
struct UnreadableRow: Error, CustomStringConvertible {
  let description: String
}

extension AlarmRecord {
  fileprivate init(row: Row) throws {
    let previous: String? = row["previousState"]
    let updated: Int64? = row["updated"]
    let transitioned: Int64? = row["transitioned"]
    self.init(
      name: row["name"], region: row["region"], state: try Self.state(row["state"]),
      previousState: try previous.map(Self.state), reason: row["reason"],
      reasonData: row["reasonData"], updated: updated.map(Timestamp.init(milliseconds:)),
      transitioned: transitioned.map(Timestamp.init(milliseconds:)))
    suppression = try Self.suppression(row)
    created = (row["created"] as Int64?).map(Timestamp.init(milliseconds:))
    warmUpEnd = (row["warmUpEnd"] as Int64?).map(Timestamp.init(milliseconds:))
  }

  private static func suppression(_ row: Row) throws -> SuppressionRecord? {
    let pending: String? = row["pending"]
    let end: Int64? = row["timerEnd"]
    let record = SuppressionRecord(
      pending: try pending.map(state), timer: row["timer"],
      timerEnd: end.map(Timestamp.init(milliseconds:)), suppressor: row["suppressor"])
    return record == SuppressionRecord() ? nil : record
  }

  private static func state(_ word: String) throws -> AlarmState {
    guard let state = AlarmState(rawValue: word) else {
      throw UnreadableRow(description: "an alarm has the state '\(word)'")
    }
    return state
  }
}

extension Transition {
  fileprivate init(row: Row) throws {
    guard let kind = Kind(rawValue: row["kind"]) else {
      throw UnreadableRow(description: "a transition has the kind \(row["kind"] as Int)")
    }
    let reasons = try Node.json(Array((row["reasons"] as String).utf8)).list()
    self.init(
      time: Timestamp(milliseconds: row["time"]), kind: kind, name: row["name"],
      region: row["region"], toRegion: row["toRegion"], from: row["from"], to: row["to"],
      reasons: try reasons.map { try $0.string() }, target: row["target"],
      suppressedBy: row["suppressedBy"])
  }
}
