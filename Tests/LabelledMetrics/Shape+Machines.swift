extension LabelledSeries.Shape {
  func each(_ body: (Int, Double) -> Double) -> [Double] {
    (0..<LabelledSeries.points).map { body($0, Double($0) / Double(LabelledSeries.perDay)) }
  }

  /// A hardly used machine: a few quantised values, small bumps.
  func quietProcessor(_ random: inout SeededGenerator) -> [Double] {
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
  func noisyProcessor(_ random: inout SeededGenerator) -> [Double] {
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
  func requestCount(_ random: inout SeededGenerator) -> [Double] {
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
  func network(_ random: inout SeededGenerator) -> [Double] {
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
  func disk(_ random: inout SeededGenerator) -> [Double] {
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
}
