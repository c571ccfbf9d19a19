import Telemetry

/// What `check` says about an estate at one instant: one word, and the sentences that led to it.
package struct Verdict: Hashable, Sendable {
  /// Worst first; reasons of the same level in the order alarms, regions, links, failover, input.
  package let reasons: [Reason]

  package init(reasons: [Reason]) {
    let ordered = reasons.enumerated().sorted { left, right in
      left.element.level != right.element.level
        ? left.element.level > right.element.level : left.offset < right.offset
    }
    self.reasons = ordered.map(\.element)
  }

  /// The worst level among the reasons; OK without any.
  package var level: Level { reasons.first?.level ?? .ok }

  /// Ordered by precedence: CRITICAL wins over UNKNOWN, UNKNOWN over WARNING, WARNING over OK.
  package enum Level: String, Hashable, Sendable, CaseIterable, Comparable {
    case ok = "OK"
    case warning = "WARNING"
    case unknown = "UNKNOWN"
    case critical = "CRITICAL"

    package var exitCode: Int32 {
      switch self {
      case .ok: 0
      case .warning: 1
      case .critical: 2
      case .unknown: 3
      }
    }

    package static func < (left: Level, right: Level) -> Bool { left.precedence < right.precedence }

    private var precedence: Int {
      switch self {
      case .ok: 0
      case .warning: 1
      case .unknown: 2
      case .critical: 3
      }
    }
  }

  /// One finding.
  package struct Reason: Hashable, Sendable {
    package var level: Level
    /// A short sentence without a full stop.
    package var text: String

    package init(_ level: Level, _ text: String) {
      self.level = level
      self.text = text
    }
  }
}
