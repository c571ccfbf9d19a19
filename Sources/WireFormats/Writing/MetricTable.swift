import Telemetry

/// The datapoints of a batch: one for each metric and time, sorted by metric, then by time.
struct MetricTable {
  private(set) var rows: [Row] = []

  struct Row {
    var metric: Int32
    var time: Timestamp
    var statistics: StatisticSet
    /// What the sender of all its samples told.
    var told: [ValueCounts.Told] = []
  }

  /// CloudWatch's standard resolution.
  static let minute: Int64 = 60_000

  /// Puts raw samples together that share a period (nil: an instant); of finished aggregates the one
  /// that came last stands.
  init(_ batch: Batch, periodMilliseconds: Int64?) {
    var places: [Key: Int] = [:]
    for sample in batch.samples {
      let time = periodMilliseconds.map(sample.time.floored(toMilliseconds:)) ?? sample.time
      let key = Key(metric: sample.metric, time: time)
      guard let place = places[key] else {
        places[key] = rows.count
        rows.append(
          Row(
            metric: sample.metric, time: time, statistics: sample.statistics,
            told: batch.told(of: sample)))
        continue
      }
      if sample.merging == .replaces && sample.time == time {
        rows[place].statistics = sample.statistics
        rows[place].told = batch.told(of: sample)
      } else {
        rows[place].statistics.merge(sample.statistics)
        rows[place].told = []
      }
    }
    rows.sort { $0.metric != $1.metric ? $0.metric < $1.metric : $0.time < $1.time }
  }

  private struct Key: Hashable {
    var metric: Int32
    var time: Timestamp
  }

  /// The rows of each metric, in the order of the metrics.
  var groups: [ArraySlice<Row>] {
    var groups: [ArraySlice<Row>] = []
    var start = 0
    for index in rows.indices {
      let isLast = index + 1 == rows.count || rows[index + 1].metric != rows[index].metric
      guard isLast else { continue }
      groups.append(rows[start...index])
      start = index + 1
    }
    return groups
  }
}

extension Batch {
  fileprivate func told(of sample: Sample) -> [ValueCounts.Told] {
    sample.valueCounts.map { valueCounts[Int($0)].told } ?? []
  }
}
