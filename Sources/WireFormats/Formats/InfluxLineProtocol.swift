import Telemetry

/// InfluxDB line protocol: `measurement,tag=a field=1.5,other=3i 1795424400250000000`.
///
/// One point with n fields is n series, `measurement_field`; tags are labels; booleans are 1 and 0;
/// strings are no metric and are left out. Without a precision the size of a time tells what it
/// counts. Source: InfluxData's "Line protocol" reference.
package struct InfluxLineProtocol: LineFormat {
  package static let name = "influx"
  package static let summary = "InfluxDB line protocol"
  package static let isReadableInParts = true

  package let context: DecodingContext
  package var lines: LineSplitter
  private var series: SeriesCache<Void>

  package static func recognises(_ beginning: InputBeginning) -> Bool {
    let lines = beginning.bytes.prefix(16_384).split(separator: 10)
    guard let first = lines.first(where: { $0.first != UInt8(ascii: "#") }) else { return false }
    let line = Array(first.last == 13 ? first.dropLast() : first)
    guard var point = InfluxPoint(line.span), let field = point.nextField(in: line.span) else {
      return false
    }
    return point.fault == nil && !field.key.isEmpty && field.kind != .unknown
  }

  package init(context: DecodingContext) {
    self.context = context
    lines = LineSplitter(limit: context.lineLimit)
    series = SeriesCache(limit: context.seriesLimit)
  }

  package mutating func beginPiece() { series.beginPiece() }

  package mutating func read(
    _ line: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) {
    guard var point = InfluxPoint(line) else {
      let isNoPoint = line.isBlank || line[0] == UInt8(ascii: "#")
      if !isNoPoint { reject(line, "not a measurement with tags and fields", into: &batch) }
      return
    }
    let samples = batch.samples.count
    var fault: String?
    while let field = point.nextField(in: line), fault == nil {
      fault = read(field, of: point, in: line, into: &batch)
    }
    let time =
      point.hasTime
      ? point.time(in: line, precision: context.precision) : time(arrival: arrival)
    fault = fault ?? point.fault ?? (time == nil ? point.timeFault : nil)
    if let fault {
      // Nothing of a broken line is kept.
      batch.samples.removeLast(batch.samples.count - samples)
      return reject(line, fault, into: &batch)
    }
    guard let time else { return }
    for index in samples..<batch.samples.count {
      batch.samples[index].time = time
      batch.samples[index].arrival = arrival ?? time
    }
  }

  /// Adds a sample, whose time follows later; returns what is wrong with the field.
  private mutating func read(
    _ field: InfluxPoint.Field, of point: InfluxPoint, in line: Span<UInt8>,
    into batch: inout Batch
  ) -> String? {
    guard let value = field.number(in: line) else {
      return field.kind == .string
        ? nil : "the field \(line.text(in: field.key)) is neither a number, a string nor a boolean"
    }
    guard value.isStorable else {
      return "the field \(line.text(in: field.key)) is not \(Double.storableExpectation)"
    }
    let key = SeriesKey(point.series, field.key)
    let hash = key.hash(in: line)
    guard let entry = series.find(key, hash: hash, in: line) ?? add(key, hash: hash, in: line)
    else {
      return series.refusal
    }
    batch.samples.append(
      Sample(
        metric: series.batchIndex(of: entry, in: &batch), time: .distantPast,
        arrival: .distantPast, statistics: StatisticSet(value)))
    return nil
  }

  private mutating func add(_ key: SeriesKey, hash: UInt64, in line: Span<UInt8>) -> Int? {
    let (measurement, tags) = InfluxPoint.names(in: line, series: key.first)
    let field = InfluxPoint.unescaped(line, key.second)
    let name = "\(measurement)_\(field)"
    let metric = context.naming.metric(
      name: name, labels: tags, unit: MetricUnit.suffix(of: name), identity: context.identity)
    return series.insert(key, hash: hash, in: line, metric: metric, state: ())
  }
}

/// What the timestamps of a writer count.
package enum TimePrecision: String, Hashable, Sendable, CaseIterable {
  case nanoseconds = "ns"
  case microseconds = "us"
  case milliseconds = "ms"
  case seconds = "s"
  case minutes = "m"
  case hours = "h"

  /// Also takes the spellings of InfluxDB 1: `n`, `u`.
  package init?(named name: String) {
    self.init(rawValue: ["n": "ns", "u": "us"][name] ?? name)
  }

  /// The time of a count; nil beyond year 9999.
  func timestamp(_ count: Int64) -> Timestamp? {
    let milliseconds: Int64? =
      switch self {
      case .nanoseconds: count / 1_000_000
      case .microseconds: count / 1000
      case .milliseconds: count
      case .seconds: count.multiplied(by: 1000)
      case .minutes: count.multiplied(by: 60_000)
      case .hours: count.multiplied(by: 3_600_000)
      }
    return milliseconds.flatMap { Timestamp(recordableMilliseconds: $0) }
  }
}

extension Int64 {
  /// The product; nil where it does not fit.
  fileprivate func multiplied(by factor: Int64) -> Int64? {
    let (product, overflow) = multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
  }
}
