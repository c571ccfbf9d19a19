import Telemetry

/// The dots of a graph: for each column of dots the band it covers, then characters for them.
///
/// A braille cell has 2 x 4 dots, a cell of the other sets 1 x 2; samples closer than two and a half
/// of their usual distance are joined, others leave a gap.
struct Raster {
  /// The highest value in each column of cells.
  private(set) var highs: [Double?]
  private let plot: Rect
  private let axis: Axis
  private let time: TimeAxis
  private let glyphs: GlyphSet
  private let across: Int
  private let down: Int
  private var bands: [Band?]

  private struct Band {
    var low: Int
    var high: Int
  }

  init(plot: Rect, axis: Axis, time: TimeAxis, glyphs: GlyphSet) {
    self.plot = plot
    self.axis = axis
    self.time = time
    self.glyphs = glyphs
    across = glyphs == .unicode ? 2 : 1
    down = glyphs == .unicode ? 4 : 2
    bands = Array(repeating: nil, count: plot.columns * across)
    highs = Array(repeating: nil, count: plot.columns)
  }

  /// Adds samples in order of time.
  mutating func add(_ samples: [(time: Timestamp, low: Double, high: Double)]) {
    let reach = Self.reach(of: samples.map(\.time), atLeast: time.step)
    var last: (time: Timestamp, low: Double, high: Double)?
    for sample in samples {
      if let last, sample.time - last.time <= reach { join(last, sample) }
      mark(sample.time, sample.low, sample.high)
      last = sample
    }
  }

  /// Samples farther apart than this have a gap between them.
  static func reach(of times: [Timestamp], atLeast step: Int64) -> Int64 {
    guard times.count > 1 else { return step }
    let stride = max(times.count / 256, 1)
    let distances = Swift.stride(from: 1, to: times.count, by: stride)
      .map { times[$0] - times[$0 - 1] }.sorted()
    return max(distances[distances.count / 2] * 5 / 2, step)
  }

  private func dotColumn(_ instant: Timestamp) -> Int {
    let offset = (instant - time.start) * Int64(across)
    return offset < 0 ? -1 : Int(clamping: offset / time.step)
  }

  private func level(_ value: Double) -> Int {
    let rows = plot.rows * down
    return min(Int(axis.share(of: value) * Double(rows)), rows - 1)
  }

  private mutating func mark(_ instant: Timestamp, _ low: Double, _ high: Double) {
    let column = dotColumn(instant)
    guard bands.indices.contains(column) else { return }
    widen(column, level(low), level(high))
    let cell = column / across
    highs[cell] = max(highs[cell] ?? high, high)
  }

  private mutating func widen(_ column: Int, _ low: Int, _ high: Int) {
    if let band = bands[column] {
      bands[column] = Band(low: min(band.low, low), high: max(band.high, high))
    } else {
      bands[column] = Band(low: low, high: high)
    }
  }

  /// Fills the columns between two samples, and joins steep steps vertically.
  private mutating func join(
    _ one: (time: Timestamp, low: Double, high: Double),
    _ other: (time: Timestamp, low: Double, high: Double)
  ) {
    let (first, last) = (dotColumn(one.time), dotColumn(other.time))
    guard last > first, last >= 0, first < bands.count else { return }
    var previous: Band?
    for column in max(first, 0)...min(last, bands.count - 1) {
      let share = Double(column - first) / Double(last - first)
      var low = level(one.low + (other.low - one.low) * share)
      var high = level(one.high + (other.high - one.high) * share)
      if let previous {
        low = min(low, previous.high)
        high = max(high, previous.low)
      }
      widen(column, low, high)
      previous = Band(low: low, high: high)
      let cell = column / across
      let value = one.high + (other.high - one.high) * share
      highs[cell] = max(highs[cell] ?? value, value)
    }
  }

  /// The character of a cell, 0 for none.
  func scalar(row: Int, column: Int) -> UInt32 {
    let base = (plot.rows - 1 - row) * down
    switch glyphs {
    case .unicode:
      let bits =
        Self.dots(bands[column * 2], base, left: true)
        | Self.dots(bands[column * 2 + 1], base, left: false)
      return bits == 0 ? 0 : 0x2800 + bits
    case .block, .ascii:
      guard let band = bands[column] else { return 0 }
      let lower = band.low <= base && band.high >= base
      let upper = band.low <= base + 1 && band.high >= base + 1
      let index = (lower ? 1 : 0) + (upper ? 2 : 0)
      return (glyphs == .block ? [0, 0x2584, 0x2580, 0x2588] : [0, 0x2E, 0x27, 0x3A])[index]
    }
  }

  /// The bits of the dots of a band in the cell whose lowest dot row is `base`.
  private static func dots(_ band: Band?, _ base: Int, left: Bool) -> UInt32 {
    guard let band, band.high >= base, band.low < base + 4 else { return 0 }
    var bits: UInt32 = 0
    for row in max(band.low, base)...min(band.high, base + 3) {
      bits |= (left ? leftBits : rightBits)[row - base]
    }
    return bits
  }

  /// From the lowest dot to the highest.
  private static let leftBits: [UInt32] = [0x40, 0x04, 0x02, 0x01]
  private static let rightBits: [UInt32] = [0x80, 0x20, 0x10, 0x08]

  /// Columns of cells without data between the first and the last that have some, and after them.
  var gapColumns: [Int] {
    guard let first = highs.firstIndex(where: { $0 != nil }) else { return Array(highs.indices) }
    return highs.indices.filter { $0 > first && highs[$0] == nil }
  }
}
