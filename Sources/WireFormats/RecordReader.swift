import Documents
import Telemetry

/// Reads single JSON records: metrics of a metric stream, events, and the first line of a recording.
struct RecordReader: Sendable {
  let source: String
  private(set) var header: RecordingHeader?
  private var metrics = MetricCache()

  init(source: String) { self.source = source }

  mutating func beginPiece() { metrics.beginPiece() }

  /// Reads one record; white space alone is none.
  mutating func read(
    _ bytes: Span<UInt8>, line: Int, arrival: Timestamp?, into batch: inout Batch
  ) {
    var record = MetricLine()
    let guess = metrics.guess(bytes, into: &record, batch: &batch)
    if guess == nil {
      record = MetricLine()
      guard record.read(bytes), record.isMetric else {
        return readOther(bytes, line: line, arrival: arrival, into: &batch)
      }
    }
    guard let time = record.timestamp.flatMap(Timestamp.init(recordableMilliseconds:)),
      let statistics = record.statistics, !Self.isBeforeItsTime(record),
      let metric = guess ?? metrics.index(of: record, in: bytes, batch: &batch)
    else { return reject(bytes, line: line, reason: Self.fault(of: record), into: &batch) }
    var place: Int32?
    if !(record.values.isEmpty && record.otherStatistics.isEmpty) {
      guard let values = Self.valueCounts(of: record, bytes) else {
        return reject(
          bytes, line: line,
          reason: "values and counts are not two lists of numbers of one length, counts above 0",
          into: &batch)
      }
      if !values.isEmpty { place = batch.place(of: values) }
    }
    let ownArrival = record.arrival.flatMap(Timestamp.init(recordableMilliseconds:))
    batch.samples.append(
      Sample(
        metric: metric, merging: record.adds ? .adds : .replaces, time: time,
        arrival: ownArrival ?? arrival ?? time, statistics: statistics,
        valueCounts: place))
  }

  /// What a record tells beside the four statistics; nil where its values are not lists of numbers.
  private static func valueCounts(of record: MetricLine, _ bytes: Span<UInt8>) -> ValueCounts? {
    var result = ValueCounts()
    if !record.values.isEmpty {
      guard let values = values(of: record, bytes) else { return nil }
      result = values
    }
    if !record.otherStatistics.isEmpty { result.told = told(of: record, bytes) }
    return result
  }

  /// The extended statistics that a record tells; other members of `value` are left out.
  private static func told(of record: MetricLine, _ bytes: Span<UInt8>) -> [ValueCounts.Told] {
    let value = try? Node.json(Array(copying: bytes.extracting(record.otherStatistics)))
    return (value?.entries ?? []).compactMap { entry in
      guard let statistic = ExtendedStatistic(entry.key), let number = entry.value.real,
        number.isStorable
      else { return nil }
      return ValueCounts.Told(statistic, number)
    }
  }

  /// The values that a sample was made of; nil where they are not lists of numbers.
  private static func values(of record: MetricLine, _ bytes: Span<UInt8>) -> ValueCounts? {
    guard let values = numbers(bytes, at: record.values),
      let counts = numbers(bytes, at: record.counts)
    else { return nil }
    return ValueCounts(values: values, counts: counts)
  }

  private static func numbers(_ bytes: Span<UInt8>, at range: Range<Int>) -> [Double]? {
    let list = try? Node.json(Array(copying: bytes.extracting(range)))
    guard let elements = list?.elements else { return nil }
    let numbers = elements.compactMap(\.real)
    return numbers.count == elements.count ? numbers : nil
  }

  private mutating func readOther(
    _ bytes: Span<UInt8>, line: Int, arrival: Timestamp?, into batch: inout Batch
  ) {
    let record = Array(copying: bytes)
    if record.allSatisfy({ $0 == 32 || (9...13).contains($0) }) { return }
    do throws(Fault) {
      let node = try Node.json(record, file: source)
      if let found = RecordingHeader(node) {
        header = header ?? found
        return
      }
      var reader = EventReader(arrival: arrival)
      reader.read(node)
      batch.events += reader.events
      for reason in reader.faults {
        reject(bytes, line: line, reason: reason, into: &batch)
      }
    } catch {
      let reason = "'\(error.value ?? "nothing")' is not \(error.expected)"
      reject(bytes, line: line, reason: reason, into: &batch)
    }
  }

  func reject(_ bytes: Span<UInt8>, line: Int, reason: String, into batch: inout Batch) {
    let excerpt = Array(copying: bytes.extracting(0..<min(bytes.count, 4 * Reject.recordLimit)))
    batch.rejects.append(
      Reject(
        source: source, line: line, record: String(decoding: excerpt, as: UTF8.self),
        reason: reason))
  }

  /// Whether a record tells that it arrived long before its own time, which it cannot have.
  ///
  /// CloudWatch takes timestamps up to two hours ahead.
  private static func isBeforeItsTime(_ record: MetricLine) -> Bool {
    guard let arrival = record.arrival, let time = record.timestamp else { return false }
    return arrival < time - 7_200_000
  }

  private static func fault(of record: MetricLine) -> String {
    if record.timestamp.flatMap(Timestamp.init(recordableMilliseconds:)) == nil {
      return "timestamp is not a number of milliseconds since 1970, in the years 1 to 9999"
    }
    if isBeforeItsTime(record) { return "arrival is more than two hours before timestamp" }
    let statistics = [
      ("count", record.count), ("sum", record.sum), ("min", record.minimum),
      ("max", record.maximum),
    ]
    for (name, value) in statistics where value == nil { return "value.\(name) is not a number" }
    if let count = record.count, count <= 0 { return "value.count is not above 0" }
    if let low = record.minimum, let high = record.maximum, low > high {
      return "value.min is above value.max"
    }
    if record.statistics == nil {
      return "count, sum, min or max of value is not \(Double.storableExpectation)"
    }
    return "the members that name the metric are not strings and a map of strings"
  }
}

extension MetricID {
  /// The metric that a metric stream's record names.
  init?(_ record: Span<UInt8>) {
    guard let node = try? Node.json(Array(copying: record)),
      let namespace = node["namespace"]?.text, let name = node["metric_name"]?.text
    else { return nil }
    var dimensions: [Dimension] = []
    for entry in node["dimensions"]?.entries ?? [] {
      guard let value = entry.value.text else { return nil }
      dimensions.append(Dimension(name: entry.key, value: value))
    }
    self.init(
      region: node["region"]?.text ?? "", account: node["account_id"]?.text ?? "",
      namespace: namespace, name: name, dimensions: dimensions, unit: node["unit"]?.text)
  }
}
