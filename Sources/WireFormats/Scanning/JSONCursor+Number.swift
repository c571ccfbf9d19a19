extension JSONCursor {
  /// Reads a number as RFC 8259 writes it; nil where there is none or it is too large for a double.
  mutating func number(in bytes: Span<UInt8>) -> Double? {
    skipSpace(in: bytes)
    let start = position
    var decimal = Decimal()
    decimal.isNegative = take(UInt8(ascii: "-"), in: bytes)
    guard digits(in: bytes, into: &decimal) > 0 else { return nil }
    if take(UInt8(ascii: "."), in: bytes) {
      let count = digits(in: bytes, into: &decimal)
      guard count > 0 else { return nil }
      decimal.exponent = -count
    }
    guard exponent(in: bytes, into: &decimal) else { return nil }
    return decimal.value ?? slowNumber(start..<position, in: bytes)
  }

  @inline(__always)
  private mutating func take(_ byte: UInt8, in bytes: Span<UInt8>) -> Bool {
    guard position < bytes.count, unsafe bytes[unchecked: position] == byte else { return false }
    position += 1
    return true
  }

  /// Reads digits and returns how many; too many for the mantissa are noticed by their number.
  @inline(__always)
  private mutating func digits(in bytes: Span<UInt8>, into decimal: inout Decimal) -> Int {
    var index = position
    var mantissa = decimal.mantissa
    while index < bytes.count {
      let digit = unsafe bytes[unchecked: index] &- 48
      guard digit < 10 else { break }
      mantissa = mantissa &* 10 &+ UInt64(digit)
      index &+= 1
    }
    let count = index &- position
    decimal.mantissa = mantissa
    decimal.digits += count
    position = index
    return count
  }

  /// Reads `e-9` where there is one; false where it has no digits.
  @inline(__always)
  private mutating func exponent(in bytes: Span<UInt8>, into decimal: inout Decimal) -> Bool {
    guard position < bytes.count, unsafe bytes[unchecked: position] | 0x20 == UInt8(ascii: "e")
    else { return true }
    return power(in: bytes, into: &decimal)
  }

  /// Reads `e-9`.
  @inline(never)
  private mutating func power(in bytes: Span<UInt8>, into decimal: inout Decimal) -> Bool {
    position += 1
    let isNegative = take(UInt8(ascii: "-"), in: bytes)
    if !isNegative { _ = take(UInt8(ascii: "+"), in: bytes) }
    var power = Decimal()
    guard digits(in: bytes, into: &power) > 0 else { return false }
    let size = power.digits < 6 ? Int(power.mantissa) : 100_000
    decimal.exponent += isNegative ? -size : size
    return true
  }

  /// What the fast ways leave: the standard library's, which unlike `strtod` knows no locale.
  private func slowNumber(_ range: Range<Int>, in bytes: Span<UInt8>) -> Double? {
    let text = unsafe bytes.extracting(range).withUnsafeBufferPointer {
      unsafe String(decoding: $0, as: UTF8.self)
    }
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }
}

/// A number as its digits and a power of ten.
struct Decimal {
  var isNegative = false
  var mantissa: UInt64 = 0
  var exponent = 0
  /// How many digits there were; the mantissa holds 19.
  var digits = 0

  /// The nearest double, where it can be had by a multiplication or division; nil elsewhere.
  ///
  /// Up to 2^53 and 10^22 both operands are exact doubles and the result is rounded once.
  @inline(__always)
  var value: Double? {
    guard digits <= 19, mantissa < 1 << 53 else { return wideValue }
    // Signed, which is one instruction.
    let whole = Double(Int64(bitPattern: mantissa))
    if exponent == 0 { return isNegative ? -whole : whole }
    let size = exponent < 0 ? -exponent : exponent
    guard size < powersOfTen.count else { return nil }
    let power = powersOfTen[size]
    let value = exponent < 0 ? whole / power : whole * power
    return isNegative ? -value : value
  }

  /// The same with the 64 bits of an x87 number.
  ///
  /// Rounding its result again to 53 bits gives what rounding the true value once would, unless the
  /// bits cut off are exactly one half: then the true value may lie on either side.
  @inline(never)
  private var wideValue: Double? {
    guard digits <= 19, exponent.magnitude < powersOfTen.count else { return nil }
    #if arch(x86_64)
    let power = Float80(powersOfTen[exponent < 0 ? -exponent : exponent])
    let wide = exponent < 0 ? Float80(mantissa) / power : Float80(mantissa) * power
    guard wide.significandBitPattern & 0x7FF != 0x400 else { return nil }
    return isNegative ? -Double(wide) : Double(wide)
    #else
    return nil
    #endif
  }
}

/// The powers of ten that a double holds exactly.
private let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]
