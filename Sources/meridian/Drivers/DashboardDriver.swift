import Dashboard
import Telemetry

/// Owns an engine and decides what time it is, for a dashboard on a screen.
///
/// Called from one thread. `wall` is the wall clock's time; `elapsedMilliseconds` is measured by a
/// clock that nobody sets.
protocol DashboardDriver {
  /// What there is to see now.
  func scene(wall: Timestamp) -> Scene

  /// Readable when something has come; none where nothing comes but with time.
  var wakeDescriptors: [Int32] { get }

  /// Lets time pass; true when there may be something new to see.
  mutating func tick(wall: Timestamp, elapsedMilliseconds: Int64) -> Bool

  /// The least milliseconds between frames that show the passing of time.
  var frameMilliseconds: Int64 { get }

  /// Milliseconds until the next `tick` is wanted; nil: only after a command.
  func patienceMilliseconds(wall: Timestamp) -> Int64?

  /// Carries out a command that concerns time; true when there may be something new to see.
  mutating func perform(_ command: Dashboard.Command, wall: Timestamp) -> Bool
}

extension DashboardDriver {
  var wakeDescriptors: [Int32] { [] }
}
