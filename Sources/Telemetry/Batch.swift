/// What came in: the only thing that crosses from outside to the engine.
///
/// Self-contained: samples name their metric by its index in `metrics`. Arrival (when meridian had
/// it) and event time (what it is about) are two fields of each record; a format that does not tell
/// its arrival uses the record's own time.
package struct Batch: Sendable {
  /// The way it came in, as statuses name it; empty: nobody asks.
  package var source = ""
  package var metrics: [MetricID] = []
  package var samples: [Sample] = []
  /// The values behind samples that were made of more than one; samples name theirs by index.
  package var valueCounts: [ValueCounts] = []
  package var events: [Event] = []
  package var rejects = RejectLog()

  package init() {}

  package var isEmpty: Bool { samples.isEmpty && events.isEmpty && rejects.count == 0 }

  /// Empties the batch and keeps its memory.
  package mutating func removeAll() {
    metrics.removeAll(keepingCapacity: true)
    samples.removeAll(keepingCapacity: true)
    valueCounts.removeAll(keepingCapacity: true)
    events.removeAll(keepingCapacity: true)
    rejects = RejectLog()
  }
}

/// Some samples of one metric in one instant (or in the aggregation period that starts there).
package struct Sample: Hashable, Sendable {
  /// Index into the batch's `metrics`.
  package var metric: Int32
  /// The index into the batch's `valueCounts`, and whether the sample replaces, in one word: it keeps
  /// a sample at 56 bytes.
  @usableFromInline
  var packed: UInt32
  package var time: Timestamp
  package var arrival: Timestamp
  package var statistics: StatisticSet

  @inlinable
  package init(
    metric: Int32, merging: Merging = .adds, time: Timestamp, arrival: Timestamp,
    statistics: StatisticSet, valueCounts: Int32? = nil
  ) {
    self.metric = metric
    packed = Self.pack(merging, valueCounts)
    self.time = time
    self.arrival = arrival
    self.statistics = statistics
  }

  /// What a second record for the same metric and time does.
  @inlinable
  package var merging: Merging {
    get { packed & 1 == 0 ? .adds : .replaces }
    set { packed = Self.pack(newValue, valueCounts) }
  }

  /// Index into the batch's `valueCounts`; nil where the statistics tell all there is to know.
  @inlinable
  package var valueCounts: Int32? {
    get { packed >> 1 == 0 ? nil : Int32(packed >> 1) - 1 }
    set { packed = Self.pack(merging, newValue) }
  }

  @inlinable
  static func pack(_ merging: Merging, _ valueCounts: Int32?) -> UInt32 {
    UInt32(merging.rawValue) | (valueCounts.map { UInt32($0 + 1) << 1 } ?? 0)
  }

  package enum Merging: UInt8, Hashable, Sendable {
    /// Raw samples: the bucket holds both (PutMetricData).
    case adds
    /// A finished aggregate, read or delivered again: the bucket holds the newer (CLI output,
    /// Metric Streams).
    case replaces
  }
}

extension Batch {
  /// Adds a sample made of values and counts.
  ///
  /// `statistics` is what the source itself says of them (PutMetricData's `StatisticValues` beside
  /// `Values`): the five plain statistics come from there, the extended ones from the values.
  package mutating func append(
    _ values: ValueCounts, metric: Int32, merging: Sample.Merging = .adds, time: Timestamp,
    arrival: Timestamp, statistics: StatisticSet? = nil
  ) {
    guard let statistics = statistics ?? values.statistics else { return }
    let isTold = statistics.minimum == statistics.maximum
    var sample = Sample(
      metric: metric, merging: merging, time: time, arrival: arrival, statistics: statistics)
    if !isTold {
      sample.valueCounts = Int32(valueCounts.count)
      valueCounts.append(values)
    }
    samples.append(sample)
  }
}
