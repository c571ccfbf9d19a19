#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Telemetry

/// A row of small columns on one scale everywhere: logarithmic, full height is the objective.
///
/// Level 1 stands for 10 ms and less, level 7 for just under the objective, and level 8 only for what
/// reaches it: a full cell always means that the limit was broken.
package enum Sparkline {
  /// The level, 1 to 8, of a lag.
  package static func level(_ seconds: Double, objective: Double) -> Int {
    guard seconds < objective else { return 8 }
    guard seconds > floorSeconds, objective > floorSeconds else { return 1 }
    let share = log(seconds / floorSeconds) / log(objective / floorSeconds)
    return min(max(1 + Int(share * 7), 1), 7)
  }

  private static let floorSeconds = 0.01

  /// Seconds of each bucket of a series, the newest last; nil where there is no sample.
  package static func buckets(
    _ count: Int, of series: SeriesID?, until time: Timestamp, scale: Double, in store: SeriesStore
  ) -> [Double?] {
    guard let series, count > 0 else { return Array(repeating: nil, count: max(count, 0)) }
    let step = max(store.resolution(of: series), 60_000)
    let end = time.floored(toMilliseconds: step) + step
    return (0..<count).map { index in
      let start = end - Int64(count - index) * step
      return store.statistics(of: series, from: start, to: start + step).map { $0.maximum * scale }
    }
  }
}

extension Canvas {
  /// Draws a sparkline; a bucket without data is `·`.
  package mutating func sparkline(
    _ values: [Double?], _ row: Int, _ column: Int, objective: Double, warn: Double?
  ) {
    for (offset, value) in values.enumerated() {
      guard let value else {
        put(0xB7, row, column + offset, .graphGap)
        continue
      }
      let role: Role = value >= objective ? .crit : warn.map { value >= $0 } ?? false ? .warn : .ok
      let level = Sparkline.level(value, objective: objective)
      put(UInt32(0x2580 + level), row, column + offset, role)
    }
  }

  /// Draws a horizontal bar of eighths over dots; nil draws only the dots.
  package mutating func bar(
    _ share: Double?, _ row: Int, _ column: Int, width: Int, _ role: Role
  ) {
    let part = share.map { $0.isNaN ? 0 : min(max($0, 0), 1) } ?? 0
    let eighths = Int((part * Double(max(width, 0) * 8)).rounded())
    for offset in 0..<max(width, 0) {
      let part = min(max(eighths - offset * 8, 0), 8)
      if part == 0 {
        put(0xB7, row, column + offset, .graphFuture)
      } else {
        put(UInt32(0x2590 - part), row, column + offset, role)
      }
    }
  }
}
