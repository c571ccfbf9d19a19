import Telemetry

/// The last look at a counter that only grows, from which the next look gives an increase.
struct Counter: Sendable {
  private var last: (value: Double, time: Timestamp, start: Timestamp?)?

  /// By how much the counter has grown since the look before.
  ///
  /// Nil at the first look, which gives no rate, and for one that is not newer than the last. A counter
  /// that has fallen, or whose `start` has moved, began anew at 0.
  mutating func increase(to value: Double, at time: Timestamp, start: Timestamp? = nil) -> Double? {
    guard let last else {
      last = (value, time, start)
      return nil
    }
    guard time > last.time else { return nil }
    self.last = (value, time, start)
    let isReset = value < last.value || start != last.start
    return isReset ? value : value - last.value
  }

  /// The series has ended: what comes next is a first look.
  mutating func forget() { last = nil }
}
