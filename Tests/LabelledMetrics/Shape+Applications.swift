extension LabelledSeries.Shape {
  /// A machine with jobs: it stays at one of a few loads for minutes to hours, in bursts between.
  func plateaus(_ random: inout SeededGenerator) -> [Double] {
    let idle = random.between(1, 12)
    let levels = (0..<random.within(1, 3)).map { _ in idle + random.between(8, 70) }
    let (rest, work) = (random.between(20, 200), random.between(4, 60))
    let noise = random.between(0.2, 2)
    var (level, left) = (idle, 20)
    return each { _, _ in
      left -= 1
      if left <= 0 {
        let isIdle = level == idle
        level = isIdle ? levels[random.below(levels.count)] : idle
        left = 1 + Int((isIdle ? work : rest) * random.exponential())
      }
      return level + random.gauss() * noise * (level == idle ? 0.4 : 1)
    }
  }

  /// Milliseconds of responses: log-normal, slower when busy, now and then much slower.
  func latency(_ random: inout SeededGenerator) -> [Double] {
    let base = random.between(5, 300)
    let noise = random.between(0.05, 0.45)
    let daily = random.between(0, 0.4)
    let slow = random.between(0, 0.006)
    return each { _, day in
      let busy = 1 + daily * max(0, sine(day))
      let stutter = random.unit() < slow ? random.between(1.5, 5) : 1
      return base * busy * random.lognormal(noise) * stutter
    }
  }

  /// Network bytes with transfers of all sizes: a power law whose large ones are normal.
  func heavyNetwork(_ random: inout SeededGenerator) -> [Double] {
    let base = random.between(1e4, 2e6)
    let noise = random.between(0.02, 0.25)
    let rate = random.between(0.005, 0.06)
    let power = random.between(1.4, 3)
    return each { _, _ in
      var value = base * random.lognormal(noise)
      if random.unit() < rate {
        value += base * min(25, random.lognormal(random.exponential() / power))
      }
      return value
    }
  }

  /// Processors of a group that scales: load climbs until machines are added, which halves it.
  func scalingGroup(_ random: inout SeededGenerator) -> [Double] {
    let load = random.between(60, 400)
    let daily = random.between(0.1, 0.6)
    let phase = random.unit()
    let noise = random.between(0.01, 0.06)
    var (machines, wait) = (4.0, 0)
    return each { _, day in
      let used = load * (1 + daily * sine(day + phase)) * (1 + noise * random.gauss())
      let each = used / machines
      wait -= 1
      if wait <= 0, each > 65 || each < 30, machines > 1 || each > 65 {
        machines = max(1, machines + (each > 65 ? 1 : -1))
        wait = random.within(2, 6)
      }
      return each
    }
  }

  /// A queue or cache: correlated for hours, without a home.
  func wandering(_ random: inout SeededGenerator) -> [Double] {
    let level = random.between(50, 5000)
    let memory = random.between(0.95, 0.995)
    let step = level * random.between(0.004, 0.03)
    var state = 0.0
    return each { _, _ in
      state = memory * state + random.gauss() * step
      return level + state + random.gauss() * step * 0.3
    }
  }

  /// Free storage: it sinks slowly and is set free by jobs, on a large offset.
  func storage(_ random: inout SeededGenerator) -> [Double] {
    let size = random.between(5e9, 5e11)
    let use = size * random.between(0.0002, 0.002) / Double(LabelledSeries.perDay)
    let every = [144, 288, 288, 2016][random.below(4)]
    let freed = use * Double(every) * random.between(0.6, 1)
    var free = size
    return each { index, _ in
      free -= use * (1 + 0.5 * random.gauss())
      if index % every == every / 2 { free += freed }
      return free
    }
  }
}
