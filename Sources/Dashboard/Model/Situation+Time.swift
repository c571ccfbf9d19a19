import Monitoring
import Telemetry

extension Situation {
  var transport: Transport? { if case .replay(let transport) = mode { transport } else { nil } }
  var isReplay: Bool { transport != nil }
  var isPaused: Bool { if case .paused = mode { true } else { false } }

  /// An instant moved to where there is anything to see.
  func bounded(_ time: Timestamp) -> Timestamp {
    guard let transport else { return time }
    return min(max(time, transport.start), transport.end)
  }

  /// The first instant to go to.
  var beginning: Timestamp? { transport?.start ?? firstTime }

  /// Instants of everything that happened; a replay knows those to come.
  var eventTimes: [Timestamp] {
    if let transport { return transport.markers.map(\.time) }
    return transitions.filter { $0.kind != .action }.map(\.time) + events.map(\.time)
  }

  /// Instants at which alarms changed.
  var alarmTimes: [Timestamp] {
    if let transport {
      return transport.markers.filter { [.alarm, .warning, .recovered].contains($0.kind) }
        .map(\.time)
    }
    return transitions.filter { $0.kind == .alarm }.map(\.time)
  }
}
