import Telemetry

/// The last two weeks of a series in cells of five minutes or more: what it does at this time of day.
///
/// A fixed ring, so that a series of a million points costs what one of two weeks does.
struct SeasonalMemory: Sendable {
  /// Milliseconds a cell covers.
  let cellMilliseconds: Int64
  private let cellsPerDay: Int
  /// Means of the cells, by number of the cell modulo the ring; NaN where there is nothing.
  private var cells: [Double]
  private var newest: Int64?
  /// The sum and count of what fell into the newest cell so far.
  private var sum = 0.0
  private var count = 0
  private var known: (cell: Int64, season: Season?)?

  /// AWS trains on up to two weeks.
  static let days = 14
  /// Fewer days tell no daily shape.
  static let leastDays = 3
  private static let leastCellMilliseconds: Int64 = 300_000
  private static let reachMilliseconds: Int64 = 1_800_000
  private static let dayMilliseconds: Int64 = 86_400_000

  /// What the same time of earlier days held.
  struct Season: Hashable, Sendable {
    var centre: Double
    /// The standard deviation, estimated from the median deviation.
    var spread: Double
  }

  init(periodMilliseconds: Int64) {
    cellMilliseconds = max(periodMilliseconds, Self.leastCellMilliseconds)
    cellsPerDay = max(1, Int(Self.dayMilliseconds / cellMilliseconds))
    let reach = Int(Self.reachMilliseconds / cellMilliseconds)
    cells = [Double](repeating: .nan, count: Self.days * cellsPerDay + reach + 2)
  }

  mutating func add(_ value: Double, at time: Timestamp) {
    let cell = floorDivide(time.milliseconds)
    if let newest, cell > newest { open(cell, after: newest) }
    if newest == nil { newest = cell }
    sum += value
    count += 1
    cells[place(cell)] = sum / Double(count)
  }

  /// The season at a time later than all that was added; nil with fewer than three days of it.
  mutating func season(at time: Timestamp) -> Season? {
    let cell = floorDivide(time.milliseconds)
    if let known, known.cell == cell { return known.season }
    let season = gather(cell)
    known = (cell, season)
    return season
  }

  /// The median of the last day's cells; nil with less than a twelfth of a day.
  func dayMedian(at time: Timestamp) -> Double? {
    guard let newest else { return nil }
    let end = min(newest, floorDivide(time.milliseconds))
    var values: [Double] = []
    values.reserveCapacity(cellsPerDay)
    for cell in end - Int64(cellsPerDay) + 1...end {
      let value = cells[place(cell)]
      if !value.isNaN { values.append(value) }
    }
    return values.count * 12 >= cellsPerDay && values.count >= 3 ? values.median() : nil
  }

  private mutating func open(_ cell: Int64, after last: Int64) {
    for missing in max(last + 1, cell - Int64(cells.count) + 1)...cell {
      cells[place(missing)] = .nan
    }
    newest = cell
    sum = 0
    count = 0
  }

  /// The same weekday counts twice.
  private func gather(_ cell: Int64) -> Season? {
    guard let newest else { return nil }
    let reach = Self.reachMilliseconds / cellMilliseconds
    var values: [Double] = []
    values.reserveCapacity(Self.days * Int(2 * reach + 1) * 2)
    var days = 0
    for day in 1...Self.days {
      let middle = cell - Int64(day * cellsPerDay)
      let before = values.count
      for near in middle - reach...middle + reach
      where near <= newest && near > newest - Int64(cells.count) {
        let value = cells[place(near)]
        if !value.isNaN { values.append(value) }
      }
      if values.count > before { days += 1 }
      if day % 7 == 0 { values += values[before...] }
    }
    guard days >= Self.leastDays else { return nil }
    let centre = values.median()
    for index in values.indices { values[index] = abs(values[index] - centre) }
    return Season(centre: centre, spread: values.median() * 1.4826)
  }

  private func place(_ cell: Int64) -> Int {
    let rest = Int(cell % Int64(cells.count))
    return rest < 0 ? rest + cells.count : rest
  }

  private func floorDivide(_ milliseconds: Int64) -> Int64 {
    let quotient = milliseconds / cellMilliseconds
    return milliseconds % cellMilliseconds < 0 ? quotient - 1 : quotient
  }
}

extension Array where Element == Double {
  /// The middle value, the upper of two; NaN for an empty array, which it reorders.
  mutating func median() -> Double {
    if isEmpty { return .nan }
    let middle = count / 2
    var low = 0
    var high = count - 1
    while low < high {
      let pivot = self[(low + high) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while self[left] < pivot { left += 1 }
        while self[right] > pivot { right -= 1 }
        if left <= right {
          swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if middle <= right { high = right } else if middle >= left { low = left } else { break }
    }
    return self[middle]
  }
}
