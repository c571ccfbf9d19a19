/// The tables of a state file; times are milliseconds since the epoch.
enum Schema {
  static let version = 2
  /// SQLite's `application_id`: `Mrdn`.
  static let applicationMark = 0x4D72_646E

  static let creation = """
    CREATE TABLE run (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      checkpoint INTEGER NOT NULL,
      verdict TEXT NOT NULL,
      digest TEXT NOT NULL
    ) STRICT;
    CREATE TABLE alarm (
      name TEXT NOT NULL,
      region TEXT,
      state TEXT NOT NULL,
      previousState TEXT,
      reason TEXT NOT NULL,
      reasonData TEXT,
      updated INTEGER,
      transitioned INTEGER,
      pending TEXT,
      timer TEXT,
      timerEnd INTEGER,
      suppressor TEXT,
      created INTEGER,
      warmUpEnd INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX alarmByName ON alarm (name, ifnull(region, ''));
    CREATE TABLE transition (
      id INTEGER PRIMARY KEY,
      time INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      name TEXT NOT NULL,
      region TEXT,
      toRegion TEXT,
      "from" TEXT NOT NULL,
      "to" TEXT NOT NULL,
      reasons TEXT NOT NULL,
      target TEXT,
      suppressedBy TEXT
    ) STRICT;
    CREATE INDEX transitionByTime ON transition (time);
    PRAGMA application_id = \(applicationMark);
    PRAGMA user_version = \(version);
    """

  /// Brings the tables of an earlier version up to this one.
  static let upgrades = [
    1: """
    ALTER TABLE alarm ADD COLUMN pending TEXT;
    ALTER TABLE alarm ADD COLUMN timer TEXT;
    ALTER TABLE alarm ADD COLUMN timerEnd INTEGER;
    ALTER TABLE alarm ADD COLUMN suppressor TEXT;
    ALTER TABLE alarm ADD COLUMN created INTEGER;
    ALTER TABLE alarm ADD COLUMN warmUpEnd INTEGER;
    PRAGMA user_version = 2;
    """
  ]
}
