import Telemetry

extension LinkReading {
  /// A part of a link's life: between two moves of the primary the same two regions play the roles.
  ///
  /// The link of a role goes on over a switchover while its series ends in one region and another
  /// begins elsewhere; the parts together are one line, with a mark where an epoch begins.
  package struct Segment: Hashable, Sendable {
    package var epoch: Int
    package var from: String
    package var to: String
    /// Nil: from before the data.
    package var start: Timestamp?
    /// Nil: it goes on.
    package var end: Timestamp?
    package var series: SeriesID?

    package init(
      epoch: Int, from: String, to: String, start: Timestamp?, end: Timestamp?, series: SeriesID?
    ) {
      self.epoch = epoch
      self.from = from
      self.to = to
      self.start = start
      self.end = end
      self.series = series
    }
  }

  /// What waits to be replicated, in the metric's own unit.
  package struct Backlog: Hashable, Sendable {
    package var metric: String
    package var value: Double
    package var unit: String?
    package var ageSeconds: Double
    /// At the rate at which it is moved now; nil where that is not measured.
    package var seconds: Double?

    package init(
      metric: String, value: Double, unit: String?, ageSeconds: Double, seconds: Double? = nil
    ) {
      self.metric = metric
      self.value = value
      self.unit = unit
      self.ageSeconds = ageSeconds
      self.seconds = seconds
    }
  }

  /// How long to wait, after writes have been paused, until what was written has surely arrived.
  ///
  /// No metric proves that replication is complete: AWS advises ten times the recent maximum
  /// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-global-table-design.prescriptive-guidance.evacuation.html).
  package struct Drain: Hashable, Sendable {
    package var waitSeconds: Double
    /// When the source was seen to rest; nil: it writes, or is not seen.
    package var pausedSince: Timestamp?
    package var remainingSeconds: Double

    package init(waitSeconds: Double, pausedSince: Timestamp?, at time: Timestamp) {
      self.waitSeconds = waitSeconds
      self.pausedSince = pausedSince
      let waited = pausedSince.map { max(0, time.seconds(since: $0)) } ?? 0
      remainingSeconds = max(0, waitSeconds - waited)
    }
  }
}
