import Telemetry

/// The last two weeks of a series: what it does at this time of day.
///
/// Means of cells of five minutes or more, and the median of the hour around each cell, in fixed
/// rings, so that a series of a million points costs what one of two weeks does.
struct SeasonalMemory: Sendable {
  /// Milliseconds a cell covers.
  let cellMilliseconds: Int64
  /// Cells on either side that make up an hour.
  private let reach: Int64
  /// Whose clock tells what the same time of day is; nil where no clock is ever put forward.
  private let zone: TimeZoneTable?
  /// Means of the cells of the last day, by number of the cell modulo the ring; NaN for nothing.
  private var cells: [Double]
  /// Medians of the hours around the cells of the last two weeks, likewise.
  private var hours: [Double]
  private var newest: Int64?
  /// The sum and count of what fell into the newest cell so far.
  private var sum = 0.0
  private var count = 0
  private var known: (cell: Int64, season: Double)?

  /// AWS trains on up to two weeks.
  static let days = 14
  /// Fewer days tell no daily shape.
  private static let leastDays = 3
  private static let leastCellMilliseconds: Int64 = 300_000
  private static let reachMilliseconds: Int64 = 1_800_000
  private static let dayMilliseconds: Int64 = 86_400_000

  init(periodMilliseconds: Int64, zone: TimeZoneTable?) {
    self.zone = zone
    cellMilliseconds = max(periodMilliseconds, Self.leastCellMilliseconds)
    reach = Self.reachMilliseconds / cellMilliseconds
    let perDay = Int(Self.dayMilliseconds / cellMilliseconds) + 1
    cells = [Double](repeating: .nan, count: perDay + 2 * Int(reach) + 1)
    hours = [Double](repeating: .nan, count: (Self.days + 1) * perDay + 2 * Int(reach) + 2)
  }

  mutating func add(_ value: Double, at time: Timestamp) {
    let cell = number(time)
    if let newest, cell > newest { open(cell, after: newest) }
    if newest == nil { newest = cell }
    sum += value
    count += 1
    cells[place(cell, cells)] = sum / Double(count)
  }

  /// The median of the same hour of earlier days, the same weekday counting twice; NaN with fewer
  /// than three days of it.
  mutating func season(at time: Timestamp) -> Double {
    let cell = number(time)
    if let known, known.cell == cell { return known.season }
    let season = gather(time)
    known = (cell, season)
    return season
  }

  /// The median of the last day's cells; NaN with less than a twelfth of a day.
  func dayMedian() -> Double {
    guard let newest else { return .nan }
    let perDay = Self.dayMilliseconds / cellMilliseconds
    var values: [Double] = []
    values.reserveCapacity(Int(perDay))
    for cell in newest - perDay + 1...newest {
      let value = cells[place(cell, cells)]
      if !value.isNaN { values.append(value) }
    }
    return Int64(values.count) * 12 >= perDay && values.count >= 3 ? values.median() : .nan
  }

  private mutating func open(_ cell: Int64, after last: Int64) {
    for next in max(last + 1, cell - Int64(hours.count))...cell {
      hours[place(next - 1 - reach, hours)] = hour(around: next - 1 - reach)
      cells[place(next, cells)] = .nan
    }
    newest = cell
    sum = 0
    count = 0
  }

  private func gather(_ time: Timestamp) -> Double {
    guard let newest, cellMilliseconds <= Self.dayMilliseconds else { return .nan }
    var values: [Double] = []
    values.reserveCapacity(Self.days + 2)
    var days = 0
    for day in 1...Self.days {
      let cell = number(sameTime(of: time, daysBefore: day))
      if cell > newest || cell < newest - Int64(hours.count) + 2 * reach + 2 { continue }
      let hour = cell + reach < newest ? hours[place(cell, hours)] : hour(around: cell)
      if hour.isNaN { continue }
      values.append(hour)
      if day % 7 == 0 { values.append(hour) }
      days += 1
    }
    return days >= Self.leastDays ? values.median() : .nan
  }

  private func sameTime(of time: Timestamp, daysBefore days: Int) -> Timestamp {
    let before = time - Int64(days) * Self.dayMilliseconds
    guard let zone else { return before }
    return before + (zone.offsetSeconds(at: time) - zone.offsetSeconds(at: before)) * 1000
  }

  private func hour(around cell: Int64) -> Double {
    var values: [Double] = []
    values.reserveCapacity(2 * Int(reach) + 1)
    for near in cell - reach...cell + reach {
      let value = cells[place(near, cells)]
      if !value.isNaN { values.append(value) }
    }
    return values.median()
  }

  private func place(_ cell: Int64, _ ring: [Double]) -> Int {
    let rest = Int(cell % Int64(ring.count))
    return rest < 0 ? rest + ring.count : rest
  }

  private func number(_ time: Timestamp) -> Int64 {
    time.floored(toMilliseconds: cellMilliseconds).milliseconds / cellMilliseconds
  }
}
