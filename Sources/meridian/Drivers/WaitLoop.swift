import Monitoring
import Telemetry

/// Takes what comes and lets time pass until an alarm is in ALARM, a signal comes, or time is up.
struct WaitLoop {
  private var driver: LiveDriver
  private let alarm: String
  private let stop: StopSignals

  init(driver: LiveDriver, alarm: String) {
    self.driver = driver
    self.alarm = alarm
    stop = StopSignals(wake: driver.wake)
  }

  /// Whether the alarm fired before `deadline`.
  mutating func run(until deadline: Timestamp) -> Bool {
    while !hasFired {
      let now = WallClock.now()
      guard now < deadline, !stop.hasCome else { return false }
      let patience = driver.patienceMilliseconds(wall: now) ?? 1000
      driver.wait(milliseconds: min(patience, deadline - now))
      _ = driver.tick(wall: WallClock.now(), elapsedMilliseconds: 0)
    }
    return true
  }

  private var hasFired: Bool {
    driver.engine.moment().alarms.contains { $0.name == alarm && $0.state == .alarm }
  }
}
