import Telemetry

/// A GetMetricData request over local data: takes samples in, gives the answer.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
package struct MetricDataRequest: Sendable {
  let program: MetricMathProgram
  /// Where metrics live whose query does not say.
  let region: String?
  private(set) var store: SeriesStore
  private var oldest: Timestamp?
  private var newest: Timestamp?

  package init(program: MetricMathProgram, region: String? = nil) {
    self.program = program
    self.region = region
    var retention = SeriesStore.Retention()
    retention.milliseconds = Timestamp.distantFuture - Timestamp.distantPast
    store = SeriesStore(retention: retention)
  }

  /// A request over data that are stored already, and not changed.
  package init(program: MetricMathProgram, region: String? = nil, store: SeriesStore) {
    self.program = program
    self.region = region
    self.store = store
  }

  /// Stores what the queries may ask for, whatever its arrival.
  package mutating func take(_ batch: Batch) {
    let series = batch.metrics.map { isAskedFor($0) ? opened($0) : nil }
    for sample in batch.samples {
      oldest = min(oldest ?? sample.time, sample.time)
      newest = max(newest ?? sample.time, sample.time)
      guard let series = series[Int(sample.metric)] else { continue }
      store.append(
        sample.statistics, values: sample.valueCounts.map { batch.valueCounts[Int($0)] },
        to: series, at: sample.time, arrival: sample.arrival, merging: sample.merging)
    }
  }

  /// Answers all queries that return data, in their order.
  ///
  /// Without `start` and `end` the range of the data is used. A period belongs to the range if it
  /// begins in it; a given start is cut to the minute, as CloudWatch does.
  package func answer(
    from start: Timestamp? = nil, to end: Timestamp? = nil, labels times: LabelTimes = LabelTimes()
  ) throws(MetricDataFault) -> MetricDataAnswer {
    let labels = LabelMaker(region: region, times: times)
    var answer = MetricDataAnswer()
    var series: [SeriesID?] = []
    for query in program.queries { series.append(try bind(query, &answer)) }
    let data = MathData(store: store, series: series, searched: searched)
    var evaluations: [Int: MathEvaluation] = [:]
    for index in program.queries.indices where program.queries[index].returnData {
      let period = try period(of: index, &answer)
      if evaluations[period] == nil {
        evaluations[period] = MathEvaluation(
          program: program, grid: try grid(period, from: start, to: end), data: data)
      }
      let value = evaluations[period]?.value(of: index)
      guard let value, let grid = evaluations[period]?.grid else { continue }
      answer.add(value, of: program.queries[index], over: grid, labels: labels)
    }
    return answer
  }

  private var searched: [SeriesID] {
    store.metrics.sorted().filter { metric in
      region == nil || metric.region.isEmpty || metric.region == region
    }.compactMap { store.identifier(of: $0) }
  }

  private func isAskedFor(_ metric: MetricID) -> Bool {
    program.hasSearch
      || program.queries.contains { query in
        query.metric.map { AlarmBinding.Key($0) == AlarmBinding.Key(metric) } ?? false
      }
  }

  private mutating func opened(_ metric: MetricID) -> SeriesID {
    let series = store.intern(metric)
    if program.isHighResolution { store.useHighResolution(for: series) }
    if program.needsDistributions { store.keepDistributions(for: series) }
    return series
  }

  /// The series of a metric query: of several units the first in alphabetical order, and a message.
  private func bind(
    _ query: MetricDataQuery, _ answer: inout MetricDataAnswer
  ) throws(MetricDataFault) -> SeriesID? {
    guard let metric = query.metric else { return nil }
    let wanted = query.region ?? region
    let found = store.metrics.filter { candidate in
      AlarmBinding.Key(candidate) == AlarmBinding.Key(metric)
        && metric.fits(candidate, region: wanted, account: query.account)
    }
    let regions = Set(found.map(\.region)).subtracting([""]).sorted()
    if regions.count > 1 {
      throw .ambiguous(id: query.id, metric: found[0], regions: regions)
    }
    let best = found.min { AlarmBinding.prefers($0, over: $1) }
    let units = Set(found.compactMap(\.unit)).sorted()
    if units.count > 1, let unit = best?.unit {
      answer.say(
        "MultipleUnits",
        "\(query.id): the metric has data in \(units.joined(separator: ", ")); the result is in "
          + "\(unit), the key Unit chooses another")
    }
    return best.flatMap { store.identifier(of: $0) }
  }

  private func period(
    of index: Int, _ answer: inout MetricDataAnswer
  ) throws(MetricDataFault) -> Int {
    let periods = program.periods(of: index)
    if periods.count > 1 {
      let list = periods.map { "\($0) s" }.joined(separator: ", ")
      answer.say(
        "MixedPeriods",
        "\(program.queries[index].id): metrics with periods of \(list) are mixed; the largest is "
          + "used for all")
    }
    return periods.last ?? program.sharedPeriodSeconds
  }

  /// More periods than this are a slip of the pen: 60 s over 69 days.
  private static let slotLimit: Int64 = 100_000

  private func grid(
    _ period: Int, from start: Timestamp?, to end: Timestamp?
  ) throws(MetricDataFault) -> SlotGrid {
    let length = Int64(period) * 1000
    let cut = min(length, 60_000)
    guard
      let first = start?.floored(toMilliseconds: cut) ?? oldest?.floored(toMilliseconds: length),
      let last = end ?? newest.map({ $0 + 1 })
    else { return SlotGrid(periodSeconds: period, from: .distantPast, to: .distantPast) }
    if (last - first) / length > Self.slotLimit { throw .tooLong(periodSeconds: period) }
    return SlotGrid(periodSeconds: period, from: first, to: last)
  }
}

/// Why a request has no answer.
package enum MetricDataFault: Error, Hashable, Sendable, CustomStringConvertible {
  case ambiguous(id: String, metric: MetricID, regions: [String])
  case tooLong(periodSeconds: Int)

  package var description: String {
    switch self {
    case .ambiguous(let id, let metric, let regions):
      "\(id): \(metric.namespace) \(metric.name) is in \(regions.joined(separator: ", ")): say which "
        + "with --region or the key Region"
    case .tooLong(let period):
      "the range holds more than 100,000 periods of \(period) s: choose a later --start or a longer "
        + "Period"
    }
  }
}
