/// An instant: milliseconds since 1970-01-01T00:00:00Z, always UTC.
///
/// The only time type of the project. Durations are plain integers or doubles whose name ends in
/// their unit (`periodSeconds`, `ageMilliseconds`).
package struct Timestamp: Hashable, Comparable, Sendable {
  package var milliseconds: Int64

  @inlinable
  package init(milliseconds: Int64) { self.milliseconds = milliseconds }
  @inlinable
  package init(seconds: Int64) { milliseconds = seconds * 1000 }

  /// Before anything that can be recorded.
  package static let distantPast = Timestamp(milliseconds: -62_135_596_800_000)
  /// After anything that can be recorded (9999-12-31T23:59:59.999Z).
  package static let distantFuture = Timestamp(milliseconds: 253_402_300_799_999)

  /// An instant of the years 1 to 9999; nil for one that no text of a time can name.
  @inlinable
  package init?(recordableMilliseconds milliseconds: Int64) {
    let range = Self.distantPast.milliseconds...Self.distantFuture.milliseconds
    guard range.contains(milliseconds) else { return nil }
    self.milliseconds = milliseconds
  }

  /// The same of a number that may have a fraction, or be none.
  @inlinable
  package init?(recordableMilliseconds milliseconds: Double) {
    guard milliseconds.magnitude < 0x1p62 else { return nil }
    self.init(recordableMilliseconds: Int64(milliseconds.rounded()))
  }

  @inlinable
  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }

  // Comparable's generic defaults for these three cost a dynamic call in other modules.
  @inlinable
  package static func <= (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds <= right.milliseconds
  }

  @inlinable
  package static func > (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds > right.milliseconds
  }

  @inlinable
  package static func >= (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds >= right.milliseconds
  }

  @inlinable
  package static func + (left: Timestamp, milliseconds: Int64) -> Timestamp {
    Timestamp(milliseconds: left.milliseconds + milliseconds)
  }

  @inlinable
  package static func - (left: Timestamp, milliseconds: Int64) -> Timestamp {
    Timestamp(milliseconds: left.milliseconds - milliseconds)
  }

  /// Milliseconds from `right` to `left`; negative when `left` is earlier.
  @inlinable
  package static func - (left: Timestamp, right: Timestamp) -> Int64 {
    left.milliseconds - right.milliseconds
  }

  /// The last multiple of `step` milliseconds (counted from the epoch) at or before this instant.
  @inlinable
  package func floored(toMilliseconds step: Int64) -> Timestamp {
    let remainder = milliseconds % step
    return Timestamp(milliseconds: milliseconds - (remainder < 0 ? remainder + step : remainder))
  }

  /// Seconds from `earlier` to this instant.
  @inlinable
  package func seconds(since earlier: Timestamp) -> Double {
    Double(milliseconds - earlier.milliseconds) / 1000
  }
}

extension Int64 {
  /// Seconds as whole milliseconds, cut to ten thousand years; 0 where there is no number.
  ///
  /// What is measured may be anything; an instant less such a span is still one.
  package init(millisecondsOf seconds: Double) {
    let limit = 3.2e14
    self = seconds.isNaN ? 0 : Int64(Swift.min(Swift.max(seconds * 1000, -limit), limit).rounded())
  }
}
