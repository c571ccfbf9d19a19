/// SplitMix64: the same numbers from a seed everywhere.
struct SeededGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }
  mutating func within(_ low: Int, _ high: Int) -> Int { low + below(high - low + 1) }
  mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

  /// Normal, by the sum of twelve: good to three standard deviations, tails cut at six.
  mutating func gauss() -> Double { (0..<12).reduce(-6) { sum, _ in sum + unit() } }
  /// Exponential with mean 1, by halvings.
  mutating func exponential() -> Double {
    var whole = 0.0
    while unit() < 0.36787944117144233, whole < 30 { whole += 1 }
    return whole + unit() * 0.9
  }
  /// e to a normal number: multiplicative noise.
  mutating func lognormal(_ spread: Double) -> Double { power(gauss() * spread) }

  private func power(_ x: Double) -> Double {
    var (term, sum) = (1.0, 1.0)
    for n in 1...30 {
      term *= x / Double(n)
      sum += term
    }
    return sum
  }
}
