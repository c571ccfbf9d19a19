import Collectors
import Dashboard
import Telemetry

/// The dashboard over a recording: time is the playhead's.
struct ReplayDriver: DashboardDriver, Sendable {
  private(set) var player: ReplayPlayer
  private let sources: [ShownSource]

  /// While the recording is being indexed, keys wait at most this long.
  private static let indexingMilliseconds: Int64 = 20
  /// Above this speed a frame shows so much that ten a second are read as well as five are below.
  private static let fastSpeed = 16.0

  init(player: ReplayPlayer, of timeline: Timeline, isPlaying: Bool) {
    self.player = player
    sources = timeline.statuses.map { ShownSource($0, lastArrival: timeline.lastArrival) }
    if isPlaying { self.player.togglePause() }
  }

  var frameMilliseconds: Int64 { player.speed > Self.fastSpeed ? 100 : FramePacer.dataMilliseconds }

  func scene(wall: Timestamp) -> Scene {
    Scene(
      moment: player.moment, mode: .replay(player.transport), now: player.playhead,
      sources: sources)
  }

  func patienceMilliseconds(wall: Timestamp) -> Int64? {
    if !player.index.isComplete { return 0 }
    return player.isPlaying ? frameMilliseconds : nil
  }

  mutating func tick(wall: Timestamp, elapsedMilliseconds: Int64) -> Bool {
    let hasMoved = player.tick(elapsedMilliseconds: elapsedMilliseconds)
    return extendIndex() || hasMoved
  }

  mutating func perform(_ command: Dashboard.Command, wall: Timestamp) -> Bool {
    switch command {
    case .togglePause: player.togglePause()
    case .seek(let time): player.seek(to: time)
    case .step(let count): player.step(by: count)
    case .changeSpeed(let steps): player.changeSpeed(by: steps)
    default: return false
    }
    return true
  }

  private mutating func extendIndex() -> Bool {
    let start = WallClock.monotonicMilliseconds()
    var hasExtended = false
    while player.extendIndex() {
      hasExtended = true
      if WallClock.monotonicMilliseconds() - start >= Self.indexingMilliseconds { break }
    }
    return hasExtended
  }
}
