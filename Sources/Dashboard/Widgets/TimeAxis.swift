import Telemetry

/// The horizontal scale of a graph: columns of a round number of seconds, aligned to the epoch.
///
/// Aligned to absolute time, so that a graph moves by whole columns and never shimmers.
package struct TimeAxis: Hashable, Sendable {
  package var columns: Int
  /// Milliseconds a column covers.
  package var step: Int64
  /// The start of the first column.
  package var start: Timestamp

  /// The axis that ends with the column of `end` and covers at least `span` milliseconds.
  package init(columns: Int, span: Int64, end: Timestamp) {
    self.columns = max(columns, 1)
    let least = span / Int64(self.columns)
    step = Self.steps.first { $0 >= least } ?? least
    start = end.floored(toMilliseconds: step) + step - step * Int64(self.columns)
  }

  package var end: Timestamp { start + step * Int64(columns) }
  package var span: Int64 { step * Int64(columns) }

  package func column(of time: Timestamp) -> Int? {
    let column = (time - start) / step
    return time >= start && column < Int64(columns) ? Int(column) : nil
  }

  /// Labels and the columns they belong to: round times, the first with its date.
  package var ticks: [(column: Int, label: String)] {
    let width = (span >= 86_400_000 ? 12 : span < 120_000 ? 8 : 5) + 3
    guard
      let tick = Self.steps.first(where: {
        $0 >= step && Int($0 / step) >= width && $0 % step == 0
      })
    else { return [] }
    var time = (start + tick - 1).floored(toMilliseconds: tick)
    var result: [(column: Int, label: String)] = []
    while let column = column(of: time) {
      result.append((column, label(of: time, isFirst: result.isEmpty, tick: tick)))
      time = time + tick
    }
    return result
  }

  private func label(of time: Timestamp, isFirst: Bool, tick: Int64) -> String {
    let civil = CivilTime(time)
    let date = "\(Self.months[civil.month - 1]) \(civil.day)"
    let isMidnight = civil.hour == 0 && civil.minute == 0 && civil.second == 0
    if tick >= 86_400_000 { return date }
    let clock = tick < 60_000 ? time.clockText : String(time.clockText.prefix(5))
    return isFirst || isMidnight ? "\(date) \(clock)" : clock
  }

  static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static let steps: [Int64] =
    [1, 2, 5, 10, 15, 30].map { $0 * 1000 } + [1, 2, 5, 10, 15, 30].map { $0 * 60_000 }
    + [1, 2, 3, 6, 12].map { $0 * 3_600_000 } + [1, 2, 7, 14, 28].map { $0 * 86_400_000 }
}
