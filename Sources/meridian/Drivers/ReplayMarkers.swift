import Dashboard
import Monitoring
import Telemetry

extension Transport.Marker {
  /// What of a transition is worth a mark on the rail; nil for the rest.
  init?(_ transition: Transition, severities: [String: AlarmSeverity]) {
    guard let kind = Self.kind(of: transition, severities: severities) else { return nil }
    let place = transition.region.map { " (\($0))" } ?? ""
    self.init(
      time: transition.time, kind: kind,
      text: "\(transition.name)\(place) \(transition.from) > \(transition.to)")
  }

  /// An event stands where it was learnt of, as everything else does.
  init(_ event: Event) {
    let subject = event.subject.isEmpty ? "" : " \(event.subject)"
    let text = event.message.isEmpty ? event.name + subject : event.message
    self.init(time: event.arrival, kind: .event, text: text)
  }

  private static func kind(
    of transition: Transition, severities: [String: AlarmSeverity]
  ) -> Kind? {
    switch transition.kind {
    case .alarm: alarmKind(transition, severity: severities[transition.name] ?? .critical)
    case .failover: .failover
    case .region: regionKind(transition)
    case .link, .readiness, .action: nil
    }
  }

  private static func alarmKind(_ transition: Transition, severity: AlarmSeverity) -> Kind? {
    switch (AlarmState(rawValue: transition.from), AlarmState(rawValue: transition.to)) {
    case (_, .alarm): severity == .critical ? .alarm : .warning
    case (.alarm, .ok): .recovered
    default: nil
    }
  }

  private static func regionKind(_ transition: Transition) -> Kind? {
    switch RegionHealth(rawValue: transition.to) {
    case .down: .alarm
    case .impaired, .degraded, .blind: .warning
    case .healthy: .recovered
    case .maintenance, nil: nil
    }
  }
}
