import Telemetry

/// Graphite plaintext: `path value seconds`, with tags as `path;name=value`.
///
/// A time of `-1` or `N` is now; a value of `nan` is a gap. The path is the metric's name, tags are
/// labels. Source: Graphite's "Feeding In Your Data" and "Graphite Tag Support".
package struct Graphite: LineFormat {
  package static let name = "graphite"
  package static let summary = "Graphite plaintext lines"
  package static let isReadableInParts = true

  package let context: DecodingContext
  package var lines: LineSplitter
  private var series: SeriesCache<Void>

  package static func recognises(_ beginning: InputBeginning) -> Bool {
    let line = Array(beginning.firstLine.utf8)
    return GraphiteLine(line.span)?.isTold(in: line.span) ?? false
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
    guard let record = GraphiteLine(line) else {
      if !line.isBlank { reject(line, "not a path, a value and a time in seconds", into: &batch) }
      return
    }
    guard let value = line.double(in: record.value) else {
      return reject(line, "the value is not a number", into: &batch)
    }
    if value.isNaN { return }
    guard value.isStorable else {
      return reject(line, "the value is not \(Double.storableExpectation)", into: &batch)
    }
    guard
      let time = record.time(in: line) ?? (record.isNow(in: line) ? time(arrival: arrival) : nil)
    else { return reject(line, "the time is not a number of seconds since 1970", into: &batch) }
    let key = SeriesKey(record.path)
    let hash = key.hash(in: line)
    guard let entry = series.find(key, hash: hash, in: line) ?? add(key, hash: hash, in: line)
    else {
      return reject(line, series.refusal, into: &batch)
    }
    batch.samples.append(
      Sample(
        metric: series.batchIndex(of: entry, in: &batch), time: time, arrival: arrival ?? time,
        statistics: StatisticSet(value)))
  }

  private mutating func add(_ key: SeriesKey, hash: UInt64, in line: Span<UInt8>) -> Int? {
    let parts = line.text(in: key.first).split(separator: ";")
    let labels = parts.dropFirst().map { part in
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return Dimension(name: String(pair[0]), value: pair.count > 1 ? String(pair[1]) : "true")
    }
    let metric = context.naming.metric(
      name: parts.first.map(String.init) ?? "", labels: labels, identity: context.identity)
    return series.insert(key, hash: hash, in: line, metric: metric, state: ())
  }
}

/// Where the three words of a Graphite line stand.
struct GraphiteLine {
  let path: Range<Int>
  let value: Range<Int>
  let time: Range<Int>

  /// Reads a line; nil where it is not three words.
  init?(_ line: Span<UInt8>) {
    var position = 0
    path = line.word(from: &position)
    value = line.word(from: &position)
    time = line.word(from: &position)
    guard !time.isEmpty, line.word(from: &position).isEmpty else { return nil }
  }

  /// The time as it is written, which may have a fraction; nil where it is none.
  func time(in line: Span<UInt8>) -> Timestamp? {
    let seconds = line.integer(in: time).map { Double($0) } ?? line.double(in: time)
    guard let seconds, seconds >= 0, seconds < 1e11 else { return nil }
    return Timestamp(milliseconds: Int64((seconds * 1000).rounded()))
  }

  /// Whether the time is said to be now.
  func isNow(in line: Span<UInt8>) -> Bool {
    let word = line.text(in: time)
    return word == "-1" || word == "N"
  }

  /// Whether it cannot be a Prometheus sample: dots or semicolons in the name, or a time in seconds.
  func isTold(in line: Span<UInt8>) -> Bool {
    guard line.double(in: value) != nil, time(in: line) != nil || isNow(in: line) else {
      return false
    }
    let name = line.text(in: path)
    return !name.contains { "{}\"|,".contains($0) }
  }
}

extension Span<UInt8> {
  /// The next word at or after `position`, which moves behind it; empty at the end.
  func word(from position: inout Int) -> Range<Int> {
    while position < count, self[position] == 32 || self[position] == 9 { position += 1 }
    let start = position
    while position < count, self[position] != 32, self[position] != 9 { position += 1 }
    return start..<position
  }
}
