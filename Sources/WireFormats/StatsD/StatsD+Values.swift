import Telemetry

/// What StatsD must remember of a series.
struct StatsDState: Sendable {
  /// A gauge's last value, or a service check's last status.
  var value: Double?
  /// The hashes of a set's values of `minute`.
  var seen: Set<UInt64> = []
  var minute = Timestamp.distantPast
}

/// What is known of a line's values before they are read.
struct StatsDSample {
  var entry: Int
  var kind: StatsDLine.Kind
  var rate: Double
  var time: Timestamp
  var arrival: Timestamp
}

extension StatsD {
  /// More different values of sets than these are not told apart, of all sets of their minutes
  /// together: 16 MB.
  static let setLimit = 1_000_000

  mutating func take(
    _ record: StatsDLine, _ sample: StatsDSample, in line: Span<UInt8>, into batch: inout Batch
  ) {
    if sample.kind == .set {
      releaseHeld(into: &batch)
      return takeSet(record.values, sample, in: line, into: &batch)
    }
    var position = record.values.lowerBound
    while position <= record.values.upperBound {
      let range = line.value(of: record, from: &position)
      guard let value = line.double(in: range), value.isStorable else {
        releaseHeld(into: &batch)
        return reject(
          line, "'\(line.text(in: range))' is not \(Double.storableExpectation)", into: &batch)
      }
      if sample.kind == .gauge {
        let sign = line[range.lowerBound]
        let isChange =
          sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") && record.tags.isEmpty
        if !takeGauge(value, isChange: isChange, sample, into: &batch) {
          return reject(
            line, "the gauge's new value is not \(Double.storableExpectation)", into: &batch)
        }
      } else {
        releaseHeld(into: &batch)
        let count = 1 / sample.rate
        append(
          StatisticSet(count: count, sum: value * count, minimum: value, maximum: value),
          entry: sample.entry, time: sample.time, arrival: sample.arrival, into: &batch)
      }
    }
  }

  /// Sets or changes a gauge; false where a change leads beyond what can be stored, and is not made.
  private mutating func takeGauge(
    _ value: Double, isChange: Bool, _ sample: StatsDSample, into batch: inout Batch
  ) -> Bool {
    if let held, held.entry == sample.entry, isChange, value < 0 {
      self.held = nil
    } else {
      releaseHeld(into: &batch)
    }
    let result = isChange ? (series[sample.entry].value ?? 0) + value : value
    guard result.isStorable else { return false }
    series[sample.entry].value = result
    if value == 0, !isChange {
      held = HeldGauge(entry: sample.entry, time: sample.time, arrival: sample.arrival)
    } else {
      append(
        StatisticSet(result), entry: sample.entry, time: sample.time, arrival: sample.arrival,
        into: &batch)
    }
    return true
  }

  /// Counts a value that the minute has not seen; one set at a time is of one minute.
  private mutating func takeSet(
    _ value: Range<Int>, _ sample: StatsDSample, in line: Span<UInt8>, into batch: inout Batch
  ) {
    let minute = sample.time.floored(toMilliseconds: 60_000)
    if series[sample.entry].minute != minute {
      forgetSet(of: sample.entry)
      series[sample.entry].minute = minute
    }
    if seenCount >= Self.setLimit { forgetSets(before: minute) }
    guard seenCount < Self.setLimit else {
      return reject(line, "more than \(Self.setLimit) values of sets in a minute", into: &batch)
    }
    var hash = ByteHash()
    hash.combine(value, of: line)
    guard series[sample.entry].seen.insert(hash.value).inserted else { return }
    seenCount += 1
    append(
      StatisticSet(1), entry: sample.entry, time: sample.time, arrival: sample.arrival, into: &batch
    )
  }

  private mutating func forgetSet(of entry: Int) {
    seenCount -= series[entry].seen.count
    series[entry].seen = []
  }

  /// Forgets the sets of minutes that are over.
  private mutating func forgetSets(before minute: Timestamp) {
    for entry in 0..<series.count where series[entry].minute < minute { forgetSet(of: entry) }
  }

  mutating func releaseHeld(into batch: inout Batch) {
    guard let gauge = held else { return }
    held = nil
    append(
      StatisticSet(0), entry: gauge.entry, time: gauge.time, arrival: gauge.arrival, into: &batch)
  }

  mutating func append(
    _ statistics: StatisticSet, entry: Int, time: Timestamp, arrival: Timestamp,
    into batch: inout Batch
  ) {
    batch.samples.append(
      Sample(
        metric: series.batchIndex(of: entry, in: &batch), time: time, arrival: arrival,
        statistics: statistics))
  }
}

extension Span<UInt8> {
  /// The next of a line's values, behind which `position` moves.
  func value(of record: StatsDLine, from position: inout Int) -> Range<Int> {
    let end = record.values.upperBound
    let colon = firstIndex(of: UInt8(ascii: ":"), from: position) ?? end
    let range = position..<Swift.min(colon, end)
    position = range.upperBound + 1
    return range
  }
}
