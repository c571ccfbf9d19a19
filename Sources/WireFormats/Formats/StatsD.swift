import Telemetry

/// StatsD and DogStatsD lines: metrics, events and service checks.
///
/// Every value is a sample, as with PutMetricData: the Sum of a counter is what was counted, the
/// Average of a timer its mean; a sample rate makes a sample count as many. The Sum of a set is the
/// number of different values of the minute. A gauge with a sign is a change to the gauge's last
/// value, but for a minus in a line with DogStatsD's tags, whose clients send values. Service checks are metrics of 0 to 3, and an event whenever they change.
///
/// Sources: StatsD, "Metric Types"; Datadog, "Datagram Format and Shell Usage".
package struct StatsD: LineFormat {
  package static let name = "statsd"
  package static let summary = "StatsD and DogStatsD lines"

  package let context: DecodingContext
  package var lines: LineSplitter
  var series: SeriesCache<StatsDState>
  /// A gauge that was set to 0, which may only be the first half of setting it to a negative value.
  var held: HeldGauge?
  /// How many different values of sets are remembered, of all series together.
  var seenCount = 0

  struct HeldGauge {
    var entry: Int
    var time: Timestamp
    var arrival: Timestamp
  }

  package static func recognises(_ beginning: InputBeginning) -> Bool {
    let line = Array(beginning.firstLine.utf8)
    let span = line.span
    if StatsDMessage.isMessage(span) { return StatsDMessage(span) != nil }
    guard let record = StatsDLine(span), let kind = record.kind(in: span) else { return false }
    let isName = !span.text(in: record.name).contains { "{} ,|\"".contains($0) }
    var position = record.values.lowerBound
    let value = span.value(of: record, from: &position)
    return isName && (kind == .set || span.double(in: value) != nil)
  }

  package init(context: DecodingContext) {
    self.context = context
    lines = LineSplitter(limit: context.lineLimit)
    series = SeriesCache(limit: context.seriesLimit)
  }

  package mutating func beginPiece() { series.beginPiece() }

  package mutating func settle(arrival: Timestamp?, into batch: inout Batch) {
    beginPiece()
    releaseHeld(into: &batch)
  }

  package mutating func read(
    _ line: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) {
    if line.isBlank { return }
    if StatsDMessage.isMessage(line) { return readMessage(line, arrival: arrival, into: &batch) }
    guard let record = StatsDLine(line) else {
      return reject(line, "not a name, a value and a type such as name:1|c", into: &batch)
    }
    guard let kind = record.kind(in: line) else {
      return reject(
        line, "'\(line.text(in: record.type))' is not one of the types c, g, ms, h, d, s",
        into: &batch)
    }
    guard let time = time(of: record, in: line, arrival: arrival) else {
      return reject(line, "no time, and when it arrived is not known", into: &batch)
    }
    var rate = 1.0
    if !record.rate.isEmpty {
      guard let given = line.double(in: record.rate), given > 0, given <= 1, (1 / given).isStorable
      else {
        return reject(line, "the sample rate is not above 0 and at most 1", into: &batch)
      }
      rate = given
    }
    let key = SeriesKey(record.name, record.type, record.tags)
    let hash = key.hash(in: line)
    guard
      let entry = series.find(key, hash: hash, in: line)
        ?? add(record, key, kind, hash: hash, in: line)
    else { return reject(line, series.refusal, into: &batch) }
    let sample = StatsDSample(
      entry: entry, kind: kind, rate: rate, time: time, arrival: arrival ?? time)
    take(record, sample, in: line, into: &batch)
  }

  private func time(
    of record: StatsDLine, in line: Span<UInt8>, arrival: Timestamp?
  ) -> Timestamp? {
    guard !record.time.isEmpty else { return time(arrival: arrival) }
    guard let seconds = line.integer(in: record.time), (0..<100_000_000_000).contains(seconds)
    else {
      return nil
    }
    return Timestamp(seconds: seconds)
  }

  private mutating func add(
    _ record: StatsDLine, _ key: SeriesKey, _ kind: StatsDLine.Kind, hash: UInt64,
    in line: Span<UInt8>
  ) -> Int? {
    let name = line.text(in: record.name)
    let metric = context.naming.metric(
      name: name, labels: StatsDLine.labels(line, record.tags),
      unit: kind.unit ?? MetricUnit.suffix(of: name), identity: context.identity)
    return series.insert(key, hash: hash, in: line, metric: metric, state: StatsDState())
  }

  private mutating func readMessage(
    _ line: Span<UInt8>, arrival: Timestamp?, into batch: inout Batch
  ) {
    guard let message = StatsDMessage(line) else {
      return reject(
        line, "not an event _e{bytes,bytes}:title|text or a check _sc|name|0 to 3", into: &batch)
    }
    guard
      let time = message.seconds.flatMap(Timestamp.init(epochSeconds:)) ?? time(arrival: arrival)
    else { return reject(line, "no time, and when it arrived is not known", into: &batch) }
    guard let status = message.status else {
      batch.events.append(message.event(time: time, arrival: arrival ?? time, context: context))
      return
    }
    let name = message.seriesName
    var key = SeriesKey(0..<name.count)
    key.tag = 1
    let hash = key.hash(in: name.span)
    let metric = context.naming.metric(
      name: message.title, labels: message.labels, unit: nil, identity: context.identity)
    guard
      let entry = series.find(key, hash: hash, in: name.span)
        ?? series.insert(key, hash: hash, in: name.span, metric: metric, state: StatsDState())
    else { return reject(line, series.refusal, into: &batch) }
    append(
      StatisticSet(Double(status.rawValue)), entry: entry, time: time, arrival: arrival ?? time,
      into: &batch)
    let last = series[entry].value ?? 0
    series[entry].value = Double(status.rawValue)
    guard last != Double(status.rawValue) else { return }
    batch.events.append(message.event(time: time, arrival: arrival ?? time, context: context))
  }
}

extension Timestamp {
  /// Whole seconds since 1970; nil beyond year 9999.
  init?(epochSeconds seconds: Int64) {
    guard (0..<250_000_000_000).contains(seconds) else { return nil }
    self.init(seconds: seconds)
  }
}
