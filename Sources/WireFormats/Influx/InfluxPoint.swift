import Telemetry

/// One point of line protocol, as places in its bytes; its fields are read one after another.
struct InfluxPoint {
  /// The measurement with its tags: all bytes before the first space that is not escaped.
  let series: Range<Int>
  /// What is wrong with the line, once `nextField` has ended.
  private(set) var fault: String?
  private var position: Int
  private var timeRange = 0..<0
  private var isDone = false

  struct Field {
    var key: Range<Int>
    var value: Range<Int>
    var kind: Kind
  }

  enum Kind { case number, integer, boolean, string, unknown }

  /// Finds the measurement and its tags; nil where there are no fields behind them.
  init?(_ line: Span<UInt8>) {
    var position = 0
    while position < line.count, line[position] == 32 { position += 1 }
    let start = position
    while position < line.count, line[position] != 32 {
      position += line[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard position < line.count, position > start, line[start] != UInt8(ascii: "#"),
      line[start] != UInt8(ascii: ",")
    else { return nil }
    series = start..<position
    self.position = position
    while self.position < line.count, line[self.position] == 32 { self.position += 1 }
    guard self.position < line.count else { return nil }
  }

  /// The next field; nil after the last, when the time has been read too.
  mutating func nextField(in line: Span<UInt8>) -> Field? {
    guard !isDone else { return nil }
    let start = position
    while position < line.count, line[position] != UInt8(ascii: "=") {
      if line[position] == 32 || line[position] == UInt8(ascii: ",") { break }
      position += line[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard position < line.count, line[position] == UInt8(ascii: "="), position > start else {
      return end("a field is not a name, = and a value")
    }
    let key = start..<position
    position += 1
    guard let field = value(of: key, in: line) else { return end("a string has no end") }
    if position >= line.count {
      isDone = true
    } else if line[position] == UInt8(ascii: ",") {
      position += 1
    } else {
      readTime(in: line)
    }
    return field
  }

  private mutating func end(_ reason: String) -> Field? {
    isDone = true
    fault = reason
    return nil
  }

  private mutating func value(of key: Range<Int>, in line: Span<UInt8>) -> Field? {
    let start = position
    if position < line.count, line[position] == UInt8(ascii: "\"") {
      position += 1
      while position < line.count, line[position] != UInt8(ascii: "\"") {
        position += line[position] == UInt8(ascii: "\\") ? 2 : 1
      }
      guard position < line.count else { return nil }
      position += 1
      return Field(key: key, value: start..<position, kind: .string)
    }
    while position < line.count, line[position] != 32, line[position] != UInt8(ascii: ",") {
      position += 1
    }
    return Field(
      key: key, value: start..<position, kind: Self.kind(of: start..<position, in: line))
  }

  private static func kind(of range: Range<Int>, in line: Span<UInt8>) -> Kind {
    guard !range.isEmpty else { return .unknown }
    switch line[range.upperBound - 1] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): return .number
    case UInt8(ascii: "i"), UInt8(ascii: "u"): return range.count > 1 ? .integer : .unknown
    default: return boolean(range, in: line) == nil ? .unknown : .boolean
    }
  }

  private static func boolean(_ range: Range<Int>, in line: Span<UInt8>) -> Bool? {
    switch line.text(in: range) {
    case "t", "T", "true", "True", "TRUE": true
    case "f", "F", "false", "False", "FALSE": false
    default: nil
    }
  }

  private mutating func readTime(in line: Span<UInt8>) {
    isDone = true
    timeRange = line.word(from: &position)
    if !line.word(from: &position).isEmpty { fault = "something follows the time" }
    if !timeRange.isEmpty, line.integer(in: timeRange) == nil, nanoseconds(in: line) == nil {
      fault = "the time is not a whole number"
    }
  }

  /// Times of 19 digits, which `integer(in:)` does not take.
  private func nanoseconds(in line: Span<UInt8>) -> Int64? {
    guard timeRange.count <= 20 else { return nil }
    return Int64(line.text(in: timeRange))
  }

  /// Whether a time was written.
  var hasTime: Bool { !timeRange.isEmpty }

  /// Why there is no time.
  var timeFault: String {
    hasTime
      ? "the time is not within the years 1 to 9999" : "no time, and when it arrived is not known"
  }

  /// The time that was written; nil where there is none, or none that there can be.
  func time(in line: Span<UInt8>, precision: TimePrecision?) -> Timestamp? {
    guard !timeRange.isEmpty else { return nil }
    if precision == nil || precision == .nanoseconds, timeRange.count == 19,
      let milliseconds = line.integer(in: timeRange.lowerBound..<(timeRange.upperBound - 6))
    {
      return Timestamp(recordableMilliseconds: milliseconds)
    }
    guard let count = line.integer(in: timeRange) ?? nanoseconds(in: line) else { return nil }
    guard let precision else { return Timestamp(epoch: Double(count)) }
    return precision.timestamp(count)
  }
}

extension InfluxPoint.Field {
  /// The number of a number or boolean; nil for strings and what is neither.
  func number(in line: Span<UInt8>) -> Double? {
    switch kind {
    case .number: return line.double(in: value)
    case .integer:
      let digits = value.lowerBound..<(value.upperBound - 1)
      return line.integer(in: digits).map { Double($0) }
        ?? (line.text(in: digits).allSatisfy { "-0123456789".contains($0) }
          ? line.double(in: digits) : nil)
    case .boolean: return line[value.lowerBound] | 0x20 == UInt8(ascii: "t") ? 1 : 0
    case .string, .unknown: return nil
    }
  }
}
