import Monitoring

/// How good or bad a state is, and how it is drawn: glyph, role and word; never by colour alone.
package struct Standing: Hashable, Sendable {
  package var severity: Severity
  package var glyph: String
  package var role: Role
  package var word: String

  package init(_ severity: Severity, _ glyph: String, _ role: Role, _ word: String) {
    self.severity = severity
    self.glyph = glyph
    self.role = role
    self.word = word
  }

  /// From nothing to do to all hands; unknown is worse than a warning, as in exit codes.
  package enum Severity: Int, Hashable, Sendable, Comparable, CaseIterable {
    case fine, planned, warning, unknown, critical

    package static func < (left: Severity, right: Severity) -> Bool {
      left.rawValue < right.rawValue
    }
  }
}

extension Standing {
  package init(_ health: RegionHealth) {
    switch health {
    case .healthy: self.init(.fine, "●", .ok, health.rawValue)
    case .degraded: self.init(.warning, "▲", .warn, health.rawValue)
    case .impaired: self.init(.critical, "■", .crit, health.rawValue)
    case .down: self.init(.critical, "■", .crit, health.rawValue)
    case .blind: self.init(.unknown, "?", .unknown, health.rawValue)
    case .maintenance: self.init(.planned, "○", .info, "MAINT")
    }
  }

  package init(_ state: LinkState) {
    switch state {
    case .ok: self.init(.fine, "●", .ok, state.rawValue)
    case .warn: self.init(.warning, "▲", .warn, state.rawValue)
    case .breached: self.init(.critical, "■", .crit, state.rawValue)
    case .stale: self.init(.unknown, "◌", .stale, state.rawValue)
    case .broken: self.init(.critical, "✗", .crit, state.rawValue)
    }
  }

  package init(_ state: FailoverState) {
    switch state {
    case .steady: self.init(.fine, "●", .ok, state.rawValue)
    case .steadySwapped: self.init(.planned, "●", .info, state.rawValue)
    case .detecting, .failingOver, .failedOver, .failingBack:
      self.init(.warning, "▲", .warn, state.rawValue)
    case .stuck, .splitBrain: self.init(.critical, "■", .crit, state.rawValue)
    case .blind: self.init(.unknown, "?", .unknown, state.rawValue)
    }
  }

  package init(_ alarm: AlarmReading) {
    switch alarm.state {
    case .ok: self.init(.fine, "●", .ok, "OK")
    case .alarm where alarm.definition.severity == .warning:
      self.init(.warning, "▲", .warn, "ALARM")
    case .alarm: self.init(.critical, "■", .crit, "ALARM")
    case .insufficientData: self.init(.unknown, "?", .unknown, "INSUFFICIENT_DATA")
    }
  }

  package init(_ verdict: ReadinessReading.Verdict) {
    switch verdict {
    case .ready: self.init(.fine, "✓", .ok, verdict.rawValue)
    case .notReady: self.init(.warning, "✗", .warn, verdict.rawValue)
    case .unknown: self.init(.unknown, "?", .unknown, verdict.rawValue)
    }
  }

  package init(_ verdict: ReadinessReading.CheckVerdict) {
    switch verdict {
    case .go: self.init(.fine, "✓", .ok, verdict.rawValue)
    case .noGo: self.init(.critical, "✗", .crit, verdict.rawValue)
    case .unknown: self.init(.unknown, "?", .unknown, verdict.rawValue)
    }
  }

  /// The standing of a state's word, as transitions name it.
  package init(word: String) {
    if let health = RegionHealth(rawValue: word) {
      self.init(health)
    } else if let state = LinkState(rawValue: word), word != "OK" {
      self.init(state)
    } else if let state = FailoverState(rawValue: word) {
      self.init(state)
    } else if let verdict = ReadinessReading.Verdict(rawValue: word) {
      self.init(verdict)
    } else if word == "ALARM" {
      self.init(.critical, "■", .crit, word)
    } else if word == "INSUFFICIENT_DATA" {
      self.init(.unknown, "?", .unknown, word)
    } else {
      self.init(.fine, "●", .ok, word)
    }
  }
}
