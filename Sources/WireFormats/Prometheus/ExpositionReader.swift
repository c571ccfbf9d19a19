import Telemetry

/// Reads the lines of Prometheus text and OpenMetrics, which differ in their times and their ends.
///
/// Counters become what they grew by since the look before, histograms and summaries samples with
/// count and sum; everything else is a value as it stands. NaN is a gap.
struct ExpositionReader: Sendable {
  private let context: DecodingContext
  private let isOpenMetrics: Bool
  private var series: SeriesCache<MetricFamilies.Role>
  private var families = MetricFamilies()
  private var groups = HistogramGroups()
  /// Whether `# EOF` has been read.
  private(set) var hasEnded = false

  init(context: DecodingContext, isOpenMetrics: Bool) {
    self.context = context
    self.isOpenMetrics = isOpenMetrics
    series = SeriesCache(limit: context.seriesLimit)
  }

  mutating func beginPiece() { series.beginPiece() }

  /// Reads one line; returns what is wrong with it.
  mutating func read(
    _ line: Span<UInt8>, time fallback: Timestamp?, arrival: Timestamp?, into batch: inout Batch
  ) -> String? {
    if line.isBlank { return nil }
    if hasEnded { return "something follows # EOF" }
    if line[0] == UInt8(ascii: "#") {
      readComment(line)
      return nil
    }
    guard let sample = ExpositionLine(line) else { return "not a name, labels and a value" }
    guard let value = line.double(in: sample.value) else { return "the value is not a number" }
    guard let time = sample.time.isEmpty ? fallback : self.time(sample.time, in: line) else {
      return sample.time.isEmpty
        ? "no time, and when it was read is not known"
        : isOpenMetrics
          ? "the time is not a number of seconds in the years 1 to 9999"
          : "the time is not a whole number of milliseconds in the years 1 to 9999"
    }
    let key = SeriesKey(sample.series)
    let hash = key.hash(in: line)
    guard let entry = series.find(key, hash: hash, in: line) else {
      return add(key, hash: hash, in: line, value, time: time, arrival: arrival, into: &batch)
    }
    return take(value, of: entry, time: time, arrival: arrival ?? time, into: &batch)
  }

  /// How many histograms and summaries are known.
  var histogramCount: Int { groups.count }

  /// Makes samples of the histograms that are open.
  mutating func settle(into batch: inout Batch) {
    groups.close(piece: series.piece, into: &batch)
    tellFaults(into: &batch)
  }

  private mutating func tellFaults(into batch: inout Batch) {
    for fault in groups.faults {
      batch.rejects.append(Reject(source: context.source, line: 0, record: "", reason: fault))
    }
    groups.faults = []
  }

  /// The input has ended; another may follow.
  mutating func finish(into batch: inout Batch) {
    settle(into: &batch)
    hasEnded = false
  }

  private func time(_ range: Range<Int>, in line: Span<UInt8>) -> Timestamp? {
    if !isOpenMetrics {
      return line.integer(in: range).flatMap { Timestamp(recordableMilliseconds: $0) }
    }
    return line.double(in: range).flatMap { Timestamp(recordableMilliseconds: $0 * 1000) }
  }

  private mutating func readComment(_ line: Span<UInt8>) {
    let words = line.text(in: 0..<min(line.count, 4096)).split(
      separator: " ", maxSplits: 3, omittingEmptySubsequences: true)
    if isOpenMetrics, words == ["#", "EOF"] { hasEnded = true }
    guard words.count == 4 else { return }
    let family = ExpositionName(Array("{\(words[2])}".utf8))?.name ?? String(words[2])
    if words[1] == "TYPE", let type = MetricFamilies.FamilyType(rawValue: String(words[3])) {
      families.set(type, of: family)
    } else if words[1] == "UNIT" {
      families.set(unit: String(words[3]), of: family)
    }
  }

  private mutating func add(
    _ key: SeriesKey, hash: UInt64, in line: Span<UInt8>, _ value: Double, time: Timestamp,
    arrival: Timestamp?, into batch: inout Batch
  ) -> String? {
    guard let name = ExpositionName(Array(copying: line.extracting(key.first))) else {
      return "the labels are not written name=\"value\""
    }
    let reading = families.reading(name: name.name, labels: name.labels)
    let metric = context.naming.metric(
      name: reading.name, labels: reading.labels, unit: reading.unit, identity: context.identity)
    guard series.hasRoom(for: key) else { return series.refusal }
    let role = groups.role(of: reading, metric: metric)
    guard let entry = series.insert(key, hash: hash, in: line, metric: metric, state: role) else {
      return series.refusal
    }
    return take(value, of: entry, time: time, arrival: arrival ?? time, into: &batch)
  }

  private mutating func take(
    _ value: Double, of entry: Int, time: Timestamp, arrival: Timestamp, into batch: inout Batch
  ) -> String? {
    if case .part(let part, let group) = series[entry] {
      groups.take(
        part, of: group, value: value, time: time, arrival: arrival, piece: series.piece,
        into: &batch)
      if !groups.faults.isEmpty { tellFaults(into: &batch) }
      return nil
    }
    if groups.isOpen { settle(into: &batch) }
    if value.isNaN { return nil }
    guard value.isStorable else { return "the value is not \(Double.storableExpectation)" }
    guard let value = series[entry].value(value, at: time) else { return nil }
    batch.samples.append(
      Sample(
        metric: series.batchIndex(of: entry, in: &batch), time: time, arrival: arrival,
        statistics: StatisticSet(value)))
    return nil
  }
}

extension MetricFamilies.Role {
  /// What is stored for a look at a series, which saw a number; nil where there is nothing to store.
  mutating func value(_ value: Double, at time: Timestamp) -> Double? {
    switch self {
    case .value: return value
    case .counter(var counter):
      let increase = counter.increase(to: value, at: time)
      self = .counter(counter)
      return increase
    case .part, .ignored: return nil
    }
  }
}

extension HistogramGroups {
  /// The role of a series, with a group for its histogram where it is a part of one.
  mutating func role(of reading: MetricFamilies.Reading, metric: MetricID) -> MetricFamilies.Role {
    switch reading.kind {
    case .value: .value
    case .counter: .counter(Counter())
    case .ignored: .ignored
    case .part(let part, let isCumulative):
      .part(part, group: group(metric, family: reading.family, isCumulative: isCumulative))
    }
  }
}
