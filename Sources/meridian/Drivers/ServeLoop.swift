import Monitoring
import Telemetry

/// The daemon's loop, on one thread: takes what has come, lets time pass, tells what changed.
struct ServeLoop {
  private var driver: LiveDriver
  private let stop: StopSignals
  private var log: SourceLog
  private var told = 0
  /// Whether there is nothing more to do once standard input, and all else that can, has ended; and
  /// nothing at all once nothing can be recorded.
  var endsWithInput = false

  init(driver: LiveDriver, logLevel: LogLevel) {
    self.driver = driver
    stop = StopSignals(wake: driver.wake)
    log = SourceLog(level: logLevel)
    told = driver.engine.transitions.count
  }

  /// Runs until SIGTERM or SIGINT; `write` is given a line per transition.
  mutating func run(write: (String) throws(Failure) -> Void) throws(Failure) {
    while !stop.hasCome, !(endsWithInput && driver.hasEnded) {
      driver.wait(milliseconds: driver.patienceMilliseconds(wall: WallClock.now()) ?? 1000)
      try turn(write)
      if log.isDue(at: WallClock.now()) { report() }
    }
    // What had come before the signal is still taken.
    try turn(write)
    report()
    driver.recorder?.close()
    try noteRecording()
    if let summary = driver.recorder?.summary { StandardError.print(summary) }
  }

  /// A daemon goes on without its recording, and says so.
  private func noteRecording() throws(Failure) {
    guard let failure = driver.recorder?.takeFailure() else { return }
    guard !endsWithInput else { throw failure }
    StandardError.print("\(failure.sentence); recording stops until midnight UTC")
  }

  private mutating func turn(_ write: (String) throws(Failure) -> Void) throws(Failure) {
    defer { driver.recorder?.tick(WallClock.now()) }
    try noteRecording()
    guard driver.tick(wall: WallClock.now(), elapsedMilliseconds: 0) else { return }
    for transition in driver.engine.transitions[told...] { try write(transition.jsonLine) }
    told = driver.engine.transitions.count
  }

  private mutating func report() {
    log.sentences(driver.counts).forEach(StandardError.print)
  }
}
