import Monitoring
import Telemetry

/// A made series with labelled anomalies, of the kinds that AWS metrics are.
///
/// Two weeks of five-minute points; what is labelled is windows around each anomaly that together
/// cover a tenth of the series, as the Numenta Anomaly Benchmark's are. What merely disturbs
/// (recurring jobs, heavy tails, drift, gaps, small shifts) is not labelled.
struct LabelledSeries {
  let shape: Shape
  let values: [Double]
  let windows: [ClosedRange<Int>]

  static let points = 4032
  static let perDay = 288

  enum Shape: Int, CaseIterable {
    case quietProcessor, noisyProcessor, requestCount, network, disk, database, steps, periodic
  }

  init(_ shape: Shape, seed: UInt64) {
    self.shape = shape
    var random = SeededGenerator(seed: seed &* 8 &+ UInt64(shape.rawValue))
    var values = shape.course(&random)
    let count = [1, 1, 2, 2, 3][random.below(5)]
    var starts: [Int] = []
    while starts.count < count {
      let start = random.within(Self.points * 20 / 100, Self.points * 94 / 100)
      if starts.allSatisfy({ abs($0 - start) > Self.points / 8 }) { starts.append(start) }
    }
    let kinds = shape.anomalies
    for start in starts.sorted() {
      kinds[random.below(kinds.count)].apply(to: &values, at: start, &random)
    }
    for index in values.indices { values[index] = shape.bounded(values[index]) }
    if random.below(3) == 0 {
      let gap = random.within(0, Self.points - 300)
      for index in gap..<gap + random.within(6, 200) { values[index] = .nan }
    }
    for index in values.indices where random.unit() < 0.001 { values[index] = .nan }
    self.values = values
    let half = Self.points / 10 / count / 2
    windows = starts.sorted().map { max(0, $0 - half)...min(Self.points - 1, $0 + half) }
  }
}

/// What happens at a labelled place.
enum Anomaly {
  case spike, burst, levelShift, drop, stall, noise, ramp

  func apply(to values: inout [Double], at start: Int, _ random: inout SeededGenerator) {
    let past = values[max(0, start - 576)..<start].filter { !$0.isNaN }.sorted()
    let middle = past[past.count / 2]
    let reach = max(
      past[past.count * 98 / 100] - past[past.count * 2 / 100], 0.02 * abs(middle), 1e-3)
    let size = reach * random.between(0.7, 4)
    let end = min(values.count, start + length(&random))
    for index in start..<end {
      let share = Double(index - start) / Double(max(1, end - start))
      switch self {
      case .spike, .burst: values[index] += size * random.between(0.6, 1.1)
      case .levelShift: values[index] += size * 0.7
      case .drop: values[index] -= max(size, 0.4 * abs(values[index]))
      case .stall: values[index] = middle - reach * 0.6
      case .noise: values[index] += size * 0.8 * random.gauss()
      case .ramp: values[index] += size * share * 1.4
      }
    }
  }

  private func length(_ random: inout SeededGenerator) -> Int {
    switch self {
    case .spike: random.within(1, 4)
    case .burst: random.within(6, 60)
    case .levelShift: random.within(150, 4000)
    case .drop, .stall: random.within(2, 100)
    case .noise: random.within(24, 300)
    case .ramp: random.within(30, 200)
    }
  }
}

extension LabelledSeries.Shape {
  var anomalies: [Anomaly] {
    switch self {
    case .quietProcessor: [.spike, .burst, .levelShift, .spike]
    case .noisyProcessor: [.levelShift, .burst, .drop, .noise, .ramp]
    case .requestCount: [.spike, .burst, .drop, .levelShift]
    case .network: [.spike, .burst, .levelShift, .noise]
    case .disk: [.burst, .spike, .levelShift]
    case .database: [.spike, .levelShift, .burst, .drop, .ramp]
    case .steps: [.spike, .drop, .levelShift]
    case .periodic: [.stall, .spike, .burst, .levelShift]
    }
  }

  func bounded(_ value: Double) -> Double {
    switch self {
    case .quietProcessor, .noisyProcessor, .database: min(100, max(0, value))
    default: max(0, value)
    }
  }

  /// The series without its anomalies.
  func course(_ random: inout SeededGenerator) -> [Double] {
    switch self {
    case .quietProcessor: quietProcessor(&random)
    case .noisyProcessor: noisyProcessor(&random)
    case .requestCount: requestCount(&random)
    case .network: network(&random)
    case .disk: disk(&random)
    case .database: database(&random)
    case .steps: steps(&random)
    case .periodic: periodic(&random)
    }
  }

  private func each(_ body: (Int, Double) -> Double) -> [Double] {
    (0..<LabelledSeries.points).map { body($0, Double($0) / Double(LabelledSeries.perDay)) }
  }

  /// A hardly used machine: a few quantised values, small bumps.
  private func quietProcessor(_ random: inout SeededGenerator) -> [Double] {
    let base = random.between(0.05, 3)
    let quantum = base * random.between(0.01, 0.05)
    let bump = random.between(0.001, 0.008)
    var drift = 0.0
    return each { _, _ in
      drift = drift * 0.999 + random.gauss() * quantum * 0.05
      var value = base + drift + (random.gauss() * 0.8).rounded() * quantum
      if random.unit() < bump { value += quantum * random.between(3, 14) }
      return value
    }
  }

  /// A busy machine: correlated noise, drift, a few unlabelled shifts.
  private func noisyProcessor(_ random: inout SeededGenerator) -> [Double] {
    var level = random.between(20, 60)
    let noise = random.between(0.5, 4)
    let memory = random.between(0, 0.85)
    let shifts = random.between(0, 0.0012)
    var state = 0.0
    return each { _, _ in
      state = memory * state + random.gauss() * noise
      if random.unit() < shifts { level += random.gauss() * noise * 3 }
      level += random.gauss() * noise * 0.02
      return level + state + (random.unit() < 0.004 ? random.exponential() * noise * 4 : 0)
    }
  }

  /// Requests at a load balancer: a day's shape, heavy upper tail, quiet nights.
  private func requestCount(_ random: inout SeededGenerator) -> [Double] {
    let scale = random.between(20, 400)
    let depth = random.between(0, 0.9)
    let weekend = random.between(0.5, 1)
    let tail = random.between(0.2, 0.9)
    let phase = random.unit()
    return each { _, day in
      let shape = 1 + depth * sine(day + phase) + 0.3 * depth * sine(2 * day + phase)
      let week = Int(day) % 7 >= 5 ? weekend : 1
      let burst = random.unit() < 0.006 ? random.between(1.5, 4) : 1
      return (max(0.05, shape) * week * scale * random.lognormal(tail) * burst).rounded()
    }
  }

  /// Network bytes: a level with regular transfers.
  private func network(_ random: inout SeededGenerator) -> [Double] {
    let base = random.between(5e4, 5e6)
    let noise = random.between(0.03, 0.4)
    let every = [12, 36, 72, 288, 288][random.below(5)]
    let height = base * random.between(1, 8)
    let daily = random.between(0, 0.5)
    return each { index, day in
      var value = base * (1 + daily * sine(day)) * random.lognormal(noise)
      let place = (index + (random.unit() < 0.2 ? 1 : 0)) % every
      if place < 2 { value += height * random.between(0.7, 1.15) }
      if random.unit() < 0.003 { value += height * random.between(0.2, 0.8) }
      return value
    }
  }

  /// Disk bytes: nothing for long, then bursts of all sizes.
  private func disk(_ random: inout SeededGenerator) -> [Double] {
    let size = random.between(1e5, 1e7)
    let busy = random.between(0.01, 0.25)
    let floor = random.below(2) == 0 ? 0 : size * 0.02
    var left = 0
    return each { _, _ in
      if left == 0, random.unit() < busy { left = random.within(1, 4) }
      guard left > 0 else { return floor * random.lognormal(0.2) }
      left -= 1
      return size * random.lognormal(0.7)
    }
  }

  /// A database: days, weeks, trend, nightly jobs.
  private func database(_ random: inout SeededGenerator) -> [Double] {
    let base = random.between(5, 30)
    let daily = base * random.between(0.05, 0.6)
    let weekend = random.between(0.6, 1)
    let trend = base * random.between(-0.01, 0.02)
    let noise = base * random.between(0.01, 0.12)
    let job = random.below(288)
    let height = base * random.between(0, 1.5)
    var state = 0.0
    return each { index, day in
      state = 0.6 * state + random.gauss() * noise
      var value = (base + daily * sine(day)) * (Int(day + 2) % 7 >= 5 ? weekend : 1)
      value += trend * day + state
      let place = (index - job + 288) % 288
      if place < 6 { value += height * random.between(0.8, 1.1) }
      return value
    }
  }

  /// Counts of machines or connections: plateaus, changed at daily hours and now and then.
  private func steps(_ random: inout SeededGenerator) -> [Double] {
    let low = Double(random.within(2, 20))
    let high = low + Double(random.within(1, 12))
    let (open, close) = (random.within(80, 110), random.within(200, 250))
    var extra = 0.0
    return each { index, _ in
      let place = index % 288
      if random.unit() < 0.01 { extra = (random.gauss() * 1.2).rounded() }
      return (place > open && place < close ? high : low) + extra + (random.unit() < 0.1 ? 1 : 0)
    }
  }

  /// A job that saws: up for a while, back at once.
  private func periodic(_ random: inout SeededGenerator) -> [Double] {
    let length = random.within(8, 100)
    let height = random.between(5, 60)
    let noise = height * random.between(0.01, 0.1)
    let base = random.between(0, 40)
    var place = 0
    var now = length
    return each { _, _ in
      place += 1
      if place >= now {
        place = 0
        now = length + Int(random.gauss() * Double(length) * 0.08)
      }
      return base + height * Double(place) / Double(max(1, length)) + random.gauss() * noise
    }
  }
}

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

/// A sine of turns, not radians.
func sine(_ turns: Double) -> Double {
  var x = turns - turns.rounded()
  if x > 0.25 { x = 0.5 - x } else if x < -0.25 { x = -0.5 - x }
  x *= 6.283185307179586
  let square = x * x
  return x * (1 - square / 6 * (1 - square / 20 * (1 - square / 42 * (1 - square / 72))))
}
