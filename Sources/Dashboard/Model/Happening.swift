import Monitoring
import Telemetry

/// One line of history: a change of state, or an event from outside.
package struct Happening: Hashable, Sendable {
  package var time: Timestamp
  package var standing: Standing
  package var subject: String
  package var text: String
  /// All that is told of it, a line each: reasons, or what an event carries.
  package var details: [String] = []
}

extension Situation {
  /// The newest things that happened and pass a filter, newest first; at most `limit`.
  package func happenings(
    limit: Int, transitions wanted: (Transition) -> Bool = { $0.kind != .action },
    events wantedEvents: (Event) -> Bool = { _ in true }
  ) -> [Happening] {
    var changes = transitions.reversed().lazy.filter(wanted).makeIterator()
    var others = events.suffix(Self.searchedEvents).sorted { $0.time > $1.time }.lazy
      .filter { $0.time <= time }.filter(wantedEvents).makeIterator()
    var (change, event) = (changes.next(), others.next())
    var result: [Happening] = []
    while result.count < limit, change != nil || event != nil {
      if let transition = change, event.map({ $0.time <= transition.time }) ?? true {
        result.append(Happening(transition))
        change = changes.next()
      } else if let found = event {
        result.append(Happening(found))
        event = others.next()
      }
    }
    return result
  }

  /// Events arrive late and out of order; the newest are among the last arrivals.
  private static let searchedEvents = 400
}

extension Happening {
  init(_ transition: Transition) {
    time = transition.time
    standing = Standing(word: transition.to)
    subject = transition.subject
    let change = transition.from.isEmpty ? transition.to : "\(transition.from) > \(transition.to)"
    let reason =
      switch transition.kind {
      case .alarm: String?.none
      // The newest evidence is what moved it.
      case .failover: transition.reasons.last
      default: transition.reasons.first
      }
    text = change + (reason.map { ": \($0)" } ?? "")
    details = transition.reasons
  }

  init(_ event: Event) {
    time = event.time
    standing = Standing(.planned, "i", .info, "EVENT")
    subject = [event.subject, event.region, event.source].first { !$0.isEmpty } ?? "event"
    text = event.message.isEmpty ? event.name : "\(event.name) \(event.message)"
    let facts = [("source", event.source), ("region", event.region), ("account", event.account)]
    details =
      facts.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" }
      + event.attributes.map { "\($0.name): \($0.value)" }
  }
}

extension Transition {
  /// What changed, in few words.
  var subject: String {
    switch kind {
    case .region: region ?? name
    case .link:
      "\(name) \(RegionCode.short(region ?? "")) > \(RegionCode.short(toRegion ?? ""))"
    case .readiness: "\(name) \(region ?? "")"
    case .alarm, .action: region.map { "\(name) \(RegionCode.short($0))" } ?? name
    case .failover: name
    }
  }
}
