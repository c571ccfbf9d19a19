/// e to the power of `x`, without the C library: the same bits on every machine.
func exponential(_ x: Double) -> Double {
  if x > 709 { return .infinity }
  if x < -708 { return 0 }
  let halvings = (x / naturalLogarithmOfTwo).rounded()
  let rest = x - halvings * naturalLogarithmOfTwo
  var sum = 1.0
  for n in stride(from: 14.0, through: 1, by: -1) { sum = 1 + sum * rest / n }
  return sum * Double(sign: .plus, exponent: Int(halvings), significand: 1)
}

/// The natural logarithm of a positive number, likewise.
func logarithm(_ x: Double) -> Double {
  guard x > 0 else { return x == 0 ? -.infinity : .nan }
  guard x < .infinity else { return x }
  var exponent = Double(x.exponent)
  var significand = x.significand
  if significand > 1.4142135623730951 {
    significand /= 2
    exponent += 1
  }
  let ratio = (significand - 1) / (significand + 1)
  let square = ratio * ratio
  var sum = 0.0
  for n in stride(from: 25.0, through: 1, by: -2) { sum = sum * square + 1 / n }
  return 2 * ratio * sum + exponent * naturalLogarithmOfTwo
}

/// `base` to the power of `exponent`, for a positive base.
func power(_ base: Double, _ exponent: Double) -> Double {
  exponential(exponent * logarithm(base))
}

private let naturalLogarithmOfTwo = 0.6931471805599453
