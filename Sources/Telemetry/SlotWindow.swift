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

extension SeriesStore {
  /// Reads the values of slots into `values`, newest first; NaN where a slot is empty.
  ///
  /// One call for a whole window: several times as fast as asking slot by slot, because chunks are
  /// looked up once and nothing is allocated. `values` has room for `window.count` numbers.
  ///
  /// - Returns: how many slots were read; the others are empty, or not needed.
  package func read(
    _ window: SlotWindow, of identifier: SeriesID, into values: inout [Double]
  ) -> Int {
    series[Int(identifier.index)].read(window, into: &values)
  }
}

extension Series {
  func read(_ window: SlotWindow, into values: inout [Double]) -> Int {
    let length = window.lengthMilliseconds
    if let statistic = window.statistic.extended {
      return readSlots(window, &values) { distribution(from: $0, to: $1)?.value(of: statistic) }
    }
    if resolution == Self.standardResolution {
      if length == Self.standardResolution {
        return readBuckets(window, before: windowEnd(window, Self.standardResolution), &values)
      }
    } else if length == Self.highResolution {
      return readBuckets(window, before: windowEnd(window, Self.highResolution), &values)
    }
    return readSlots(window, &values) { start, end in
      statistics(from: start, to: end)?.value(of: window.statistic)
    }
  }

  /// The number of the bucket that begins at the window's end; `resolution` is a constant here, which
  /// makes the division cheap.
  @inline(__always)
  private func windowEnd(_ window: SlotWindow, _ resolution: Int64) -> Int64 {
    floorDivide(window.end.milliseconds, resolution)
  }

  /// Slots of one bucket each, chunk by chunk.
  private func readBuckets(
    _ window: SlotWindow, before end: Int64, _ values: inout [Double]
  ) -> Int {
    var bucket = end - 1
    var progress = SlotProgress(missing: window.enough)
    while progress.read < window.count, progress.missing > 0 {
      let number = bucket >> Chunk.sizeBits
      let position = number - firstChunk
      if position < 0 { break }
      let newest = Int(bucket & (Chunk.size - 1))
      let oldest = max(0, newest - (window.count - progress.read) + 1)
      let isHeld = position < chunks.count && chunks[Int(position)] != nil
      if isHeld {
        chunks[Int(position)]?.read(
          from: newest, downTo: oldest, window.statistic, &progress, &values)
      } else {
        for _ in oldest...newest { progress.skip(&values) }
      }
      bucket -= Int64(newest - oldest + 1)
    }
    return progress.read
  }

  /// Slots of several buckets each.
  @inline(__always)
  private func readSlots(
    _ window: SlotWindow, _ values: inout [Double],
    valueOf slot: (_ start: Timestamp, _ end: Timestamp) -> Double?
  ) -> Int {
    var end = window.end
    var progress = SlotProgress(missing: window.enough)
    let oldest = oldestKept ?? .distantFuture
    while progress.read < window.count, progress.missing > 0, end > oldest {
      let start = end - window.lengthMilliseconds
      if let value = slot(start, end) {
        progress.take(value, &values)
      } else {
        progress.skip(&values)
      }
      end = start
    }
    return progress.read
  }
}

/// How far a window has been read.
struct SlotProgress {
  var read = 0
  /// How many slots with data are still wanted.
  var missing: Int

  init(missing: Int) { self.missing = missing }

  @inline(__always)
  mutating func take(_ value: Double, _ values: inout [Double]) {
    values[read] = value
    read += 1
    if !value.isNaN { missing -= 1 }
  }

  @inline(__always)
  mutating func skip(_ values: inout [Double]) {
    values[read] = .nan
    read += 1
  }
}

extension Chunk {
  /// 2 to the power of this is `size`.
  static let sizeBits: Int64 = 7

  fileprivate func read(
    from newest: Int, downTo oldest: Int, _ statistic: Statistic, _ progress: inout SlotProgress,
    _ values: inout [Double]
  ) {
    var offset = newest
    let isSingle = !isFull && statistic != .sampleCount
    while offset >= oldest, progress.missing > 0 {
      if isSingle {
        progress.take(columns[offset], &values)
      } else {
        progress.take(statistics(at: offset)?.value(of: statistic) ?? .nan, &values)
      }
      offset -= 1
    }
  }
}
