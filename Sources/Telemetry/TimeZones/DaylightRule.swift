/// When clocks change in every year: the `TZ` text of POSIX at the end of a zone file.
///
/// `CET-1CEST,M3.5.0,M10.5.0/3`: offsets count westward, a day is `Mmonth.week.weekday` (week 5: the
/// last), `Jn` (1 to 365, no leap day) or `n` (0 to 365), at 02:00 local time unless given.
struct DaylightRule: Hashable {
  private let standard: Int64
  /// Nil where clocks never change.
  private let summer: Season?

  private struct Season: Hashable {
    var offset: Int64
    var start: Day
    var end: Day
  }

  private enum Date: Hashable {
    case weekday(month: Int, week: Int, weekday: Int)
    case dayWithoutLeap(Int)
    case day(Int)
  }

  private struct Day: Hashable {
    var date: Date
    /// Seconds after local midnight.
    var time: Int64
  }

  init?(posix text: String) {
    var scanner = RuleScanner(text)
    guard scanner.skipName(), let west = scanner.time() else { return nil }
    standard = -west
    guard !scanner.isAtEnd else {
      summer = nil
      return
    }
    guard scanner.skipName() else { return nil }
    var offset = standard + 3600
    if !scanner.isNext(","), let west = scanner.time() { offset = -west }
    guard scanner.skip(","), let start = Self.day(&scanner), scanner.skip(","),
      let end = Self.day(&scanner), scanner.isAtEnd
    else { return nil }
    summer = Season(offset: offset, start: start, end: end)
  }

  /// The changes after an instant, up to the end of a year, with the offset each brings.
  func changes(after instant: Int64, through lastYear: Int) -> [(Int64, Int64)] {
    guard let summer else { return [] }
    let first = instant == .min ? 1970 : CivilTime(Timestamp(seconds: instant)).year
    guard first <= lastYear else { return [] }
    return (first...lastYear).flatMap { year in
      [
        (Self.local(summer.start, in: year) - standard, summer.offset),
        (Self.local(summer.end, in: year) - summer.offset, standard),
      ].sorted { $0.0 < $1.0 }
    }.filter { $0.0 > instant }
  }

  /// Seconds since the epoch as if the local clock were UTC.
  private static func local(_ day: Day, in year: Int) -> Int64 {
    let newYear = CivilTime(year: year, month: 1, day: 1).daysSinceEpoch
    let isLeap = CivilTime.daysIn(month: 2, ofYear: year) == 29
    let number: Int
    switch day.date {
    case .day(let index): number = newYear + index
    case .dayWithoutLeap(let index): number = newYear + index - (isLeap && index >= 60 ? 0 : 1)
    case .weekday(let month, let week, let weekday):
      let first = CivilTime(year: year, month: month, day: 1)
      var date = (weekday - first.weekday % 7 + 7) % 7 + 1 + (week - 1) * 7
      if date > CivilTime.daysIn(month: month, ofYear: year) { date -= 7 }
      number = first.daysSinceEpoch + date - 1
    }
    return Int64(number) * 86_400 + day.time
  }

  private static func day(_ scanner: inout RuleScanner) -> Day? {
    guard let date = date(&scanner) else { return nil }
    guard scanner.skip("/") else { return Day(date: date, time: 7200) }
    return scanner.time().map { Day(date: date, time: $0) }
  }

  private static func date(_ scanner: inout RuleScanner) -> Date? {
    if scanner.skip("M") {
      guard let month = scanner.number(1...12), scanner.skip("."), let week = scanner.number(1...5),
        scanner.skip("."), let weekday = scanner.number(0...6)
      else { return nil }
      return .weekday(month: month, week: week, weekday: weekday)
    }
    if scanner.skip("J") { return scanner.number(1...365).map(Date.dayWithoutLeap) }
    return scanner.number(0...365).map(Date.day)
  }
}

/// Reads the parts of a `TZ` text from left to right.
private struct RuleScanner {
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { position == bytes.count }

  func isNext(_ character: Character) -> Bool {
    position < bytes.count && bytes[position] == character.asciiValue
  }

  mutating func skip(_ character: Character) -> Bool {
    guard isNext(character) else { return false }
    position += 1
    return true
  }

  /// `CEST` or `<+0330>`.
  mutating func skipName() -> Bool {
    let start = position
    if skip("<") {
      while position < bytes.count, !skip(">") { position += 1 }
      return position > start + 1
    }
    while position < bytes.count, (65...90).contains(bytes[position] & 0xDF) { position += 1 }
    return position > start
  }

  /// `5`, `-1`, `+03:30`, `24:00:00`; in seconds.
  mutating func time() -> Int64? {
    let sign: Int64 = skip("-") ? -1 : 1
    if sign == 1 { _ = skip("+") }
    guard let hours = number(0...167) else { return nil }
    let minutes = skip(":") ? number(0...59) : 0
    let seconds = skip(":") ? number(0...59) : 0
    guard let minutes, let seconds else { return nil }
    return sign * Int64(hours * 3600 + minutes * 60 + seconds)
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int? {
    let start = position
    while position < bytes.count, (48...57).contains(bytes[position]) { position += 1 }
    let number = Int(String(decoding: bytes[start..<position], as: UTF8.self))
    return number.flatMap { range.contains($0) ? $0 : nil }
  }
}
