import Telemetry

/// An event of the provider that speaks about a service's failover.
struct FailoverNote: Hashable, Sendable {
  var time: Timestamp
  var event: ServiceEvent
  var service: Int
  /// The region it promotes, or moves to, by its place in the topology; nil: it does not tell.
  var target: Int?
  /// The region it was emitted in; nil where the topology does not know it.
  var region: Int?
  var text: String

  var evidence: Evidence { Evidence(time: time, family: family, text: text, region: nil) }

  /// What somebody asked for (CloudTrail) and what the provider says it does are two kinds of evidence.
  private var family: String {
    event.proves.isCommand ? Self.commands : Family.events.name
  }

  static let commands = "commands"
}

extension ServiceEvent.Proof {
  /// Whether it says that a move is wanted or under way.
  var startsMove: Bool { self == .failingOver || isCommand }
  /// Whether it is a call of somebody's, not a report of the provider's.
  var isCommand: Bool { self == .commanded || self == .trafficShift || self == .restoring }
}

extension FailoverNote {
  /// The notes an event makes: one for each service that it is about.
  ///
  /// An event that names none of the service's resources is about it when it is the only one of its
  /// kind, or when the event's name belongs to that kind alone and nothing else matches. A call that
  /// failed has done nothing.
  static func notes(
    for event: Event, topology: Topology, catalog: Catalog
  ) -> [FailoverNote] {
    guard event.attribute("errorcode") == nil else { return [] }
    var named: [FailoverNote] = []
    var unnamed: [FailoverNote] = []
    for (index, service) in topology.services.enumerated() {
      guard let meaning = catalog[service.kind]?.events.first(where: { $0.matches(event) })
      else { continue }
      let members = service.namedMembers(by: event, topology)
      let text = sentence(event, meaning, service)
      let region = topology.index(event.region)
      let note = FailoverNote(
        time: event.time, event: meaning, service: index,
        target: target(of: event, service, members, topology), region: region, text: text)
      if members.isEmpty { unnamed.append(note) } else { named.append(note) }
    }
    return named.isEmpty ? unnamed : named
  }

  /// `RDS-EVENT-0238 orders-eu-west-1: the global failover has completed`.
  private static func sentence(
    _ event: Event, _ meaning: ServiceEvent, _ service: ServiceDefinition
  ) -> String {
    let subject = event.subject.isEmpty ? service.name : event.subject
    let place = event.region.isEmpty ? "" : " in \(event.region)"
    return "\(event.name) \(subject)\(place): \(meaning.means)"
  }

  /// The region an event says takes over: of the one resource it names, else the one region of the
  /// service that its text names, else its own region.
  private static func target(
    of event: Event, _ service: ServiceDefinition, _ named: [Int], _ topology: Topology
  ) -> Int? {
    let members = topology.members(of: service)
    if named.count == 1 { return named[0] }
    let told = members.filter { event.message.contains(topology.regions[$0].code) }
    if told.count == 1 { return told[0] }
    return topology.index(event.region).flatMap { members.contains($0) ? $0 : nil }
  }
}

extension ServiceDefinition {
  /// The members whose resource an event names: by a dimension's value in its subject, or by the end of an
  /// ARN that is one.
  fileprivate func namedMembers(by event: Event, _ topology: Topology) -> [Int] {
    guard !event.subject.isEmpty else { return [] }
    return topology.members(of: self).filter { member in
      dimensions.contains { dimension in
        let value = self.dimension(dimension.name, region: topology.regions[member].code) ?? ""
        return !value.isEmpty
          && (event.subject.contains(value) || value.hasSuffix(":" + event.subject))
      }
    }
  }
}
