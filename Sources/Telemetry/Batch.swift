/// What came in: the only thing that crosses from outside to the engine.
///
/// Self-contained: samples name their metric by its index in `metrics`. Arrival (when meridian had
/// it) and event time (what it is about) are two fields of each record; a format that does not tell
/// its arrival uses the record's own time.
package struct Batch: Sendable {
  package var metrics: [MetricID] = []
  package var samples: [Sample] = []
  package var events: [Event] = []
  package var rejects = RejectLog()

  package init() {}

  package var isEmpty: Bool { samples.isEmpty && events.isEmpty && rejects.count == 0 }

  /// Empties the batch and keeps its memory.
  package mutating func removeAll() {
    metrics.removeAll(keepingCapacity: true)
    samples.removeAll(keepingCapacity: true)
    events.removeAll(keepingCapacity: true)
    rejects = RejectLog()
  }
}

/// Some samples of one metric in one instant (or in the aggregation period that starts there).
package struct Sample: Hashable, Sendable {
  /// Index into the batch's `metrics`.
  package var metric: Int32
  /// What a second record for the same metric and time does.
  package var merging: Merging
  package var time: Timestamp
  package var arrival: Timestamp
  package var statistics: StatisticSet

  @inlinable
  package init(
    metric: Int32, merging: Merging = .adds, time: Timestamp, arrival: Timestamp,
    statistics: StatisticSet
  ) {
    self.metric = metric
    self.merging = merging
    self.time = time
    self.arrival = arrival
    self.statistics = statistics
  }

  package enum Merging: UInt8, Hashable, Sendable {
    /// Raw samples: the bucket holds both (PutMetricData).
    case adds
    /// A finished aggregate, read or delivered again: the bucket holds the newer (CLI output,
    /// Metric Streams).
    case replaces
  }
}
