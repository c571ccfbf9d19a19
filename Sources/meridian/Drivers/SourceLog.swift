import Endpoints
import Telemetry

/// What the daemon says of its sources on standard error: each minute what has changed, and at its end.
struct SourceLog {
  private let level: LogLevel
  private var told: [String: IngestCounts] = [:]
  private var next: Timestamp?

  /// Often enough to find the minute in which something was lost; seldom enough for a log.
  static let intervalMilliseconds: Int64 = 60_000

  init(level: LogLevel) { self.level = level }

  /// Whether a minute has passed since the last report; the first one begins with the first call.
  mutating func isDue(at now: Timestamp) -> Bool {
    let due = next ?? now + Self.intervalMilliseconds
    next = now >= due ? now + Self.intervalMilliseconds : due
    return now >= due
  }

  /// A sentence for each source that has received anything since it was told of last; of those that
  /// lost nothing of it only where `info` is asked for.
  mutating func sentences(_ sources: [IngestCounts]) -> [String] {
    guard level >= .warning else { return [] }
    return sources.compactMap { source in
      let before = told[source.source] ?? IngestCounts(source: source.source)
      guard source.counts != before.counts else { return nil }
      guard level >= .info || source.losses != before.losses else { return nil }
      told[source.source] = source
      return source.sentence
    }
  }
}

extension IngestCounts {
  fileprivate var counts: [Int] { [received, stored] + losses }
  fileprivate var losses: [Int] { [rejected, dropped, late] }

  fileprivate var sentence: String {
    "\(source): received \(received), stored \(stored), rejected \(rejected), dropped \(dropped), late \(late)"
  }
}
