import Testing

@testable import Monitoring

/// Forecasts of when a copy that is behind will have caught up.
@Suite
struct CatchUpTests {
  /// An hour of samples, the last of them now.
  private func points(_ lag: (Double) -> Double) -> [CatchUp.Point] {
    (0..<60).map { step in
      let time = Double(step - 59) * 60
      return CatchUp.Point(time: time, lag: lag(time))
    }
  }

  @Test
  func `a copy that is not behind has no forecast`() {
    #expect(CatchUp(points { _ in 0.4 }, target: 1) == nil)
    #expect(CatchUp([], target: 1) == nil)
    #expect(CatchUp(points { _ in 9 }.suffix(3), target: 1) == nil)
  }

  @Test(arguments: [0.0, 0.2, 1.0])
  func `a lag that does not fall is diverging`(slope: Double) {
    let forecast = CatchUp(points { 7200 + slope * $0 }, target: 60)
    #expect(forecast?.isDiverging == true)
    #expect(forecast?.earliestSeconds == nil)
    #expect(forecast?.sentence.hasPrefix("diverging") == true)
  }

  @Test
  func `a straight fall is told as it is, with a later end in case it slows down`() throws {
    let forecast = try #require(CatchUp(points { 1000 - 0.5 * $0 }, target: 100))
    #expect(forecast.isDiverging == false)
    #expect(forecast.slope == -0.5)
    let (first, last) = (
      try #require(forecast.earliestSeconds), try #require(forecast.latestSeconds)
    )
    #expect((1799...1801).contains(first))
    #expect(last > first)
  }

  @Test(arguments: [0.0005, 0.001, 0.003])
  func `a fall that slows down ends within the range`(rate: Double) throws {
    let forecast = try #require(
      CatchUp(points { 5000 * Self.exponential(-rate * $0) }, target: 60))
    let truth = Self.logarithm(5000.0 / 60) / rate
    #expect(try #require(forecast.earliestSeconds) < truth)
    #expect(try #require(forecast.latestSeconds) >= truth * 0.999)
  }

  @Test
  func `where the day's peak writes more than is applied, no end is promised`() throws {
    // At half the peak 0.6 s of lag are won in a second; at the peak 1 - 1.6 / 2 = 0.2 s.
    let falling = points { 4000 - 0.6 * $0 }
    let slower = try #require(
      CatchUp(falling, target: 100, load: CatchUp.Load(now: 500, peak: 625)))
    #expect(try #require(slower.latestSeconds) > 3900 / 0.6)
    let never = try #require(
      CatchUp(falling, target: 100, load: CatchUp.Load(now: 500, peak: 1000)))
    #expect(never.earliestSeconds != nil)
    #expect(never.latestSeconds == nil)
    #expect(never.sentence.hasSuffix("with the day's highest writes not at all"))
  }

  @Test(arguments: 0..<200)
  func `the end is never later than told, whatever the day's writes do`(seed: UInt64) throws {
    var noise = Noise(seed: seed &* 7919 &+ 13)
    let applied = 600 + 600 * noise.unit()
    let (base, swing) = (300 + 300 * noise.unit(), 400 * noise.unit())
    let phase = 86_400 * noise.unit()
    func writes(_ time: Double) -> Double {
      base + swing * Self.wave((time + phase) / 86_400)
    }
    var lag = 20_000.0
    var samples: [CatchUp.Point] = []
    for step in 0..<60 {
      let time = Double(step - 59) * 60
      samples.append(CatchUp.Point(time: time, lag: lag))
      lag += 60 * (1 - applied / writes(time))
    }
    let load = CatchUp.Load(now: writes(0), peak: base + swing)
    let forecast = CatchUp(samples, target: 60, load: load)
    guard let forecast, !forecast.isDiverging, let latest = forecast.latestSeconds else { return }
    var (time, left) = (0.0, samples[59].lag)
    while left > 60, time < 3_000_000 {
      left += 60 * (1 - applied / writes(time))
      time += 60
    }
    #expect(time <= latest * 1.05 + 120, "seed \(seed)")
  }

  /// A triangle from 0 to 1 and back: a day's curve without a mathematics library.
  private static func wave(_ turns: Double) -> Double {
    let part = turns - turns.rounded(.down)
    return part < 0.5 ? 2 * part : 2 - 2 * part
  }

  private static func exponential(_ power: Double) -> Double {
    var (term, sum) = (1.0, 1.0)
    for step in 1..<80 {
      term *= power / Double(step)
      sum += term
    }
    return sum
  }

  /// By halving: independent of the code under test.
  private static func logarithm(_ number: Double) -> Double {
    var (low, high) = (0.0, 40.0)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if exponential(middle) < number { low = middle } else { high = middle }
    }
    return low
  }
}
