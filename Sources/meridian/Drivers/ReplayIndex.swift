import Collectors
import Dashboard
import Monitoring
import Telemetry

/// A recording evaluated once from end to end: what happens in it, and engines to start from.
///
/// Made in small steps, so that the first frame need not wait for the last record.
struct ReplayIndex: Sendable {
  let start: Timestamp
  let end: Timestamp
  /// What happens, in order of time.
  private(set) var markers: [Transport.Marker] = []
  private var checkpoints: [Playback] = []
  private var scout: Playback
  private var stepsDone = 0
  private let severities: [String: AlarmSeverity]
  private var eventsSeen = 0

  /// A step is a small part of the recording: some milliseconds of work for a day's data.
  static let stepCount = 512
  /// A seek then evaluates at most a sixty-fourth of the recording.
  static let checkpointCount = 64

  init(playback: Playback, start: Timestamp, end: Timestamp, alarms: [AlarmDefinition]) {
    self.start = start
    self.end = end
    scout = playback
    checkpoints = [playback]
    severities = Dictionary(alarms.map { ($0.name, $0.severity) }) { first, _ in first }
  }

  var isComplete: Bool { stepsDone == Self.stepCount }

  /// Evaluates the next part.
  mutating func extend() {
    guard !isComplete else { return }
    stepsDone += 1
    let span = end - start
    let target = start + span * Int64(stepsDone) / Int64(Self.stepCount)
    let transitions = scout.advance(to: target)
    let events = scout.engine.events
    let found =
      transitions.compactMap { Transport.Marker($0, severities: severities) }
      + events[eventsSeen...].map { Transport.Marker($0) }
    eventsSeen = events.count
    markers += found.filter { $0.time >= start }
      .sorted { ($0.time, $0.kind, $0.text) < ($1.time, $1.kind, $1.text) }
    if stepsDone % (Self.stepCount / Self.checkpointCount) == 0 { checkpoints.append(scout) }
  }

  /// The latest engine that has not gone past `time`.
  func checkpoint(notAfter time: Timestamp) -> Playback {
    checkpoints.last { $0.canReach(time) } ?? checkpoints[0]
  }
}
