import Telemetry

extension Scenario {
  /// The events that have arrived by the end, in order of arrival.
  var events: [Event] {
    story.events.map(event)
      .filter { $0.arrival <= end }
      .enumerated()
      .sorted { ($0.element.arrival, $0.offset) < ($1.element.arrival, $1.offset) }
      .map(\.element)
  }

  private func event(_ plan: EventPlan) -> Event {
    let time = time(atOffset: plan.offset)
    var event = Event(
      time: time, arrival: time + plan.delayMilliseconds, source: "operator", name: "note",
      region: plan.region, account: account, subject: plan.subject, message: plan.message,
      identifier: identifier(of: plan))
    switch plan.kind {
    case .rds(let identifier):
      event.source = "aws.rds"
      event.name = identifier
    case .call(let source, let name), .event(let source, let name):
      event.source = source
      event.name = name
    case .note: break
    }
    event.attributes =
      (plan.parameters.map {
        Dimension(name: "requestparameters." + $0.name.lowercased(), value: $0.value)
      } + (plan.by.isEmpty ? [] : [Dimension(name: "useridentity.arn", value: plan.by)])).sorted()
    return event
  }

  /// The shape of AWS's event ids, from what the event is.
  private func identifier(of plan: EventPlan) -> String {
    var random = RandomSource(seed: 0, name: "\(name) \(plan)")
    let digits = [random.next(), random.next()].map { number in
      let text = String(number, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }.joined()
    var groups: [Substring] = []
    var rest = Substring(digits)
    for length in [8, 4, 4, 4, 12] {
      groups.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return groups.joined(separator: "-")
  }
}
