import Telemetry

/// Five fields that say at which minutes something begins: `0 2 * * SUN`.
///
/// Minute, hour, day of the month, month, day of the week. Where both days are restricted, either of
/// them is enough, as in cron.
struct CronSchedule: Hashable, Sendable {
  var minutes: Set<Int>
  var hours: Set<Int>
  var months: Set<Int>
  var daysOfMonth: Days
  var daysOfWeek: Days

  /// The days that a field names.
  struct Days: Hashable, Sendable {
    /// False for `*` and `?`: any day.
    var isRestricted = false
    /// Days of the month, or of the week with 0 for Sunday.
    var days: Set<Int> = []
    /// `L`: the last day of the month; `FRIL`: the last Friday.
    var hasLastDay = false
    var lastWeekdays: Set<Int> = []
    /// `SUN#4`: the fourth Sunday.
    var numbered: Set<NumberedWeekday> = []
  }

  struct NumberedWeekday: Hashable, Sendable {
    var weekday: Int
    /// 1 to 5.
    var number: Int
  }

  /// Whether anything begins on a day.
  func matches(_ date: CivilTime) -> Bool {
    guard months.contains(date.month) else { return false }
    switch (daysOfMonth.isRestricted, daysOfWeek.isRestricted) {
    case (false, false): return true
    case (true, false): return daysOfMonth.matchesDay(of: date)
    case (false, true): return daysOfWeek.matchesWeekday(of: date)
    case (true, true):
      return daysOfMonth.matchesDay(of: date) || daysOfWeek.matchesWeekday(of: date)
    }
  }

  /// The last beginning at or before an instant and not before `earliest`.
  func lastStart(
    through instant: Timestamp, notBefore earliest: Timestamp, zone: TimeZoneTable
  ) -> Timestamp? {
    // A day more on each side: clocks that go back show a time again on the day before.
    var day = zone.civilTime(at: instant).daysSinceEpoch + 1
    let first = zone.civilTime(at: earliest).daysSinceEpoch - 1
    while day >= first {
      let date = CivilTime(Timestamp(seconds: Int64(day) * 86_400))
      if matches(date), let start = lastStart(on: date, through: instant, zone: zone) {
        return start >= earliest ? start : nil
      }
      day -= 1
    }
    return nil
  }

  private func lastStart(
    on date: CivilTime, through instant: Timestamp, zone: TimeZoneTable
  ) -> Timestamp? {
    var date = date
    for hour in hours.sorted(by: >) {
      for minute in minutes.sorted(by: >) {
        (date.hour, date.minute) = (hour, minute)
        let start = zone.instant(date)
        if start <= instant { return start }
      }
    }
    return nil
  }
}

extension CronSchedule.Days {
  func matchesDay(of date: CivilTime) -> Bool {
    days.contains(date.day)
      || (hasLastDay && date.day == CivilTime.daysIn(month: date.month, ofYear: date.year))
  }

  func matchesWeekday(of date: CivilTime) -> Bool {
    let weekday = date.weekday % 7
    if days.contains(weekday) { return true }
    let isLast = date.day + 7 > CivilTime.daysIn(month: date.month, ofYear: date.year)
    if isLast, lastWeekdays.contains(weekday) { return true }
    let number = (date.day - 1) / 7 + 1
    return numbered.contains(CronSchedule.NumberedWeekday(weekday: weekday, number: number))
  }
}
