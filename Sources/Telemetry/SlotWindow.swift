/// A row of slots of equal length that ends at an instant, as an alarm looks at its metric.
package struct SlotWindow: Hashable, Sendable {
  /// The end of the newest slot.
  package var end: Timestamp
  package var lengthMilliseconds: Int64
  /// How many slots there are.
  package var count: Int
  /// Reading stops when so many slots held data.
  package var enough: Int
  package var statistic: Statistic

  package init(
    end: Timestamp, lengthMilliseconds: Int64, count: Int, enough: Int, statistic: Statistic
  ) {
    self.end = end
    self.lengthMilliseconds = lengthMilliseconds
    self.count = count
    self.enough = enough
    self.statistic = statistic
  }
}

/// What values may be without being noticed: from `lowest` to `highest`, both included.
package struct ValueBounds: Hashable, Sendable {
  package var lowest = -Double.infinity
  package var highest = Double.infinity

  @inlinable
  package init(lowest: Double = -.infinity, highest: Double = .infinity) {
    self.lowest = lowest
    self.highest = highest
  }

  /// NaN lies outside of nothing.
  @inlinable
  package func excludes(_ value: Double) -> Bool { value > highest || value < lowest }
}

/// What the slots of a window hold, newest first, up to where reading stopped.
package struct SlotCount: Hashable, Sendable {
  /// How many slots were looked at.
  package var read = 0
  /// How many of them hold data.
  package var filled = 0
  /// How many hold a value outside of the bounds.
  package var outside = 0
  /// The age of the oldest of those; the newest slot has age 1; 0 where there is none.
  package var oldestOutside = 0

  package init() {}

  @inline(__always)
  fileprivate mutating func take(_ value: Double, _ bounds: ValueBounds) {
    read &+= 1
    if value.isNaN { return }
    filled &+= 1
    if bounds.excludes(value) {
      outside &+= 1
      oldestOutside = read
    }
  }
}

extension SeriesStore {
  /// Counts the slots that hold data, and those whose value lies outside of bounds.
  ///
  /// One call for a whole window, which copies and allocates nothing: this is what evaluating an
  /// alarm costs.
  package func count(
    _ window: SlotWindow, of identifier: SeriesID, outside bounds: ValueBounds
  ) -> SlotCount {
    let index = Int(identifier.index)
    let isPlain = window.statistic.extended == nil
    // Constants, which make the division cheap.
    switch (series.span[index].resolution, window.lengthMilliseconds) {
    case (Series.standardResolution, Series.standardResolution) where isPlain:
      return countBuckets(
        window, before: floorDivide(window.end.milliseconds, 60_000), of: index, bounds)
    case (Series.highResolution, Series.highResolution) where isPlain:
      return countBuckets(
        window, before: floorDivide(window.end.milliseconds, 10_000), of: index, bounds)
    default: return series[index].countSlots(window, outside: bounds)
    }
  }

  /// Slots of one bucket each, chunk by chunk.
  @inline(__always)
  private func countBuckets(
    _ window: SlotWindow, before end: Int64, of index: Int, _ bounds: ValueBounds
  ) -> SlotCount {
    let firstChunk = series.span[index].firstChunk
    return unsafe series.span[index].chunks.withUnsafeBufferPointer { chunks in
      var bucket = end - 1
      var count = SlotCount()
      while count.read < window.count, count.filled < window.enough {
        let position = Int((bucket >> Chunk.sizeBits) - firstChunk)
        if position < 0 { break }
        let newest = Int(bucket & (Chunk.size - 1))
        let oldest = max(0, newest - (window.count - count.read) + 1)
        if position < chunks.count {
          unsafe chunks[position].count(from: newest, downTo: oldest, window, bounds, into: &count)
        } else {
          count.read += newest - oldest + 1
        }
        bucket -= Int64(newest - oldest + 1)
      }
      return count
    }
  }
}

extension Series {
  /// Slots of several buckets each, and extended statistics.
  @inline(never)
  fileprivate func countSlots(_ window: SlotWindow, outside bounds: ValueBounds) -> SlotCount {
    var end = window.end
    var count = SlotCount()
    let oldest = oldestKept ?? .distantFuture
    while count.read < window.count, count.filled < window.enough, end > oldest {
      let start = end - window.lengthMilliseconds
      let value =
        if let statistic = window.statistic.extended {
          distribution(from: start, to: end)?.value(of: statistic)
        } else {
          statistics(from: start, to: end)?.value(of: window.statistic)
        }
      count.take(value ?? .nan, bounds)
      end = start
    }
    return count
  }
}

extension Chunk {
  /// 2 to the power of this is `size`.
  static let sizeBits: Int64 = 7

  /// Counts buckets, newest first.
  @inline(__always)
  fileprivate func count(
    from newest: Int, downTo oldest: Int, _ window: SlotWindow, _ bounds: ValueBounds,
    into count: inout SlotCount
  ) {
    guard isPresent else { return count.read += newest - oldest + 1 }
    var isSingle = !isFull
    if case .sampleCount = window.statistic { isSingle = false }
    var offset = newest
    while offset >= oldest, count.filled < window.enough {
      count.take(
        isSingle ? columns.span[offset] : value(of: window.statistic, at: offset), bounds)
      offset -= 1
    }
  }

  /// A plain statistic of a bucket; NaN where it is empty.
  private func value(of statistic: Statistic, at offset: Int) -> Double {
    guard isFull else { return columns.span[offset].isNaN ? .nan : 1 }
    let sum = columns.span[offset]
    return switch statistic {
    case .sum: sum
    case .average: sum / columns.span[Chunk.rows + offset]
    case .minimum: columns.span[2 * Chunk.rows + offset]
    case .maximum: columns.span[3 * Chunk.rows + offset]
    case .sampleCount: sum.isNaN ? .nan : columns.span[Chunk.rows + offset]
    case .extended: .nan
    }
  }
}
