import Telemetry

/// What it means that a series has no fresh data.
///
/// CloudWatch publishes nothing for many different reasons, and a tool that takes all of them for zero,
/// or all of them for a failure, is wrong most nights. What else is seen tells them apart.
package enum Absence: String, Hashable, Sendable, CaseIterable {
  /// There was nothing to report: the metric is published only where there is, and its resource lives.
  case zero
  /// It may be zero or anything else: what would tell is missing too.
  case unknown
  /// The resource, or what publishes for it, has stopped; the region goes on.
  case broken
  /// Everything of the region ages together: the region or its CloudWatch is not seen.
  case regionBlind = "region-blind"
  /// The role is now another region's, and the series went with it.
  case roleMoved = "role-moved"
  /// Never seen: not enabled, or its dimensions do not match. Something to set right, not an alarm.
  case neverEnabled = "never-enabled"

  /// Whether something is wrong or hidden, as against a thing that is as it should be.
  package var matters: Bool { self == .unknown || self == .broken || self == .regionBlind }
}

/// One series that is looked for and not there, and what that means.
package struct AbsenceReading: Hashable, Sendable {
  package var service: String
  package var metric: String
  /// Where it is published, or would be.
  package var region: String
  package var meaning: Absence
  /// A sentence: what else is seen that says so.
  package var evidence: String
  /// The newest sample there ever was; nil: none.
  package var lastSeen: Timestamp?

  package init(
    service: String, metric: String, region: String, meaning: Absence, evidence: String,
    lastSeen: Timestamp? = nil
  ) {
    self.service = service
    self.metric = metric
    self.region = region
    self.meaning = meaning
    self.evidence = evidence
    self.lastSeen = lastSeen
  }
}
