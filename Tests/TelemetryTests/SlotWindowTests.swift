import Testing

@testable import Telemetry

@Suite
struct SlotWindowTests {
  @Test(arguments: 1...200)
  func `a window counted at once holds what its slots hold one by one`(seed: UInt64) {
    var random = SplitMix(state: seed)
    var store = SeriesStore()
    let series = store.intern(MetricID(region: "", namespace: "N", name: "m"))
    if seed % 3 == 0 { store.useHighResolution(for: series) }
    for _ in 0..<Int.random(in: 0...60, using: &random) {
      let time = Timestamp(seconds: Int64.random(in: 0...30_000, using: &random))
      let isSingle = seed % 2 == 0 || Bool.random(using: &random)
      let value = Double(Int.random(in: 0...9, using: &random))
      let set =
        isSingle
        ? StatisticSet(value)
        : StatisticSet(count: 3, sum: value * 3, minimum: value - 1, maximum: value + 1)
      store.append(set, to: series, at: time, arrival: time, merging: .adds)
    }
    for statistic in Statistic.allCases {
      let window = SlotWindow(
        end: Timestamp(seconds: Int64.random(in: 0...4000, using: &random) * 10),
        lengthMilliseconds: [10_000, 30_000, 60_000, 180_000, 900_000].randomElement(
          using: &random)!,
        count: Int.random(in: 1...300, using: &random),
        enough: Int.random(in: 1...20, using: &random), statistic: statistic)
      let bounds = ValueBounds(
        lowest: Double(Int.random(in: -1...5, using: &random)),
        highest: Double(Int.random(in: 4...12, using: &random)))
      let counted = store.count(window, of: series, outside: bounds)
      let expected = Self.count(oneByOne(window, store, series), outside: bounds)
      #expect(counted.filled == expected.filled, "seed \(seed)")
      #expect(counted.outside == expected.outside, "seed \(seed)")
      #expect(counted.oldestOutside == expected.oldestOutside, "seed \(seed)")
    }
  }

  private static func count(_ values: [Double?], outside bounds: ValueBounds) -> SlotCount {
    var count = SlotCount()
    count.filled = values.count { $0 != nil }
    let outside = values.indices.filter { values[$0].map(bounds.excludes) ?? false }
    count.outside = outside.count
    count.oldestOutside = outside.last.map { $0 + 1 } ?? 0
    return count
  }

  private func oneByOne(
    _ window: SlotWindow, _ store: SeriesStore, _ series: SeriesID
  ) -> [Double?] {
    var values: [Double?] = []
    for age in 1...window.count where values.count(where: { $0 != nil }) < window.enough {
      let start = window.end - Int64(age) * window.lengthMilliseconds
      let end = start + window.lengthMilliseconds
      values.append(store.statistics(of: series, from: start, to: end)?.value(of: window.statistic))
    }
    return values
  }
}
