import Monitoring
import Telemetry

/// Everything a frame shows that is not the dashboard's own state.
package struct Scene: Sendable {
  package var moment: Moment
  package var mode: Mode
  /// The driver's present: wall time when live, the playhead in replay.
  package var now: Timestamp
  package var sources: [SourceStatus]

  package init(moment: Moment, mode: Mode, now: Timestamp, sources: [SourceStatus] = []) {
    self.moment = moment
    self.mode = mode
    self.now = now
    self.sources = sources
  }

  package enum Mode: Sendable {
    case live
    /// Live data goes on behind; the moment stands still.
    case paused
    case replay(Transport)
  }
}

/// The state of a replay: what the transport strip draws.
package struct Transport: Sendable {
  package var name: String
  package var start: Timestamp
  package var end: Timestamp
  package var playhead: Timestamp
  package var isPlaying: Bool
  /// Recorded seconds per second; `speeds` lists the choices, infinity is `max`.
  package var speed: Double
  package var markers: [Marker]
  /// Spans of the recording without any data.
  package var gaps: [Range<Timestamp>]

  package init(
    name: String, start: Timestamp, end: Timestamp, playhead: Timestamp, isPlaying: Bool,
    speed: Double, markers: [Marker] = [], gaps: [Range<Timestamp>] = []
  ) {
    self.name = name
    self.start = start
    self.end = end
    self.playhead = playhead
    self.isPlaying = isPlaying
    self.speed = speed
    self.markers = markers
    self.gaps = gaps
  }

  package static let speeds: [Double] = [0.25, 0.5, 1, 2, 4, 8, 16, 60, 300, .infinity]

  /// Something on the rail that the user can jump to.
  package struct Marker: Hashable, Sendable {
    package var time: Timestamp
    package var kind: Kind
    package var text: String

    package init(time: Timestamp, kind: Kind, text: String) {
      self.time = time
      self.kind = kind
      self.text = text
    }

    /// From least to most severe: of several in one column the last is drawn.
    package enum Kind: Int, Hashable, Sendable, Comparable, CaseIterable {
      case event, recovered, failover, warning, alarm

      package static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
    }
  }
}

/// One source of data and how it does.
package struct SourceStatus: Hashable, Sendable {
  package var name: String
  /// Nil: nothing received yet.
  package var lastArrival: Timestamp?
  /// Records that came, whatever became of them.
  package var received: Int
  package var stored: Int
  package var rejected: Int
  /// Lost, or refused, for want of room.
  package var dropped: Int
  /// Stored samples that came when their series held newer ones.
  package var late: Int
  /// A sentence when the source has a problem.
  package var problem: String?

  package init(
    name: String, lastArrival: Timestamp? = nil, received: Int = 0, stored: Int = 0,
    rejected: Int = 0, dropped: Int = 0, late: Int = 0, problem: String? = nil
  ) {
    self.name = name
    self.lastArrival = lastArrival
    (self.received, self.stored, self.rejected) = (received, stored, rejected)
    (self.dropped, self.late) = (dropped, late)
    self.problem = problem
  }
}
