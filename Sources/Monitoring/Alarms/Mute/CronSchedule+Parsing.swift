extension CronSchedule {
  /// Reads `min hour day month weekday`; nil where the text is no such schedule.
  init?(_ text: String) {
    let fields = text.split(whereSeparator: \.isWhitespace)
    guard fields.count == 5, let minutes = Self.numbers(fields[0], .minute),
      let hours = Self.numbers(fields[1], .hour), let days = Self.daysOfMonth(fields[2]),
      let months = Self.numbers(fields[3], .month), let weekdays = Self.daysOfWeek(fields[4])
    else { return nil }
    self.init(
      minutes: minutes, hours: hours, months: months, daysOfMonth: days, daysOfWeek: weekdays)
  }

  private static func daysOfMonth(_ field: Substring) -> Days? {
    if field == "*" || field == "?" { return Days() }
    var days = Days(isRestricted: true)
    for item in field.split(separator: ",", omittingEmptySubsequences: false) {
      if item == "L" {
        days.hasLastDay = true
      } else {
        guard let numbers = numbers(item, .day) else { return nil }
        days.days.formUnion(numbers)
      }
    }
    return days
  }

  private static func daysOfWeek(_ field: Substring) -> Days? {
    if field == "*" || field == "?" { return Days() }
    var days = Days(isRestricted: true)
    for item in field.split(separator: ",", omittingEmptySubsequences: false) {
      guard add(item, to: &days) else { return nil }
    }
    return days
  }

  private static func add(_ item: Substring, to days: inout Days) -> Bool {
    if let mark = item.firstIndex(of: "#") {
      guard let weekday = CronField.weekday.number(item[..<mark]),
        let number = Int(item[item.index(after: mark)...]), (1...5).contains(number)
      else { return false }
      days.numbered.insert(NumberedWeekday(weekday: weekday % 7, number: number))
    } else if item.last == "L" {
      // A bare L is the last day of the week, Saturday.
      if item.count == 1 {
        days.days.insert(6)
      } else if let weekday = CronField.weekday.number(item.dropLast()) {
        days.lastWeekdays.insert(weekday % 7)
      } else {
        return false
      }
    } else {
      guard let numbers = numbers(item, .weekday) else { return false }
      days.days.formUnion(numbers.map { $0 % 7 })
    }
    return true
  }

  /// `*`, `5`, `1-5`, `*/10`, `10-40/5`, `8/2` (from 8 on), and lists of them.
  private static func numbers(_ field: Substring, _ kind: CronField) -> Set<Int>? {
    var numbers: Set<Int> = []
    for item in field.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = item.split(separator: "/", omittingEmptySubsequences: false)
      guard (1...2).contains(parts.count), let range = range(parts[0], kind, parts.count == 2)
      else { return nil }
      let step = parts.count == 2 ? Int(parts[1]) ?? 0 : 1
      guard step > 0 else { return nil }
      numbers.formUnion(stride(from: range.lowerBound, through: range.upperBound, by: step))
    }
    return numbers
  }

  private static func range(
    _ text: Substring, _ kind: CronField, _ hasStep: Bool
  ) -> ClosedRange<Int>? {
    if text == "*" { return kind.range }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let low = kind.number(ends[0]) else { return nil }
    if ends.count == 1 { return hasStep ? low...kind.range.upperBound : low...low }
    guard ends.count == 2, var high = kind.number(ends[1]) else { return nil }
    // FRI-SUN, with Sunday as 7.
    if kind == .weekday, high == 0 { high = 7 }
    return low <= high ? low...high : nil
  }
}

/// What a field of a schedule counts.
private enum CronField {
  case minute, hour, day, month, weekday

  var range: ClosedRange<Int> {
    switch self {
    case .minute: 0...59
    case .hour: 0...23
    case .day: 1...31
    case .month: 1...12
    case .weekday: 0...6
    }
  }

  /// A number in range, or an English name of a month or weekday; 7 is Sunday too.
  func number(_ text: Substring) -> Int? {
    if let name = names.firstIndex(of: text.uppercased()) { return name + range.lowerBound }
    guard text.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(text),
      range.contains(number) || (self == .weekday && number == 7)
    else { return nil }
    return number
  }

  private var names: [String] {
    switch self {
    case .minute, .hour, .day: []
    case .month:
      ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    case .weekday: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
    }
  }
}
