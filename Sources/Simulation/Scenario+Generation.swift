import Telemetry

/// What a scenario and a seed give.
package struct Generation: Sendable {
  /// All records, in order of arrival.
  package var batch: Batch
  package var truth: GroundTruth
}

extension Scenario {
  /// Makes the records and their ground truth; nil means the scenario's own seed.
  package func generate(seed: UInt64? = nil) -> Generation {
    let seed = seed ?? self.seed
    let world = World(scenario: self)
    var batch = Batch()
    for series in allSeries {
      let samples = generate(series, metric: Int32(batch.metrics.count), in: world, seed: seed)
      batch.metrics.append(series.metric(account: account))
      batch.samples += samples
    }
    let order = batch.samples.indices.sorted {
      let (a, b) = (batch.samples[$0], batch.samples[$1])
      return a.arrival != b.arrival ? a.arrival < b.arrival : $0 < $1
    }
    batch.samples = order.map { batch.samples[$0] }
    batch.events = events
    return Generation(batch: batch, truth: groundTruth(seed: seed))
  }

  var allSeries: [SeriesPlan] {
    plan.services.flatMap(\.series) + canaries.map(\.series)
      + metrics.flatMap { $0.series(of: plan) }
  }

  private func generate(
    _ series: SeriesPlan, metric: Int32, in world: World, seed: UInt64
  ) -> [Sample] {
    var random = RandomSource(seed: seed, name: series.key)
    var courier = Courier(scenario: self, series: series, seed: seed)
    let sampling = Sampling(
      reporter: Reporter(series: series, scenario: self, world: world),
      periodMilliseconds: periodMilliseconds)
    var samples: [Sample] = []
    var time = start
    while time < end {
      let statistics = sampling.statistics(of: time, &random)
      let arrival = courier.arrival(of: time)
      if let statistics, let arrival, arrival <= end {
        samples.append(
          Sample(
            metric: metric, merging: .replaces, time: time, arrival: arrival,
            statistics: statistics))
      }
      time = time + periodMilliseconds
    }
    return samples
  }
}

/// Decides when a series' datapoints arrive.
struct Courier {
  private let scenario: Scenario
  private let silences: [Silence]
  private let delay: Int64
  private var random: RandomSource

  init(scenario: Scenario, series: SeriesPlan, seed: UInt64) {
    self.scenario = scenario
    silences = scenario.story.silences.filter { $0.pattern.matches(series) }
    random = RandomSource(seed: seed &+ 1, name: series.key)
    delay = random.integer(in: scenario.delivery.delay) / 1000 * 1000
  }

  /// When the datapoint of the period from `start` on arrives; nil: never.
  mutating func arrival(of start: Timestamp) -> Timestamp? {
    let delivery = scenario.delivery
    let jitter = random.integer(in: delivery.jitter) / 1000 * 1000
    let isMissing = random.happens(withProbability: delivery.missing)
    let isLate = random.happens(withProbability: delivery.late)
    let lateBy = random.integer(in: delivery.lateBy) / 1000 * 1000
    let lot = random.uniform()
    let offset = start - scenario.incidentStart
    for silence in silences
    where (silence.from..<silence.to).contains(offset) && lot < silence.share {
      guard let backfill = silence.backfill else { return nil }
      let way = Double(offset - silence.from) / Double(silence.to - silence.from)
      return scenario.time(atOffset: backfill) + Int64(way * 600) * 1000
    }
    if isMissing { return nil }
    return start + scenario.periodMilliseconds + delay + jitter + (isLate ? lateBy : 0)
  }
}
