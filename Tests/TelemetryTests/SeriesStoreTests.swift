import Testing

@testable import Telemetry

@Suite
struct SeriesStoreTests {
  let lag = MetricID(region: "eu-west-1", namespace: "AWS/RDS", name: "ReplicaLag")

  private func filled(_ points: [(seconds: Int64, value: Double)]) -> (SeriesStore, SeriesID) {
    var store = SeriesStore()
    let series = store.intern(lag)
    for point in points {
      let time = Timestamp(seconds: point.seconds)
      store.append(
        StatisticSet(point.value), to: series, at: time, arrival: time, merging: .adds)
    }
    return (store, series)
  }

  @Test
  func `samples of one minute become one statistic set`() {
    let (store, series) = filled([(0, 4), (10, 8), (59, 0), (60, 100)])
    let minute = store.statistics(
      of: series, from: Timestamp(seconds: 0), to: Timestamp(seconds: 60))
    #expect(minute == StatisticSet(count: 3, sum: 12, minimum: 0, maximum: 8))
  }

  @Test
  func `a gap is nothing, not zero`() {
    let (store, series) = filled([(0, 4), (180, 0)])
    let gap = store.statistics(
      of: series, from: Timestamp(seconds: 60), to: Timestamp(seconds: 180))
    #expect(gap == nil)
    #expect(store.datapoints(of: series, from: .distantPast, to: .distantFuture).count == 2)
  }

  @Test
  func `an aggregate that is read again replaces, a raw sample adds`() {
    var (store, series) = filled([(0, 4)])
    let time = Timestamp(seconds: 0)
    store.append(StatisticSet(9), to: series, at: time, arrival: time, merging: .replaces)
    #expect(store.statistics(of: series, from: time, to: time + 60_000) == StatisticSet(9))
    store.append(StatisticSet(1), to: series, at: time, arrival: time, merging: .adds)
    #expect(store.statistics(of: series, from: time, to: time + 60_000)?.count == 2)
  }

  @Test
  func `a late point lands in its place, before the first one too`() {
    let (store, series) = filled([(7200, 1), (7260, 2), (60, 3), (-86_400, 4)])
    let times = store.datapoints(of: series, from: .distantPast, to: .distantFuture)
      .map { $0.time.milliseconds / 1000 }
    #expect(times == [-86_400, 60, 7200, 7260])
    #expect(store.freshness(of: series)?.time == Timestamp(seconds: 7260))
  }

  @Test
  func `the newest point is found across long gaps`() {
    let (store, series) = filled([(0, 1), (600_000, 2)])
    func newest(_ seconds: Int64) -> Double? {
      store.newest(
        of: series, atOrBefore: Timestamp(seconds: seconds), notBefore: .distantPast
      )?.statistics.sum
    }
    #expect(newest(600_059) == 2)
    #expect(newest(599_999) == 1)
    #expect(newest(-1) == nil)
    #expect(
      store.newest(
        of: series, atOrBefore: Timestamp(seconds: 599_000), notBefore: Timestamp(seconds: 60))
        == nil)
  }

  @Test
  func `history is bounded by time and by bytes, the oldest goes first`() {
    var store = SeriesStore()
    store.retention.milliseconds = 86_400_000
    let series = store.intern(lag)
    for minute in Int64(0)..<10_000 {
      let time = Timestamp(seconds: minute * 60)
      store.append(StatisticSet(1), to: series, at: time, arrival: time, merging: .adds)
    }
    #expect(store.chunkCount <= 1440 / 128 + 2)
    store.retention.bytes = 4 * 1056
    let time = Timestamp(seconds: 600_000)
    store.append(StatisticSet(1), to: series, at: time, arrival: time, merging: .adds)
    #expect(store.bytes <= 4 * 1056)
    #expect(store.newest(of: series, atOrBefore: time, notBefore: .distantPast) != nil)
  }

  @Test
  func `a time far ahead costs the old history, not the memory`() {
    let (store, series) = filled([(0, 1), (60, 2), (250_000_000_000, 3)])
    #expect(store.chunkCount == 1)
    #expect(store.datapoints(of: series, from: .distantPast, to: .distantFuture).count == 1)
  }

  @Test(arguments: 0..<50)
  func `the store agrees with a plain dictionary`(_ seed: UInt64) {
    var random = SplitMix(state: seed)
    var store = SeriesStore()
    let series = store.intern(lag)
    var model: [Int64: StatisticSet] = [:]
    for _ in 0..<400 {
      let time = Timestamp(seconds: Int64(random.next() % 100_000))
      let sample = StatisticSet(Double(random.next() % 100))
      store.append(sample, to: series, at: time, arrival: time, merging: .adds)
      let bucket = time.milliseconds / 60_000
      if model[bucket] == nil { model[bucket] = sample } else { model[bucket]?.merge(sample) }
    }
    let expected = model.sorted { $0.key < $1.key }.map {
      Datapoint(time: Timestamp(milliseconds: $0.key * 60_000), statistics: $0.value)
    }
    let found = store.datapoints(of: series, from: .distantPast, to: .distantFuture)
    #expect(found == expected, "seed \(seed)")
    for point in expected {
      #expect(
        store.statistics(of: series, from: point.time, to: point.time + 60_000) == point.statistics)
    }
  }
}

/// A small seeded generator (Steele, Lea, Flood: SplitMix64).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
