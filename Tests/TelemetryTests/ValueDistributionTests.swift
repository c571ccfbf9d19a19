import Testing

@testable import Telemetry

@Suite
struct ValueDistributionTests {
  static func distribution(_ values: [Double], _ counts: [Double]? = nil) -> ValueDistribution {
    var distribution = ValueDistribution()
    if let pairs = ValueCounts(values: values, counts: counts) { distribution.add(pairs) }
    return distribution
  }

  static let oneToTen = distribution((1...10).map(Double.init))

  /// Over the samples 1 to 10.
  @Test(arguments: [
    ("p0", 1), ("p10", 1), ("p10.1", 2), ("p50", 5), ("p90", 9), ("p99", 10), ("p100", 10),
    ("tm90", 5), ("tc90", 9), ("ts90", 45), ("TM(10%:90%)", 5.5), ("IQM", 5.5), ("TC(25%:75%)", 5),
    ("TC(:95%)", 9.5), ("TS(:95%)", 50), ("TS(80%:)", 19), ("wm90", 5.4), ("TM(2:4)", 3.5),
    ("TC(2:4)", 2), ("TS(2:4)", 7), ("WM(2:4)", 3.5), ("PR(:3)", 30), ("PR(3:5)", 20),
    ("PR(8:)", 20),
    ("TC(100:)", 0), ("PR(100:200)", 0),
  ])
  func `each statistic of the samples 1 to 10`(_ row: (name: String, value: Double)) throws {
    let statistic = try #require(ExtendedStatistic(row.name))
    #expect(Self.oneToTen.value(of: statistic) == row.value)
  }

  @Test
  func `a mean of no samples does not exist`() throws {
    let statistic = try #require(ExtendedStatistic("TM(100:200)"))
    #expect(Self.oneToTen.value(of: statistic) == nil)
  }

  @Test
  func `a value counts as often as its count says`() throws {
    let counted = Self.distribution([5, 100], [99, 1])
    #expect(counted.value(of: try #require(ExtendedStatistic("p99"))) == 5)
    #expect(counted.value(of: try #require(ExtendedStatistic("p99.1"))) == 100)
    #expect(counted == Self.distribution([5, 100, 5], [40, 1, 59]))
  }

  /// Section 4: a set is of use if count 1 and min = max = sum, or min = max and sum = min * count.
  @Test(arguments: [
    (StatisticSet(count: 1, sum: 7, minimum: 7, maximum: 7), 7.0 as Double?),
    (StatisticSet(count: 4, sum: 28, minimum: 7, maximum: 7), 7),
    (StatisticSet(count: 3, sum: 0.1 + 0.1 + 0.1, minimum: 0.1, maximum: 0.1), 0.1),
    (StatisticSet(count: 10, sum: 55, minimum: 1, maximum: 10), nil),
    (StatisticSet(count: 1, sum: 8, minimum: 7, maximum: 7), nil),
    (StatisticSet(count: 2, sum: -14, minimum: -7, maximum: -7), nil),
  ])
  func `a statistic set has a median only if it tells its samples`(
    _ row: (set: StatisticSet, median: Double?)
  ) throws {
    let median = try #require(ExtendedStatistic("p50"))
    #expect(ValueDistribution(row.set).value(of: median) == row.median)
    #expect(row.set.value(of: .extended(median)).isNaN == (row.median == nil))
  }

  @Test
  func `one negative value or one unknown set takes the percentile away`() throws {
    let median = try #require(ExtendedStatistic("p50"))
    var negative = Self.oneToTen
    negative.merge(Self.distribution([-1]))
    #expect(negative.value(of: median) == nil)
    var hidden = Self.oneToTen
    hidden.add(StatisticSet(count: 2, sum: 3, minimum: 1, maximum: 2))
    #expect(hidden.value(of: median) == nil)
    #expect(ValueDistribution(merging: [Self.oneToTen, hidden]).value(of: median) == nil)
  }

  @Test
  func `a sketch is off by no more than it says, whole or merged from parts`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix(state: seed)
    let values = (0..<20_000).map { _ in
      Double(random.next() % 1_000_000 + 1) / 1000 * Double(random.next() % 1000 + 1)
    }
    var whole = ValueDistribution()
    for value in values { whole.add(StatisticSet(value)) }
    let parts = stride(from: 0, to: values.count, by: 500).map { first in
      Self.distribution(Array(values[first..<first + 500]))
    }
    var merged = ValueDistribution()
    for part in parts { merged.merge(part) }
    #expect(whole.precisionBits < 52, "seed \(seed)")
    #expect(merged.count == 20_000, "seed \(seed)")
    let sorted = values.sorted()
    for percent in [1, 25, 50, 90, 99, 99.9] {
      let statistic = ExtendedStatistic(.percentile, upper: percent)
      let exact = sorted[Int(percent * 10) * 20 - 1]
      for sketch in [whole, merged] {
        let found = try #require(sketch.value(of: statistic))
        #expect(
          (found - exact).magnitude <= sketch.relativeError * exact, "p\(percent) seed \(seed)")
      }
      let once = ValueDistribution(merging: parts)
      #expect(once.value(of: statistic) == exact, "p\(percent) seed \(seed)")
    }
  }

  @Test
  func `a sketch stays bounded however far its values lie apart`() {
    var sketch = ValueDistribution()
    var random = SplitMix(state: 7)
    for _ in 0..<200 {
      let values = (0..<150).map { _ in
        Double(bitPattern: random.next() >> 2 | 1 << 52)
      }
      if let pairs = ValueCounts(values: values) { sketch.add(pairs) }
    }
    #expect(sketch.pairs.count <= ValueDistribution.sketchLimit)
    #expect(sketch.count == 30_000)
  }
}

/// A series that keeps values for percentiles.
@Suite
struct DistributionStoreTests {
  static let time = Timestamp(seconds: 1_767_225_600)
  static let p90 = Statistic(rawValue: "p90")

  static func store() -> (store: SeriesStore, series: SeriesID) {
    var store = SeriesStore()
    let series = store.intern(MetricID(region: "", namespace: "n", name: "m"))
    store.keepDistributions(for: series)
    return (store, series)
  }

  @Test
  func `raw samples of a minute have percentiles, also over several minutes`() throws {
    var (store, series) = Self.store()
    for second in 0..<120 {
      let time = Self.time + Int64(second) * 1000
      store.append(
        StatisticSet(Double(second)), to: series, at: time, arrival: time, merging: .adds)
    }
    var window = SlotWindow(
      end: Self.time + 120_000, lengthMilliseconds: 60_000, count: 2, enough: 2,
      statistic: try #require(Self.p90))
    // 113 and 53.
    let narrow = store.count(window, of: series, outside: ValueBounds(lowest: 54, highest: 113))
    #expect(narrow.filled == 2 && narrow.outside == 1 && narrow.oldestOutside == 2)
    #expect(store.count(window, of: series, outside: ValueBounds(lowest: 53)).outside == 0)
    window.lengthMilliseconds = 120_000
    window.count = 1
    let whole = ValueBounds(lowest: 107, highest: 107)
    #expect(store.count(window, of: series, outside: whole).filled == 1)
    #expect(store.count(window, of: series, outside: whole).outside == 0)
  }

  @Test
  func `values with counts are kept beside what the statistic set says`() throws {
    var (store, series) = Self.store()
    store.append(
      StatisticSet(count: 11, sum: 66, minimum: 1, maximum: 11),
      values: ValueCounts(values: [1, 11], counts: [10, 1]), to: series, at: Self.time,
      arrival: Self.time, merging: .adds)
    let end = Self.time + 60_000
    #expect(store.statistics(of: series, from: Self.time, to: end)?.sum == 66)
    let distribution = store.distribution(of: series, from: Self.time, to: end)
    #expect(distribution?.value(of: ExtendedStatistic(.percentile, upper: 90)) == 1)
    #expect(distribution?.value(of: ExtendedStatistic(.percentile, upper: 91)) == 11)
  }

  @Test
  func `a hidden set in a minute takes that minute's percentile away, no other's`() throws {
    var (store, series) = Self.store()
    let sets = [
      StatisticSet(5), StatisticSet(count: 2, sum: 3, minimum: 1, maximum: 2), StatisticSet(9),
    ]
    for (index, set) in sets.enumerated() {
      let time = Self.time + (index == 2 ? 60_000 : 0)
      store.append(set, to: series, at: time, arrival: time, merging: .adds)
    }
    let window = SlotWindow(
      end: Self.time + 120_000, lengthMilliseconds: 60_000, count: 2, enough: 2,
      statistic: try #require(Self.p90))
    let count = store.count(window, of: series, outside: ValueBounds(lowest: 9, highest: 9))
    #expect(count.filled == 1 && count.outside == 0)
  }

  @Test
  func `values count against the store's memory and go with their buckets`() {
    var (store, series) = Self.store()
    store.retention.milliseconds = 3 * 128 * 60_000
    for minute in 0..<2000 {
      let time = Self.time + Int64(minute) * 60_000
      for value in 0..<10 {
        store.append(
          StatisticSet(Double(value)), to: series, at: time, arrival: time, merging: .adds)
      }
    }
    let pairs = store.series[0].distributions.values.reduce(0) { $0 + $1.pairs.count + 8 }
    #expect(store.pairCount == pairs)
    #expect(store.pairCount <= 18 * 5 * 128)
    #expect(store.bytes == store.chunkCount * Chunk.nominalBytes + store.pairCount * 16)
  }

  private static func raw(
    _ values: [Double], in store: inout SeriesStore, _ series: SeriesID, at time: Timestamp = time
  ) {
    for (index, value) in values.enumerated() {
      store.append(
        StatisticSet(value), to: series, at: time + Int64(index), arrival: time, merging: .adds)
    }
  }

  /// As CloudWatch answers percentiles of raw values that PutMetricData brought one by one.
  @Test
  func `a series of single values tells percentiles though nobody asked for them before`() throws {
    var store = SeriesStore()
    let series = store.intern(MetricID(region: "", namespace: "n", name: "m"))
    Self.raw([7, 7], in: &store, series)
    #expect(store.pairCount == 0)
    Self.raw((1...10).map(Double.init), in: &store, series, at: Self.time + 60_000)
    func p90(_ first: Int64, _ end: Int64) -> Double? {
      store.value(
        of: Self.p90 ?? .average, of: series, from: Self.time + first * 60_000,
        to: Self.time + end * 60_000)
    }
    #expect(p90(0, 1) == 7)
    #expect(p90(1, 2) == 9)
    #expect(p90(0, 2) == 9)
    #expect(p90(2, 3) == nil)
  }

  @Test
  func `a negative value takes the percentiles of its bucket away, and its memory`() {
    var (store, series) = Self.store()
    Self.raw([1, 2, 3], in: &store, series)
    #expect(store.pairCount == 3 + 8)
    Self.raw([-1, 5], in: &store, series)
    #expect(store.pairCount == 0)
    #expect(
      store.distribution(of: series, from: Self.time, to: Self.time + 60_000)?.isAvailable == false)
  }

  @Test
  func `values take a quarter of the store at most, the oldest go first, and statistics stay`()
    throws
  {
    var (store, series) = Self.store()
    store.retention.bytes = 64_000
    let minutes = 500
    for minute in 0..<minutes {
      Self.raw(
        (0..<10).map(Double.init), in: &store, series, at: Self.time + Int64(minute) * 60_000)
    }
    #expect(store.pairCount * 16 <= 16_000)
    #expect(store.pairCount * 16 >= 12_000)
    func minute(_ number: Int) -> (Timestamp, Timestamp) {
      (Self.time + Int64(number) * 60_000, Self.time + Int64(number + 1) * 60_000)
    }
    for (number, expected) in [(0, nil), (minutes - 1, 8.0)] as [(Int, Double?)] {
      let (start, end) = minute(number)
      #expect(store.statistics(of: series, from: start, to: end)?.count == 10)
      #expect(store.value(of: try #require(Self.p90), of: series, from: start, to: end) == expected)
    }
  }

  /// What a metric stream tells of a minute holds for that minute, and for no other set of samples.
  @Test
  func `a percentile that a sender tells is that of its own period alone`() throws {
    var (store, series) = Self.store()
    let p90 = try #require(ExtendedStatistic("p90"))
    let p99 = try #require(ExtendedStatistic("p99"))
    var told = ValueCounts()
    told.told = [ValueCounts.Told(p90, 4.5)]
    let set = StatisticSet(count: 10, sum: 30, minimum: 1, maximum: 5)
    func append(_ minute: Int64, _ merging: Sample.Merging) {
      store.append(
        set, values: told, to: series, at: Self.time + minute * 60_000, arrival: Self.time,
        merging: merging)
    }
    func value(_ statistic: ExtendedStatistic, _ first: Int64, _ end: Int64) -> Double? {
      store.value(
        of: .extended(statistic), of: series, from: Self.time + first * 60_000,
        to: Self.time + end * 60_000)
    }
    append(0, .replaces)
    #expect(value(p90, 0, 1) == 4.5)
    #expect(value(p90, 0, 5) == 4.5)
    #expect(value(p99, 0, 1) == nil)
    append(1, .replaces)
    #expect(value(p90, 0, 2) == nil)
    append(1, .adds)
    #expect(value(p90, 1, 2) == nil)
    told.told[0].value = 4
    append(0, .replaces)
    #expect(value(p90, 0, 1) == 4)
  }

  @Test
  func `a newer aggregate replaces the values too`() {
    var (store, series) = Self.store()
    for values in [[1.0, 2, 3], [40, 50]] {
      store.append(
        ValueCounts(values: values)?.statistics ?? StatisticSet(0),
        values: ValueCounts(values: values), to: series, at: Self.time, arrival: Self.time,
        merging: .replaces)
    }
    let found = store.distribution(of: series, from: Self.time, to: Self.time + 60_000)
    #expect(found?.pairs.map(\.value) == [40, 50])
    #expect(store.pairCount == 2 + 8)
  }
}
