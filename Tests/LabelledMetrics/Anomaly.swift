/// What happens at a labelled place.
package enum Anomaly: Sendable {
  case spike, burst, levelShift, drop, stall, noise, ramp, flatLine, lostSeason

  func apply(to values: inout [Double], at start: Int, _ random: inout SeededGenerator) {
    let past = values[max(0, start - 576)..<start].filter { !$0.isNaN }.sorted()
    let middle = past[past.count / 2]
    let reach = max(
      past[past.count * 98 / 100] - past[past.count * 2 / 100], 0.02 * abs(middle), 1e-3)
    let size = reach * random.between(0.7, 4)
    let end = min(values.count, start + length(&random))
    let held = values[start]
    for index in start..<end {
      let share = Double(index - start) / Double(max(1, end - start))
      switch self {
      case .spike, .burst: values[index] += size * random.between(0.6, 1.1)
      case .levelShift: values[index] += size * 0.7
      case .drop: values[index] -= max(size, 0.4 * abs(values[index]))
      case .stall: values[index] = middle - reach * 0.6
      case .noise: values[index] += size * 0.8 * random.gauss()
      case .ramp: values[index] += size * share * 1.4
      case .flatLine: values[index] = held
      case .lostSeason: values[index] = middle + 0.1 * (values[index] - middle)
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
    case .flatLine: random.within(48, 300)
    case .lostSeason: random.within(144, 576)
    }
  }
}
