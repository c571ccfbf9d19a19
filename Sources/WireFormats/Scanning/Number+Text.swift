extension Span<UInt8> {
  /// The number that a range spells, as C, Go and Python write it: `1`, `-.5e3`, `+Inf`, `NaN`.
  ///
  /// Nil where the range holds anything else, and for numbers too large for a double.
  func double(in range: Range<Int>) -> Double? {
    var position = range.lowerBound
    let end = range.upperBound
    var decimal = Decimal()
    decimal.isNegative = takeSign(&position, end)
    let start = position
    takeDigits(&position, end, into: &decimal)
    var count = position - start
    if position < end, self[position] == UInt8(ascii: ".") {
      position += 1
      let fraction = position
      takeDigits(&position, end, into: &decimal)
      decimal.exponent = fraction - position
      count += position - fraction
    }
    guard count > 0 else { return word(in: start..<end, isNegative: decimal.isNegative) }
    guard takeExponent(&position, end, into: &decimal), position == end else { return nil }
    return decimal.value ?? slowDouble(in: range)
  }

  /// The whole number that a range spells, with a sign or without; nil where it is none.
  func integer(in range: Range<Int>) -> Int64? {
    var position = range.lowerBound
    let isNegative = takeSign(&position, range.upperBound)
    guard position < range.upperBound, range.upperBound - position <= 18 else { return nil }
    var value: Int64 = 0
    while position < range.upperBound {
      let digit = self[position] &- 48
      guard digit < 10 else { return nil }
      value = value * 10 + Int64(digit)
      position += 1
    }
    return isNegative ? -value : value
  }

  private func takeSign(_ position: inout Int, _ end: Int) -> Bool {
    guard position < end else { return false }
    let isNegative = self[position] == UInt8(ascii: "-")
    if isNegative || self[position] == UInt8(ascii: "+") { position += 1 }
    return isNegative
  }

  @inline(__always)
  private func takeDigits(_ position: inout Int, _ end: Int, into decimal: inout Decimal) {
    let start = position
    while position < end {
      let digit = unsafe self[unchecked: position] &- 48
      guard digit < 10 else { break }
      decimal.mantissa = decimal.mantissa &* 10 &+ UInt64(digit)
      position &+= 1
    }
    decimal.digits += position - start
  }

  private func takeExponent(
    _ position: inout Int, _ end: Int, into decimal: inout Decimal
  ) -> Bool {
    guard position < end else { return true }
    guard self[position] | 0x20 == UInt8(ascii: "e") else { return false }
    position += 1
    let isNegative = takeSign(&position, end)
    var power = Decimal()
    let start = position
    takeDigits(&position, end, into: &power)
    guard position > start else { return false }
    let size = power.digits < 6 ? Int(power.mantissa) : 100_000
    decimal.exponent += isNegative ? -size : size
    return true
  }

  /// What the fast way leaves: the standard library's, which unlike `strtod` knows no locale.
  private func slowDouble(in range: Range<Int>) -> Double? {
    guard let value = Double(text(in: range)), value.isFinite else { return nil }
    return value
  }

  /// `Inf`, `Infinity` and `NaN` in any case.
  private func word(in range: Range<Int>, isNegative: Bool) -> Double? {
    guard range.count == 3 || range.count == 8 else { return nil }
    switch text(in: range).lowercased() {
    case "inf", "infinity": return isNegative ? -.infinity : .infinity
    case "nan": return .nan
    default: return nil
    }
  }

  /// The bytes of a range as text; what is no UTF-8 is replaced.
  func text(in range: Range<Int>) -> String {
    unsafe extracting(range).withUnsafeBufferPointer {
      unsafe String(decoding: $0, as: UTF8.self)
    }
  }
}
