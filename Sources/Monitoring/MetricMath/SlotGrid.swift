import Telemetry

/// The slots over which metric math is done, oldest first: no gaps between them.
package struct SlotGrid: Hashable, Sendable {
  /// Where slots begin, and the end of the last one.
  package let boundaries: [Timestamp]
  package let periodSeconds: Int

  package init(boundaries: [Timestamp], periodSeconds: Int) {
    self.boundaries = boundaries
    self.periodSeconds = periodSeconds
  }

  /// Slots of one length whose starts are multiples of it since the epoch, from the first at or after
  /// `start` to the last before `end`.
  package init(periodSeconds: Int, from start: Timestamp, to end: Timestamp) {
    let length = Int64(periodSeconds) * 1000
    let first = (start + (length - 1)).floored(toMilliseconds: length)
    var boundaries = [first]
    var next = first
    while next < end {
      next = next + length
      boundaries.append(next)
    }
    self.init(boundaries: boundaries, periodSeconds: periodSeconds)
  }

  package var count: Int { boundaries.count - 1 }

  package func start(_ slot: Int) -> Timestamp { boundaries[slot] }
}

extension SeriesStore {
  /// The values of a series in the slots, oldest first; NaN where a slot has none.
  func values(of series: SeriesID, _ statistic: Statistic, in grid: SlotGrid) -> [Double] {
    (0..<grid.count).map { slot in
      let (start, end) = (grid.boundaries[slot], grid.boundaries[slot + 1])
      if let extended = statistic.extended {
        return distribution(of: series, from: start, to: end)?.value(of: extended) ?? .nan
      }
      return statistics(of: series, from: start, to: end)?.value(of: statistic) ?? .nan
    }
  }
}
