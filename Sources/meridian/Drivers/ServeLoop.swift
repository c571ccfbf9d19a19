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
  private let wakeDescriptor: Int32?
  private var told = 0

  init(driver: LiveDriver) {
    self.driver = driver
    wakeDescriptor = driver.wakeDescriptor
    told = driver.engine.transitions.count
  }

  /// Runs until the process is ended; `write` is given a line per transition.
  mutating func run(write: (String) throws(Failure) -> Void) throws(Failure) {
    while true {
      wait(milliseconds: driver.patienceMilliseconds(wall: WallClock.now()) ?? 1000)
      guard driver.tick(wall: WallClock.now(), elapsedMilliseconds: 0) else { continue }
      for transition in driver.engine.transitions[told...] { try write(transition.jsonLine) }
      told = driver.engine.transitions.count
    }
  }

  private func wait(milliseconds: Int64) {
    var descriptors = [
      pollfd(fd: wakeDescriptor ?? -1, events: Int16(POLLIN), revents: 0)
    ]
    // A signal interrupts: then the loop goes round once more.
    _ = unsafe poll(&descriptors, 1, Int32(clamping: milliseconds))
  }
}
