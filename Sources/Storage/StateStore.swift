import GRDB
import Monitoring
import Telemetry

/// The SQLite file that carries alarm states and their history from run to run.
///
/// A run is one write transaction: it reads what the last run left, evaluates, and writes what it
/// leaves. So two overlapping runs take turns, and a run that is killed leaves nothing behind.
package struct StateStore {
  let queue: DatabaseQueue
  private let path: String
  private let lockTimeoutMilliseconds: Int64

  /// CloudWatch keeps the history of alarms for 30 days.
  package static let historyMilliseconds: Int64 = 30 * 86_400_000

  /// Opens the file, and makes it where there is none; waits so long at most for another run.
  package init(path: String, lockTimeoutMilliseconds: Int64) throws(StateStoreError) {
    self.path = path
    self.lockTimeoutMilliseconds = lockTimeoutMilliseconds
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(Double(lockTimeoutMilliseconds) / 1000)
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
      // Opening in WAL mode sets NORMAL; after a power loss the last run must still be there.
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    } catch {
      throw Self.sentence(error, path: path, waited: lockTimeoutMilliseconds)
    }
  }

  /// Runs `body` with what the last run left (nil: this is the first), and keeps what it leaves.
  ///
  /// Throws a `StateStoreError`, or what `body` throws; nothing is kept then.
  package func update<Result>(
    _ body: (StoredState?) throws -> (Result, StoredState, [Transition])
  ) throws -> Result {
    do {
      return try queue.writeWithoutTransaction { database in
        try database.beginTransaction(.immediate)
        do {
          try prepareSchema(database)
          let (result, state, transitions) = try body(try database.storedState())
          try database.keep(state)
          let horizon = state.checkpoint - Self.historyMilliseconds
          try database.keep(transitions, forgettingBefore: horizon)
          try database.commit()
          return result
        } catch {
          try database.rollback()
          throw error
        }
      }
    } catch let error as DatabaseError {
      throw Self.sentence(error, path: path, waited: lockTimeoutMilliseconds)
    } catch let error as UnreadableRow {
      throw StateStoreError.unusable(path: path, reason: error.description)
    }
  }

  /// The transitions kept from all runs, oldest first.
  package func history() throws -> [Transition] {
    try queue.read { try $0.storedTransitions() }
  }

  /// Makes the tables in a new file; refuses files of others and of later versions.
  private func prepareSchema(_ database: Database) throws {
    let mark = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    if mark == 0 && version == 0 {
      let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
      guard tables == 0 else { throw StateStoreError.unusable(path: path, reason: Self.foreign) }
      return try database.execute(sql: Schema.creation)
    }
    guard mark == Schema.applicationMark else {
      throw StateStoreError.unusable(path: path, reason: Self.foreign)
    }
    if version > Schema.version { throw StateStoreError.newer(path: path) }
    for earlier in version..<Schema.version {
      if let upgrade = Schema.upgrades[earlier] { try database.execute(sql: upgrade) }
    }
  }

  private static let foreign = "it is a database of another program"

  private static func sentence(
    _ error: any Error, path: String, waited: Int64
  ) -> StateStoreError {
    guard let error = error as? DatabaseError else {
      return .unusable(path: path, reason: String(describing: error))
    }
    if error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED {
      return .locked(path: path, waitedMilliseconds: waited)
    }
    return .unusable(path: path, reason: error.message ?? String(describing: error.resultCode))
  }
}

extension StateStore {
  /// A setting of the connection, for the tests that durability rests on.
  func setting(_ name: String) throws -> String? {
    try queue.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA \(name)") }
  }
}
