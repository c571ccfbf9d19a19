extension JSONCursor {
  /// Reads a number as RFC 8259 writes it; nil where there is none or it is too large for a double.
  ///
  /// Up to 2^53 and 10^22 a product or quotient of two exact doubles is rounded once and therefore
  /// right; the rest goes through the standard library, which unlike `strtod` knows no locale.
  mutating func number(in bytes: Span<UInt8>) -> Double? {
    skipSpace(in: bytes)
    let start = position
    let isNegative = take(UInt8(ascii: "-"), in: bytes)
    var decimal = Decimal()
    guard digits(in: bytes, into: &decimal) > 0 else { return nil }
    if take(UInt8(ascii: "."), in: bytes) {
      let count = digits(in: bytes, into: &decimal)
      guard count > 0 else { return nil }
      decimal.exponent -= count
    }
    guard exponent(in: bytes, into: &decimal) else { return nil }
    if let value = decimal.exact { return isNegative ? -value : value }
    return slowNumber(start..<position, in: bytes)
  }

  private mutating func take(_ byte: UInt8, in bytes: Span<UInt8>) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func digits(in bytes: Span<UInt8>, into decimal: inout Decimal) -> Int {
    let start = position
    while position < bytes.count {
      let digit = bytes[position] &- 48
      guard digit < 10 else { break }
      decimal.append(digit)
      position += 1
    }
    return position - start
  }

  /// Reads `e-9` where there is one; false where it has no digits.
  private mutating func exponent(in bytes: Span<UInt8>, into decimal: inout Decimal) -> Bool {
    guard take(UInt8(ascii: "e"), in: bytes) || take(UInt8(ascii: "E"), in: bytes) else {
      return true
    }
    let isNegative = take(UInt8(ascii: "-"), in: bytes)
    if !isNegative { _ = take(UInt8(ascii: "+"), in: bytes) }
    var power = Decimal()
    guard digits(in: bytes, into: &power) > 0 else { return false }
    let size = power.isWhole ? Int(min(power.mantissa, 100_000)) : 100_000
    decimal.exponent += isNegative ? -size : size
    return true
  }

  private func slowNumber(_ range: Range<Int>, in bytes: Span<UInt8>) -> Double? {
    var text: [UInt8] = []
    for index in range { text.append(bytes[index]) }
    guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else {
      return nil
    }
    return value
  }
}

/// The digits of a number, as long as they fit.
private struct Decimal {
  var mantissa: UInt64 = 0
  var exponent = 0
  /// Whether no digit has been lost.
  var isWhole = true

  mutating func append(_ digit: UInt8) {
    guard mantissa < 1_000_000_000_000_000_000 else {
      isWhole = false
      return
    }
    mantissa = mantissa &* 10 &+ UInt64(digit)
  }

  var exact: Double? {
    guard isWhole, mantissa < 1 << 53 else { return nil }
    if exponent == 0 { return Double(mantissa) }
    if exponent < 0, exponent >= -22 { return Double(mantissa) / powersOfTen[-exponent] }
    if exponent > 0, exponent <= 22 { return Double(mantissa) * powersOfTen[exponent] }
    return nil
  }
}

/// The powers of ten that a double holds exactly.
private let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]
