import Collectors
import Dashboard
import Monitoring
import Telemetry

/// A recording with a playhead: the engine is truly at the playhead, however it was reached.
///
/// Going forward feeds and advances the engine; going back takes the nearest checkpoint and goes
/// forward from there. So speeds, pauses and seeks cannot change what happens.
struct ReplayPlayer: Sendable {
  let name: String
  private(set) var index: ReplayIndex
  private(set) var playhead: Timestamp
  private(set) var isPlaying = false
  /// Recorded seconds per second; one of `Transport.speeds`, or what the command line gave.
  private(set) var speed: Double
  private let timeline: Timeline
  private let gaps: [Range<Timestamp>]
  private var playback: Playback
  /// The part of a millisecond by which the playhead should be ahead.
  private var fraction = 0.0

  /// At the speed `max` the whole recording takes about this long, if the machine keeps up.
  static let shortestReplaySeconds = 5.0
  /// A longer pause between ticks (the process was stopped) is no time to catch up with.
  static let longestTickMilliseconds: Int64 = 250

  /// - Throws: when there is nothing between `from` and `to`.
  init(
    timeline: Timeline, assembly: EngineAssembly, name: String, from: Timestamp? = nil,
    to: Timestamp? = nil, speed: Double = 1
  ) throws(Failure) {
    guard let first = timeline.firstArrival, let last = timeline.lastArrival else {
      throw Failure(.badData, "there is nothing to replay: no record could be read")
    }
    let (start, end) = (from ?? first, to ?? last)
    guard start <= end else {
      throw Failure(.usage, "there is nothing to replay from \(start) to \(end)")
    }
    self.timeline = timeline
    self.name = name
    self.speed = speed
    gaps = timeline.gaps
    playback = Playback(engine: assembly.makeEngine(), batches: timeline.batches)
    index = ReplayIndex(playback: playback, start: start, end: end, alarms: assembly.alarms)
    playhead = start
    _ = playback.advance(to: start)
  }

  var start: Timestamp { index.start }
  var end: Timestamp { index.end }
  var isAtEnd: Bool { playhead >= end }
  var moment: Moment { playback.engine.moment(at: playhead) }

  var transport: Transport {
    Transport(
      name: name, start: start, end: end, playhead: playhead, isPlaying: isPlaying, speed: speed,
      markers: index.markers, gaps: gaps)
  }

  /// Lets recorded time pass while playing, up to the end; true when the playhead has moved.
  mutating func tick(elapsedMilliseconds: Int64) -> Bool {
    guard isPlaying else { return false }
    let elapsed = min(max(elapsedMilliseconds, 0), Self.longestTickMilliseconds)
    let distance = Double(elapsed) * pace + fraction
    let whole = distance.rounded(.down)
    fraction = distance - whole
    guard whole >= 1 else { return false }
    move(to: whole >= Double(end - playhead) ? end : playhead + Int64(whole))
    if isAtEnd { isPlaying = false }
    return true
  }

  /// Plays or pauses; from the end it plays from the start.
  mutating func togglePause() {
    if !isPlaying && isAtEnd { move(to: start) }
    isPlaying.toggle()
    fraction = 0
  }

  /// Moves the playhead, at most to an end of the recording.
  mutating func seek(to time: Timestamp) {
    fraction = 0
    move(to: min(max(time, start), end))
  }

  /// Pauses, and moves the playhead to the arrivals before or after it.
  mutating func step(by count: Int) {
    isPlaying = false
    var time = playhead
    for _ in 0..<abs(count) {
      let next = count > 0 ? timeline.arrival(after: time) : timeline.arrival(before: time)
      time = next ?? (count > 0 ? end : start)
    }
    seek(to: time)
  }

  /// Goes up or down in the list of speeds.
  mutating func changeSpeed(by steps: Int) {
    let speeds = Transport.speeds
    let place =
      steps > 0
      ? (speeds.lastIndex { $0 <= speed } ?? -1) + steps
      : (speeds.firstIndex { $0 >= speed } ?? speeds.count) + steps
    speed = speeds[min(max(place, 0), speeds.count - 1)]
  }

  /// Works on the index of the recording; true when markers may have been added.
  mutating func extendIndex() -> Bool {
    guard !index.isComplete else { return false }
    index.extend()
    return true
  }

  /// Recorded milliseconds a millisecond.
  private var pace: Double {
    speed.isFinite ? speed : Double(end - start) / (Self.shortestReplaySeconds * 1000)
  }

  private mutating func move(to time: Timestamp) {
    let checkpoint = index.checkpoint(notAfter: time)
    if !playback.canReach(time) || isAhead(checkpoint) { playback = checkpoint }
    _ = playback.advance(to: time)
    playhead = time
  }

  /// Whether a checkpoint saves work compared with going forward from here.
  private func isAhead(_ checkpoint: Playback) -> Bool {
    (checkpoint.engine.now ?? .distantPast) > (playback.engine.now ?? .distantPast)
  }
}
