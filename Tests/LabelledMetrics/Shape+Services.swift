extension LabelledSeries.Shape {
  /// A database: days, weeks, trend, nightly jobs.
  func database(_ random: inout SeededGenerator) -> [Double] {
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
  func steps(_ random: inout SeededGenerator) -> [Double] {
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
  func periodic(_ random: inout SeededGenerator) -> [Double] {
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
