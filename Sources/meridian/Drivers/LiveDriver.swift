import Collectors
import Dashboard
import Endpoints
import Monitoring
import Telemetry
import WireFormats

/// The dashboard on live sources: time is the wall clock's, unless the user pauses it.
///
/// A pause freezes the shown moment; data go on behind it.
struct LiveDriver: DashboardDriver {
  private(set) var engine: Engine
  private var pausedAt: Timestamp?
  private let follower: FileFollower
  private let listeners: Listeners?
  let recorder: Recorder?
  private var nextPoll: Timestamp?
  private var arrivals: [String: (received: Int, time: Timestamp)] = [:]
  private var isMoreWaiting = false

  /// How often files are asked whether they have grown.
  static let pollMilliseconds: Int64 = 200
  /// What the user pauses in steps of: CloudWatch's usual period.
  private static let stepMilliseconds: Int64 = 60_000
  /// How far back states are worked out from what files hold already.
  static let historyMilliseconds: Int64 = 24 * 3_600_000

  /// Takes in what the files hold already, as having arrived at its own time, and then follows.
  ///
  /// `assembling` is given the header of the first recording among the files.
  init(
    follower: FileFollower, listeners: Listeners? = nil, wall: Timestamp,
    recording plan: RecordingPlan? = nil,
    assembling: (RecordingHeader?) throws(Failure) -> EngineAssembly
  ) throws(Failure) {
    self.follower = follower
    self.listeners = listeners
    var history: [Batch] = []
    while follower.pollFiles(now: wall, take: { history.append($0) }) {}
    for index in history.indices { history[index].arriveAtTheirTimes(insteadOf: wall) }
    var options = EngineOptions()
    options.evaluateFrom = history.isEmpty ? wall : wall - Self.historyMilliseconds
    engine = try assembling(follower.header).makeEngine(options: options)
    recorder = try plan?.recorder(reading: follower.header, now: wall)
    for batch in history {
      engine.ingest(batch)
      if plan?.includesHistory == true { recorder?.write(batch) }
    }
    _ = engine.advance(to: wall)
    noteArrivals(at: wall)
  }

  /// Readable when something has come by a socket, a page or a listener.
  var wakeDescriptors: [Int32] {
    [follower.wakeDescriptor] + (listeners.map { [$0.mailbox.wakeDescriptor] } ?? [])
  }

  /// Whether nothing can come any more.
  var hasEnded: Bool { listeners == nil && follower.hasEnded }

  /// Makes a wait for `wakeDescriptors` end; from any thread.
  var wake: @Sendable () -> Void { follower.waker }

  var frameMilliseconds: Int64 { FramePacer.dataMilliseconds }

  func scene(wall: Timestamp) -> Scene {
    Scene(
      moment: engine.moment(at: pausedAt), mode: pausedAt == nil ? .live : .paused,
      now: engine.now ?? wall, sources: sources)
  }

  func patienceMilliseconds(wall: Timestamp) -> Int64? {
    if isMoreWaiting { return 0 }
    return min(max((nextPoll ?? wall) - wall, 0), Self.pollMilliseconds)
  }

  mutating func tick(wall: Timestamp, elapsedMilliseconds: Int64) -> Bool {
    let now = max(wall, engine.now ?? wall)
    let isNextSecond = now.floored(toMilliseconds: 1000) > (engine.now ?? .distantPast)
    let hasReceived = takeReceived()
    let hasData = poll(wall: now) || hasReceived
    if hasData || isNextSecond { _ = engine.advance(to: now) }
    listeners?.desk.answer(with: &engine, sources: follower.statuses)
    return hasData || isNextSecond
  }

  mutating func perform(_ command: Dashboard.Command, wall: Timestamp) -> Bool {
    switch command {
    case .togglePause: pausedAt = pausedAt == nil ? engine.now : nil
    case .backToLive: pausedAt = nil
    case .seek(let time): pause(at: time)
    case .step(let count):
      pause(at: (pausedAt ?? engine.now ?? wall) + Int64(count) * Self.stepMilliseconds)
    default: return false
    }
    return true
  }

  private mutating func pause(at time: Timestamp) { pausedAt = min(time, engine.now ?? time) }

  /// Takes what listeners have received; true when there was anything.
  private mutating func takeReceived() -> Bool {
    let batches = follower.takeReceived() + (listeners?.mailbox.take() ?? [])
    for batch in batches { take(batch) }
    return !batches.isEmpty
  }

  /// Reads what files have gained; true when there was anything.
  private mutating func poll(wall: Timestamp) -> Bool {
    if !isMoreWaiting, let nextPoll, wall < nextPoll, nextPoll - wall <= Self.pollMilliseconds {
      return false
    }
    nextPoll = wall + Self.pollMilliseconds
    var hasData = false
    isMoreWaiting = follower.pollFiles(now: wall) { batch in
      take(batch)
      hasData = true
    }
    noteArrivals(at: wall)
    return hasData
  }

  private mutating func take(_ batch: Batch) {
    engine.ingest(batch)
    recorder?.write(batch)
  }

  private mutating func noteArrivals(at wall: Timestamp) {
    for status in follower.statuses {
      let received = status.samples + status.events
      if received != arrivals[status.source]?.received ?? 0 {
        arrivals[status.source] = (received, wall)
      }
    }
  }

  private var sources: [ShownSource] {
    follower.statuses.map {
      ShownSource($0, engine.tally(of: $0.source), lastArrival: arrivals[$0.source]?.time)
    } + (listeners?.sources(engine) ?? [])
  }

  /// What each way in has received, and what became of it.
  var counts: [IngestCounts] {
    follower.statuses.map { IngestCounts($0, engine.tally(of: $0.source)) }
      + (listeners?.counts(engine) ?? [])
  }

  /// Where sockets are listened on, as sentences.
  var addressSentences: [String] { follower.addresses.map { "listening on \($0)" } }
}

extension Batch {
  /// Gives records that do not tell their arrival (and so have `now`) their own time for it.
  fileprivate mutating func arriveAtTheirTimes(insteadOf now: Timestamp) {
    for index in samples.indices where samples[index].arrival == now {
      samples[index].arrival = min(samples[index].time, now)
    }
    for index in events.indices where events[index].arrival == now {
      events[index].arrival = min(events[index].time, now)
    }
  }
}
