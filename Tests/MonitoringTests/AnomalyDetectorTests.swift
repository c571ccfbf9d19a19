import LabelledMetrics
import Telemetry
import Testing

@testable import Monitoring

@Suite
struct AnomalyDetectorTests {
  private static let start = Timestamp(seconds: 1_767_225_600)

  /// The forecasts' bands and the scores of a series of five-minute points.
  private func pass(_ values: [Double]) -> (bands: [AnomalyBand?], scores: [Double]) {
    var detector = AnomalyDetector(periodSeconds: 300)
    var bands: [AnomalyBand?] = []
    var scores: [Double] = []
    for (index, value) in values.enumerated() {
      let time = Self.start + Int64(index) * 300_000
      bands.append(detector.forecast(at: time)?.band(width: 2))
      scores.append(value.isNaN ? 0 : detector.observe(value, at: time))
    }
    return (bands, scores)
  }

  @Test(arguments: LabelledSeries.Shape.allCases)
  func `a forecast never depends on the datapoint it is about, or on later ones`(
    shape: LabelledSeries.Shape
  ) {
    let values = Array(LabelledSeries(shape, seed: 7).values.prefix(500))
    let whole = pass(values)
    for cut in [200, 499] {
      var changed = Array(values.prefix(cut + 1))
      changed[cut] = 1e6
      let part = pass(changed)
      #expect(part.bands == Array(whole.bands.prefix(cut + 1)))
      #expect(part.scores.dropLast() == whole.scores.prefix(cut))
    }
  }

  @Test
  func `a band shows after three hours, not before`() {
    let bands = pass((0..<60).map { 20 + Double($0 % 5) }).bands
    #expect(bands.prefix(36).allSatisfy { $0 == nil })
    #expect(bands[48] != nil)
  }

  @Test
  func `a spike leaves the band, and a series that never was negative has no negative bound`() {
    var values: [Double] = (0..<600).map { 20 + Double($0 * 7 % 5) }
    values[500] = 80
    let (bands, scores) = pass(values)
    #expect(bands[500].map { 80 > $0.upper } == true)
    #expect(bands[499].map { values[499] <= $0.upper && values[499] >= $0.lower } == true)
    #expect(scores[500] > 1)
    #expect(bands.allSatisfy { ($0?.lower ?? 0) >= 0 })
  }

  @Test
  func `after a shift of level the band follows within hours`() {
    let values: [Double] = (0..<900).map { (index: Int) -> Double in
      (index < 600 ? 20 : 60) + Double(index * 7 % 5)
    }
    let (bands, scores) = pass(values)
    #expect(bands[600].map { values[600] > $0.upper } == true)
    #expect(scores[600] > 1)
    #expect(
      (640..<900).allSatisfy { index in
        bands[index].map { values[index] <= $0.upper && values[index] >= $0.lower } == true
      })
  }

  @Test
  func `a daily peak is no surprise once three days have had it`() {
    let values: [Double] = (0..<2016).map { (index: Int) -> Double in
      (100..<112).contains(index % 288) ? 90 : 20 + Double(index * 7 % 5)
    }
    let (bands, _) = pass(values)
    for day in 4..<7 {
      let hour = day * 288 + 100..<day * 288 + 112
      #expect(hour.allSatisfy { values[$0] <= bands[$0]?.upper ?? 0 }, "day \(day)")
    }
  }

  @Test
  func `gaps cost nothing and a wider band lets more pass`() {
    var values: [Double] = (0..<600).map { 20 + Double($0 * 7 % 5) }
    for index in 300..<350 { values[index] = .nan }
    let (bands, scores) = pass(values)
    #expect((350..<600).allSatisfy { scores[$0] < 0.5 })
    var detector = AnomalyDetector(periodSeconds: 300)
    for (index, value) in values.prefix(300).enumerated() {
      detector.observe(value, at: Self.start + Int64(index) * 300_000)
    }
    let forecast = detector.forecast(at: Self.start + 300 * 300_000)
    let widths = [1.0, 2, 3].compactMap { forecast?.band(width: $0) }.map { $0.upper - $0.lower }
    #expect(widths.count == 3 && widths[0] < widths[1] && widths[1] < widths[2])
    #expect(bands[400] != nil)
  }

  @Test
  func `scores are the same whether or not anyone asks for forecasts`() {
    let values = LabelledSeries(.database, seed: 3).values.prefix(1200)
    var detector = AnomalyDetector(periodSeconds: 300)
    let scores = values.enumerated().map { index, value in
      detector.observe(value, at: Self.start + Int64(index) * 300_000)
    }
    #expect(scores == pass(Array(values)).scores)
  }

  @Test
  func `an excursion leaves the band for three periods at most, however far and long it goes`() {
    let values: [Double] = (0..<1200).map { (index: Int) -> Double in
      (index < 900 ? 20 : 2e7) + Double(index * 7 % 5)
    }
    let bands = pass(values).bands
    let outside = (900..<1200).filter { index in
      bands[index].map { values[index] > $0.upper || values[index] < $0.lower } == true
    }
    #expect(outside.starts(with: [900, 901, 902]))
    #expect(outside.count <= 6)
  }

  @Test
  func `what grows slowly is an event once it has grown far enough`() {
    var values: [Double] = (0..<1500).map { 20 + Double($0 * 7 % 5) }
    for index in 1200..<1500 { values[index] += Double(index - 1200) * 0.1 }
    let scores = pass(values).scores
    #expect(scores[..<1200].suffix(600).allSatisfy { $0 < AnomalyTuning.edgeSurprise })
    #expect(scores[1200...].contains { $0 >= AnomalyTuning.edgeSurprise })
  }

  @Test
  func `a metric that hangs at one value is odd, which no band can show`() {
    var values: [Double] = (0..<1500).map { 20 + Double($0 * 7 % 5) }
    for index in 1200..<1400 { values[index] = 22 }
    let (bands, scores) = pass(values)
    #expect(scores[1200..<1400].contains { $0 >= AnomalyTuning.edgeSurprise })
    #expect((1200..<1400).allSatisfy { bands[$0].map { $0.lower < 22 && $0.upper > 22 } == true })
  }

  @Test
  func `a series that was always 0 has events, and has them again a week later`() {
    var values = [Double](repeating: 0, count: 4000)
    values[1000] = 5
    values[3500] = 500
    let (bands, scores) = pass(values)
    #expect(scores.allSatisfy { $0.isFinite })
    for index in [1000, 3500] {
      #expect(scores[index] > 1)
      #expect(bands[index].map { values[index] > $0.upper } == true)
    }
    #expect(bands[999] == AnomalyBand(lower: 0, upper: 0))
  }

  @Test(arguments: [1e-300, 1, 1e100, 1e300])
  func `the band of a series scales with it`(unit: Double) {
    let values: [Double] = (0..<600).map { Double($0 * 7 % 5) + ($0 == 500 ? 60 : 20) }
    let (bands, scores) = pass(values.map { $0 * unit })
    let plain = pass(values)
    #expect(scores.allSatisfy { $0.isFinite })
    for (band, expected) in zip(bands, plain.bands) {
      guard let band, let expected else {
        #expect(band == nil && expected == nil)
        continue
      }
      #expect(abs(band.upper / unit - expected.upper) <= 1e-6 * expected.upper)
    }
  }

  @Test(arguments: [-1e15, 1e15, -20])
  func `an offset neither breaks the band nor lets it miss what is large beside it`(offset: Double)
  {
    var values: [Double] = (0..<600).map { offset + Double($0 * 7 % 5) }
    values[500] += abs(offset)
    let bands = pass(values).bands
    #expect(bands[500].map { values[500] > $0.upper } == true)
    #expect((400..<500).allSatisfy { bands[$0].map { $0.lower < $0.upper } == true })
    #expect(
      (400..<500).allSatisfy { index in
        bands[index].map { $0.lower <= values[index] && values[index] <= $0.upper } == true
      })
  }

  @Test
  func `what is no number is not learnt`() {
    var with = AnomalyDetector(periodSeconds: 300)
    var without = AnomalyDetector(periodSeconds: 300)
    for index in 0..<400 as Range<Int64> {
      let time = Self.start + index * 300_000
      guard index % 3 == 0 else {
        let value = Double(index % 7)
        let (score, expected) = (with.observe(value, at: time), without.observe(value, at: time))
        #expect(score == expected)
        continue
      }
      let score = with.observe([.nan, .infinity, -.infinity][Int(index) % 9 / 3], at: time)
      #expect(score == 0)
    }
    let end = Self.start + 400 * 300_000
    #expect(with.forecast(at: end) == without.forecast(at: end))
  }

  @Test(arguments: [60, 300, 420, 3600, 86_400])
  func `periods from a minute to a day have bands that a spike leaves`(periodSeconds: Int) {
    var detector = AnomalyDetector(periodSeconds: periodSeconds)
    var outside: [Int] = []
    for index in 0..<1000 {
      let time = Self.start + Int64(index * periodSeconds) * 1000
      let value = index == 990 ? 400 : 20 + Double(index * 7 % 5)
      let band = detector.forecast(at: time)?.band(width: 2)
      if index > 900, let band, value > band.upper || value < band.lower { outside.append(index) }
      detector.observe(value, at: time)
    }
    #expect(outside == [990])
  }

  /// Clocks in Europe went forward on 2026-03-29 at 01:00 UTC.
  @Test
  func `a job that keeps to local time is no surprise after daylight saving begins`() throws {
    let change = try #require(Timestamp(iso8601: "2026-03-29T01:00:00Z"))
    let zone = try #require(TimeZoneTable(zoneFile: Self.zoneFile(change: change)))
    #expect(zone.offsetSeconds(at: change - 1) == 3600 && zone.offsetSeconds(at: change) == 7200)
    let first = change - 10 * 86_400_000
    let outside = { (zone: TimeZoneTable?, local: TimeZoneTable) -> Int in
      var detector = AnomalyDetector(periodSeconds: 300, zone: zone)
      var count = 0
      for index in 0..<288 * 12 {
        let time = first + Int64(index) * 300_000
        let hour = local.civilTime(at: time).hour
        let value = (9..<12).contains(hour) ? 90 : 20 + Double(index * 7 % 5)
        let centre = detector.forecast(at: time)?.centre ?? value
        if time >= change, abs(centre - value) > 30 { count += 1 }
        detector.observe(value, at: time)
      }
      return count
    }
    #expect(outside(zone, zone) < outside(nil, zone))
  }

  /// A zone an hour east of Greenwich, and two from `change` on (RFC 9636, version 1).
  private static func zoneFile(change: Timestamp) -> [UInt8] {
    let number = { (value: Int64) in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
    return Array("TZif".utf8) + [UInt8](repeating: 0, count: 16)
      + [0, 0, 0, 1, 2, 4].flatMap(number) + number(change.milliseconds / 1000) + [1]
      + number(3600) + [0, 0] + number(7200) + [1, 2] + Array("A\0B\0".utf8)
  }

  /// A series of each shape, with seeds that played no part in choosing any constant; `benchmarks
  /// anomaly-scores` has more of them and prints them by shape.
  @Test
  func `the Numenta score on made series is above 60, and above 55 of the band's firings alone`()
    throws
  {
    var scores: [NumentaScore.Series] = []
    var firings: [NumentaScore.Series] = []
    for shape in LabelledSeries.Shape.allCases {
      let made = LabelledSeries(shape, seed: 9_001)
      let (bands, odd) = pass(made.values)
      scores.append(.init(scores: odd, windows: made.windows))
      let outside = zip(bands, made.values).map { band, value in
        band.map { value < $0.lower || value > $0.upper } ?? false
      }
      let began = outside.indices.map { outside[$0] && ($0 == 0 || !outside[$0 - 1]) ? 1.0 : 0 }
      firings.append(.init(scores: began, windows: made.windows))
    }
    let best = try #require(NumentaScore.best(scores))
    let binary = try #require(NumentaScore.at(threshold: 1, firings))
    #expect(best.value > 60, "\(best)")
    #expect(binary.value > 55, "\(binary)")
  }
}
