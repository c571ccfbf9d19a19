import Testing

@testable import Telemetry

@Suite
struct SlotWindowTests {
  @Test(arguments: 1...200)
  func `a window read at once holds what its slots hold one by one`(seed: UInt64) {
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
      #expect(read(window, store, series) == oneByOne(window, store, series), "seed \(seed)")
    }
  }

  private func read(_ window: SlotWindow, _ store: SeriesStore, _ series: SeriesID) -> [Double?] {
    var values = [Double](repeating: 5, count: window.count)
    let count = store.read(window, of: series, into: &values)
    return trimmed(values.prefix(count).map { $0.isNaN ? nil : $0 })
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
    return trimmed(values)
  }

  /// Without the empty slots at the old end, which need not be read.
  private func trimmed(_ values: [Double?]) -> [Double?] {
    Array(values.prefix((values.lastIndex { $0 != nil } ?? -1) + 1))
  }
}
