import Telemetry

extension Estate {
  /// Takes note of a complete copy that an event tells of, on the links it can be about.
  ///
  /// The copy's region is the one that the event names; an event that names none is about the service's
  /// only target, or about the region it comes from.
  mutating func noteCopy(_ event: Event, of service: Int) {
    let own = links.indices.filter { links[$0].service == service }
    var about = own.filter { event.names(name(links[$0].to)) }
    if about.isEmpty { about = own.filter { event.region == name(links[$0].to) } }
    if about.isEmpty, own.count == 1 { about = own }
    for index in about { links[index].noteCopy(event.copied, at: event.arrival) }
  }
}

extension ServiceEvent {
  /// Whether an event is this one: by its name and, where that stands for several, by what it says.
  func matches(_ event: Event) -> Bool {
    name == event.name
      && says.allSatisfy { word in
        event.message.contains(word) || event.attributes.contains { $0.value.contains(word) }
      }
  }
}

extension Event {
  fileprivate func names(_ region: String) -> Bool {
    attributes.contains { $0.name != "source" && $0.value.contains(region) }
      || message.contains(region)
  }

  /// Up to when what was copied is complete: the start of the copy, where the event tells it.
  fileprivate var copied: Timestamp {
    let told = ["starttime", "creationdate"].compactMap { attribute($0) }
      .compactMap { Timestamp(iso8601: $0) }
    return told.first.map { min($0, time) } ?? time
  }
}
