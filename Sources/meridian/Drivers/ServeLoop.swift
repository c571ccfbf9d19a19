import Monitoring
import Telemetry

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The daemon's loop, on one thread: takes what has come, lets time pass, tells what changed.
struct ServeLoop {
  private var driver: LiveDriver
  private let wakeDescriptors: [Int32]
  private let stop: StopSignals
  private var log: SourceLog
  private var told = 0

  init(driver: LiveDriver, logLevel: LogLevel) {
    self.driver = driver
    wakeDescriptors = driver.wakeDescriptors
    stop = StopSignals(wake: driver.wake)
    log = SourceLog(level: logLevel)
    told = driver.engine.transitions.count
  }

  /// Runs until SIGTERM or SIGINT; `write` is given a line per transition.
  mutating func run(write: (String) throws(Failure) -> Void) throws(Failure) {
    while !stop.hasCome {
      wait(milliseconds: driver.patienceMilliseconds(wall: WallClock.now()) ?? 1000)
      try turn(write)
      if log.isDue(at: WallClock.now()) { report() }
    }
    // What had come before the signal is still taken.
    try turn(write)
    report()
  }

  private mutating func turn(_ write: (String) throws(Failure) -> Void) throws(Failure) {
    guard driver.tick(wall: WallClock.now(), elapsedMilliseconds: 0) else { return }
    for transition in driver.engine.transitions[told...] { try write(transition.jsonLine) }
    told = driver.engine.transitions.count
  }

  private mutating func report() {
    log.sentences(driver.counts).forEach(StandardError.print)
  }

  private func wait(milliseconds: Int64) {
    var descriptors = wakeDescriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    _ = unsafe poll(&descriptors, nfds_t(descriptors.count), Int32(clamping: milliseconds))
  }
}
