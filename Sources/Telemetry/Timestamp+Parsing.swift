extension Timestamp {
  /// Reads ISO 8601 / RFC 3339: `2026-11-23T09:00:00.250Z`, `2026-11-23 09:00:00`, `+00:00`, `+0000`.
  ///
  /// A time without a zone is UTC; digits below the millisecond are cut. Nil where it is no time.
  package init?(iso8601 text: some StringProtocol) {
    var scanner = TimeScanner(bytes: Array(text.utf8))
    guard let time = scanner.time() else { return nil }
    self = time
  }

  /// Reads what users and tools write: RFC 3339, or epoch seconds or milliseconds by magnitude.
  ///
  /// Numbers of 1e11 and more are milliseconds, of 1e14 microseconds, of 1e17 nanoseconds.
  package init?(text: some StringProtocol) {
    if let number = Double(text), number.isFinite {
      self.init(epoch: number)
    } else {
      self.init(iso8601: text)
    }
  }

  /// An epoch number whose unit follows from its magnitude.
  package init?(epoch number: Double) {
    let milliseconds: Double =
      switch number.magnitude {
      case ..<1e11: number * 1000
      case ..<1e14: number
      case ..<1e17: number / 1000
      default: number / 1_000_000
      }
    self.init(recordableMilliseconds: milliseconds)
  }
}

/// Reads one ISO 8601 time from bytes, left to right.
private struct TimeScanner {
  let bytes: [UInt8]
  var position = 0

  mutating func time() -> Timestamp? {
    guard let year = number(digits: 4), skip("-"), let month = number(digits: 2), skip("-"),
      let day = number(digits: 2), (1...12).contains(month),
      (1...CivilTime.daysIn(month: month, ofYear: year)).contains(day)
    else { return nil }
    var civil = CivilTime(year: year, month: month, day: day)
    if position == bytes.count { return recordable(civil.timestamp) }
    guard skip("T") || skip("t") || skip(" "), clock(&civil), let offset = zone(),
      position == bytes.count
    else { return nil }
    return recordable(civil.timestamp - offset)
  }

  /// There is no year 0, and a zone may lead beyond the year 9999.
  private func recordable(_ time: Timestamp) -> Timestamp? {
    Timestamp(recordableMilliseconds: time.milliseconds)
  }

  private mutating func clock(_ civil: inout CivilTime) -> Bool {
    guard let hour = number(digits: 2), hour < 24, skip(":"), let minute = number(digits: 2),
      minute < 60
    else { return false }
    civil.hour = hour
    civil.minute = minute
    guard skip(":") else { return true }
    guard let second = number(digits: 2), second < 61 else { return false }
    civil.second = min(second, 59)
    if skip(".") { return fraction(&civil) }
    return true
  }

  private mutating func fraction(_ civil: inout CivilTime) -> Bool {
    var scale = 100
    let first = position
    while let digit = digit() {
      civil.millisecond += digit * scale
      scale /= 10
    }
    return position > first
  }

  /// Milliseconds east of UTC.
  private mutating func zone() -> Int64? {
    if position == bytes.count || skip("Z") || skip("z") { return 0 }
    _ = skip(" ")
    let sign: Int64
    if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
    guard let hours = number(digits: 2) else { return nil }
    _ = skip(":")
    let minutes = number(digits: 2) ?? 0
    return sign * Int64(hours * 60 + minutes) * 60_000
  }

  private mutating func number(digits: Int) -> Int? {
    var value = 0
    for _ in 0..<digits {
      guard let next = digit() else { return nil }
      value = value * 10 + next
    }
    return value
  }

  private mutating func digit() -> Int? {
    guard position < bytes.count, (48...57).contains(bytes[position]) else { return nil }
    position += 1
    return Int(bytes[position - 1]) - 48
  }

  private mutating func skip(_ character: Character) -> Bool {
    guard position < bytes.count, bytes[position] == character.asciiValue else { return false }
    position += 1
    return true
  }
}
