import Telemetry

/// The hysteresis of a standby's checks, so that single lost samples do not page anybody.
///
/// A check that was GO says UNKNOWN only when it has been unknown for as long as a standby's data may
/// be old, and is then GO again only after a quiet time. What is measured, GO or NO_GO, it says at once.
struct ReadinessHold: Sendable {
  private var known: [Known] = []

  fileprivate struct Known {
    var check: Readiness.Check
    var verdict: ReadinessReading.CheckVerdict
    /// Whether it ever was GO: the first GO needs no waiting.
    var hasBeenGo: Bool
    /// Since when what is measured differs from what is said.
    var differsSince: Timestamp?
  }

  /// Replaces each verdict by the one that is said; checks that are no longer made are forgotten.
  mutating func hold(_ gauges: inout [Readiness.Gauge], _ now: Timestamp) {
    var next: [Known] = []
    for index in gauges.indices where gauges[index].check.isOfSamples {
      let subject = gauges[index].check.subject
      var entry =
        known.first { $0.check == subject }
        ?? Known(check: subject, verdict: gauges[index].verdict, hasBeenGo: false)
      entry.take(gauges[index].verdict, now)
      gauges[index].verdict = entry.verdict
      next.append(entry)
    }
    known = next
  }
}

extension ReadinessHold.Known {
  fileprivate mutating func take(
    _ measured: ReadinessReading.CheckVerdict, _ now: Timestamp
  ) {
    if measured == verdict {
      differsSince = nil
    } else {
      let start = differsSince ?? now
      differsSince = start
      if now - start >= patience(measured) {
        verdict = measured
        differsSince = nil
      }
    }
    if verdict == .go { hasBeenGo = true }
  }

  private func patience(_ measured: ReadinessReading.CheckVerdict) -> Int64 {
    switch measured {
    case .noGo: 0
    case .unknown: verdict == .go ? EstateRules.freshEnough : 0
    case .go: verdict == .unknown && hasBeenGo ? EstateRules.recoveryQuiet : 0
    }
  }
}

extension Readiness.Check {
  /// Whether single samples decide it; health, freshness and alarms have a hysteresis of their own.
  fileprivate var isOfSamples: Bool {
    switch self {
    case .lag, .routing, .writer, .capacity, .quota: true
    default: false
    }
  }

  /// The check without its measurements: what stays the same from one judgement to the next.
  fileprivate var subject: Self {
    switch self {
    case .capacity(let service, _, let signal, let may):
      .capacity(service: service, need: 0, signal: signal, may: may)
    default: self
    }
  }
}
