/// A seeded source of random numbers (SplitMix64): the same numbers on every machine.
///
/// Uses only integer arithmetic and the four IEEE operations, so no mathematics library can make
/// two machines differ.
struct RandomSource {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A source of its own for a named thing, so that adding a series leaves the others unchanged.
  init(seed: UInt64, name: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    self.init(seed: seed ^ hash)
    _ = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// At least 0 and less than 1.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Near enough to a standard normal: twelve uniforms, less their mean.
  mutating func normal() -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += uniform() }
    return sum
  }

  /// A log-normal factor with median 1.
  mutating func noise(_ sigma: Double) -> Double {
    sigma == 0 ? 1 : exponential(sigma * normal())
  }

  mutating func happens(withProbability probability: Double) -> Bool { uniform() < probability }

  mutating func integer(in range: ClosedRange<Int64>) -> Int64 {
    range.lowerBound + Int64(next() % UInt64(range.upperBound - range.lowerBound + 1))
  }
}

/// e to the power of `exponent`, by series and squaring; exact enough for noise, the same everywhere.
func exponential(_ exponent: Double) -> Double {
  let small = exponent / 1024
  var power = 1 + small * (1 + small / 2 * (1 + small / 3 * (1 + small / 4)))
  for _ in 0..<10 { power *= power }
  return power
}

/// A value with at most `digits` significant digits, as metrics are printed.
func rounded(_ value: Double, digits: Int) -> Double {
  guard value != 0, value.isFinite else { return value }
  var scale = 1.0
  var lead = value.magnitude
  let low = powerOfTen(digits - 1)
  while lead < low { (lead, scale) = (lead * 10, scale * 10) }
  if lead >= low * 10 {
    var divisor = 1.0
    while lead / divisor >= low * 10 { divisor *= 10 }
    return (value / divisor).rounded() * divisor
  }
  return (value * scale).rounded() / scale
}

private func powerOfTen(_ exponent: Int) -> Double {
  (0..<max(0, exponent)).reduce(1.0) { power, _ in power * 10 }
}
