import Telemetry

/// A change of state of anything monitored, or an action that follows from one.
///
/// Ordered as `replay --headless` prints: by time, kind, name, region.
package struct Transition: Hashable, Sendable {
  package var time: Timestamp
  package var kind: Kind
  /// The alarm, region, service (of a link) or deployment.
  package var name: String
  /// The alarm's or standby's region, or a link's source.
  package var region: String?
  /// A link's target.
  package var toRegion: String?
  /// Empty for an action.
  package var from: String
  package var to: String
  /// An alarm's state reason, a region's reasons, the evidence of a failover.
  package var reasons: [String]
  /// An action's target.
  package var target: String?
  package var suppressedBy: String?

  package init(
    time: Timestamp, kind: Kind, name: String, region: String? = nil, toRegion: String? = nil,
    from: String = "", to: String, reasons: [String] = [], target: String? = nil,
    suppressedBy: String? = nil
  ) {
    self.time = time
    self.kind = kind
    self.name = name
    self.region = region
    self.toRegion = toRegion
    self.from = from
    self.to = to
    self.reasons = reasons
    self.target = target
    self.suppressedBy = suppressedBy
  }

  package enum Kind: Int, Hashable, Sendable, CaseIterable {
    case alarm, region, link, readiness, failover, action
  }
}

extension Transition: Comparable {
  package static func < (left: Transition, right: Transition) -> Bool {
    if left.time != right.time { return left.time < right.time }
    if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
    if left.name != right.name { return left.name < right.name }
    if left.region != right.region { return (left.region ?? "") < (right.region ?? "") }
    if left.toRegion != right.toRegion { return (left.toRegion ?? "") < (right.toRegion ?? "") }
    return left.target ?? "" < right.target ?? ""
  }
}
