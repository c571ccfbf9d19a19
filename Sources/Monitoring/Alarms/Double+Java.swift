extension Double {
  /// The number as Java's `Double.toString` writes it, which is how CloudWatch prints numbers.
  ///
  /// `21.0`, `0.0484`, `1.0E-5`: plain from a thousandth up to ten million, scientific outside, the
  /// fewest digits that tell the number from its neighbours.
  package var javaText: String {
    if isNaN { return "NaN" }
    let sign = self.sign == .minus ? "-" : ""
    if isInfinite { return sign + "Infinity" }
    if self == 0 { return sign + "0.0" }
    // Here Swift writes what Java writes.
    if magnitude >= 1e-3, magnitude < 1e7 { return description }
    let (digits, exponent) = shortestDigits
    let fraction = digits.dropFirst()
    return sign + digits.prefix(1) + "." + (fraction.isEmpty ? "0" : fraction) + "E\(exponent)"
  }

  /// The significant digits, and the power of ten of the first one.
  private var shortestDigits: (digits: String, exponent: Int) {
    let parts = magnitude.description.split(separator: "e")
    var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    var digits = mantissa.joined()
    exponent += mantissa[0].count - 1
    while digits.hasPrefix("0") {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.hasSuffix("0") { digits.removeLast() }
    return (digits, exponent)
  }
}
