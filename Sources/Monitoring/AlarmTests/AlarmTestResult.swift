import Documents
import Telemetry

/// How one test went.
package struct AlarmTestResult: Sendable {
  package var name: String
  /// Empty for a test that passed.
  package var failures: [AlarmTestFailure]

  package var passed: Bool { failures.isEmpty }
}

/// An expectation that did not hold.
package struct AlarmTestFailure: Sendable {
  package var place: Node.Place
  /// `at 5m (2026-01-01T00:05:00Z) orders-lag: expected the state ALARM, found OK`.
  package var headline: String
  /// Why the alarm is in its state.
  package var explanation: [String]
  /// What holds, as a line for the test file; empty where there is nothing to paste.
  package var paste: String

  /// The failure as lines for a terminal.
  package var lines: [String] {
    let line = place.line > 0 ? "\(place.file):\(place.line): " : ""
    var lines = [line + headline] + explanation.map { "  " + $0 }
    if !paste.isEmpty { lines.append("  what holds:  " + paste) }
    return lines
  }
}
