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
    let values = Array(LabelledSeries(shape, seed: 7).values.prefix(900))
    let whole = pass(values)
    for cut in [200, 555, 899] {
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

  /// The shapes of AWS metrics, with seeds that played no part in choosing any constant.
  @Test
  func `the Numenta score on made series is well above the benchmark's windowed Gaussian`()
    throws
  {
    var series: [NumentaScore.Series] = []
    for shape in LabelledSeries.Shape.allCases {
      for seed in 9_001...9_002 as ClosedRange<UInt64> {
        let made = LabelledSeries(shape, seed: seed)
        series.append(.init(scores: pass(made.values).scores, windows: made.windows))
      }
    }
    let score = try #require(NumentaScore.best(series))
    #expect(score.value > 50, "\(score)")
  }
}
