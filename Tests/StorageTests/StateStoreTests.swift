import Foundation
import GRDB
import Monitoring
import Telemetry
import Testing

@testable import Storage

/// What one run leaves, the next run finds; runs take turns; a bad file is a sentence.
@Suite
struct StateStoreTests {
  private static let start = Timestamp(seconds: 1_767_225_600)

  /// A state file in a folder of its own, removed at the end.
  private final class Place {
    let folder: URL
    var path: String { folder.appendingPathComponent("state.sqlite").path }

    init() throws {
      folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("meridian-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
  }

  private static func state(_ checkpoint: Timestamp) -> StoredState {
    var lag = AlarmRecord(
      name: "lag", region: "eu-west-1", state: .alarm, previousState: .ok,
      reason: "Threshold Crossed: …", reasonData: #"{"version":"1.0"}"#, updated: start,
      transitioned: start + 60_000)
    lag.suppression = SuppressionRecord(
      pending: .alarm, timer: "WaitPeriod", timerEnd: start + 90_000, suppressor: "maintenance")
    lag.created = start - 1
    lag.warmUpEnd = start + 1
    let silent = AlarmRecord(
      name: "silent", region: nil, state: .insufficientData,
      reason: "Unchecked: Initial alarm creation")
    return StoredState(
      checkpoint: checkpoint, alarms: [lag, silent], verdict: "CRITICAL", digest: "a\nb")
  }

  private static let transitions = [
    Transition(
      time: start, kind: .alarm, name: "lag", region: "eu-west-1", from: "OK", to: "ALARM",
      reasons: ["Threshold Crossed: “…”"]),
    Transition(
      time: start, kind: .action, name: "lag", to: "ALARM", target: "arn:x",
      suppressedBy: "MuteRule"),
    Transition(
      time: start + 1, kind: .link, name: "db", region: "a", toRegion: "b", from: "OK", to: "BROKEN"
    ),
  ]

  @Test("what a run leaves, the next run finds, unknowns included")
  func roundTrip() throws {
    let place = try Place()
    try StateStore(path: place.path, lockTimeoutMilliseconds: 0).update { previous in
      #expect(previous == nil)
      return ((), Self.state(Self.start), Self.transitions)
    }
    let store = try StateStore(path: place.path, lockTimeoutMilliseconds: 0)
    try store.update { previous in
      #expect(previous == Self.state(Self.start))
      return ((), Self.state(Self.start + 60_000), [])
    }
    try store.update { previous in
      #expect(previous?.checkpoint == Self.start + 60_000)
      return ((), Self.state(Self.start + 60_000), [])
    }
    #expect(try store.history() == Self.transitions)
  }

  @Test("history older than thirty days is forgotten")
  func history() throws {
    let place = try Place()
    let store = try StateStore(path: place.path, lockTimeoutMilliseconds: 0)
    try store.update { _ in ((), Self.state(Self.start), Self.transitions) }
    let later = Self.start + StateStore.historyMilliseconds + 1
    try store.update { _ in ((), Self.state(later), []) }
    #expect(try store.history() == [Self.transitions[2]])
  }

  @Test("a run that fails leaves what was there before")
  func rollback() throws {
    struct Stop: Error {}
    let place = try Place()
    let store = try StateStore(path: place.path, lockTimeoutMilliseconds: 0)
    try store.update { _ in ((), Self.state(Self.start), []) }
    #expect(throws: Stop.self) {
      try store.update { (_) throws -> (Void, StoredState, [Transition]) in throw Stop() }
    }
    try store.update { previous in
      #expect(previous == Self.state(Self.start))
      return ((), Self.state(Self.start), [])
    }
  }

  @Test("a second run waits as long as it may, and then says so")
  func overlap() throws {
    let place = try Place()
    let first = try StateStore(path: place.path, lockTimeoutMilliseconds: 0)
    try first.update { _ in
      let second = try StateStore(path: place.path, lockTimeoutMilliseconds: 0)
      #expect(throws: StateStoreError.locked(path: place.path, waitedMilliseconds: 0)) {
        try second.update { _ in ((), Self.state(Self.start), []) }
      }
      return ((), Self.state(Self.start), [])
    }
    let third = try StateStore(path: place.path, lockTimeoutMilliseconds: 0)
    try third.update { previous in
      #expect(previous == Self.state(Self.start))
      return ((), Self.state(Self.start), [])
    }
  }

  @Test("commits reach the disk before a run ends: WAL, synchronous FULL")
  func durability() throws {
    let place = try Place()
    let store = try StateStore(path: place.path, lockTimeoutMilliseconds: 0)
    #expect(try store.setting("journal_mode") == "wal")
    #expect(try store.setting("synchronous") == "2")
  }

  @Test("what is no state of ours is a sentence that names the file")
  func unusable() throws {
    let place = try Place()
    try Data("not a database, but long enough to look at".utf8).write(
      to: URL(fileURLWithPath: place.path))
    #expect(throws: StateStoreError.self) {
      try StateStore(path: place.path, lockTimeoutMilliseconds: 0).update { _ in
        ((), Self.state(Self.start), [])
      }
    }
    #expect(throws: StateStoreError.self) {
      try StateStore(path: place.path + "/no/such/folder", lockTimeoutMilliseconds: 0)
    }
  }

  @Test("a database of another program is left alone")
  func foreign() throws {
    let place = try Place()
    let other = try DatabaseQueue(path: place.path)
    try other.write { try $0.execute(sql: "CREATE TABLE theirs (id INTEGER)") }
    try other.close()
    let store = try StateStore(path: place.path, lockTimeoutMilliseconds: 0)
    #expect(
      throws: StateStoreError.unusable(
        path: place.path, reason: "it is a database of another program")
    ) {
      try store.update { _ in ((), Self.state(Self.start), []) }
    }
  }

  @Test("a state of a later version is left alone")
  func newer() throws {
    let place = try Place()
    let store = try StateStore(path: place.path, lockTimeoutMilliseconds: 0)
    try store.update { _ in ((), Self.state(Self.start), []) }
    try store.queue.write { try $0.execute(sql: "PRAGMA user_version = 3") }
    #expect(throws: StateStoreError.newer(path: place.path)) {
      try store.update { _ in ((), Self.state(Self.start), []) }
    }
  }

  @Test("a state of the first version is taken over")
  func upgraded() throws {
    let place = try Place()
    let store = try StateStore(path: place.path, lockTimeoutMilliseconds: 0)
    try store.update { _ in ((), Self.state(Self.start), []) }
    try store.queue.write { database in
      for column in ["pending", "timer", "timerEnd", "suppressor", "created", "warmUpEnd"] {
        try database.execute(sql: "ALTER TABLE alarm DROP COLUMN \(column)")
      }
      try database.execute(sql: "PRAGMA user_version = 1")
    }
    try store.update { previous in
      #expect(previous?.alarms.map(\.state) == [.alarm, .insufficientData])
      #expect(previous?.alarms.first?.suppression == nil)
      return ((), Self.state(Self.start), [])
    }
    try store.update { previous in
      #expect(previous == Self.state(Self.start))
      return ((), Self.state(Self.start), [])
    }
  }
}
