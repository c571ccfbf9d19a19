import Documents
import Telemetry

/// Writes what `aws cloudwatch get-metric-data` would print: four statistics of each metric, by the
/// minute, newest first.
///
/// The output of the command does not name its metrics; here the queries that would have asked for them
/// stand beside the results, and reading it back takes them from there.
enum GetMetricDataWriter {
  private static let statistics: [(name: String, id: String, statistic: Statistic)] = [
    ("SampleCount", "count", .sampleCount), ("Sum", "sum", .sum),
    ("Minimum", "minimum", .minimum), ("Maximum", "maximum", .maximum),
  ]

  static func bytes(of batch: Batch) -> [UInt8] {
    let series = series(of: batch)
    var writer = JSONWriter()
    writer.object { writer in
      writer.array("MetricDataResults", series) { writer, series in
        writer.object { series.writeResult(to: &$0) }
      }
      writer.array("Messages", [String]()) { $0.string($1) }
      writer.array("MetricDataQueries", series) { writer, series in
        writer.object { series.writeQuery(to: &$0) }
      }
    }
    return Array((writer.text + "\n").utf8)
  }

  /// One statistic of one metric.
  struct Series {
    var id: String
    var metric: MetricID
    var rows: ArraySlice<MetricTable.Row>
    var name: String
    var statistic: Statistic
  }

  private static func series(of batch: Batch) -> [Series] {
    let groups = MetricTable(batch, periodMilliseconds: MetricTable.minute).groups
    var result: [Series] = []
    for (index, rows) in groups.enumerated() {
      guard let first = rows.first else { continue }
      for statistic in statistics {
        result.append(
          Series(
            id: "m\(index + 1)_\(statistic.id)", metric: batch.metrics[Int(first.metric)],
            rows: rows, name: statistic.name, statistic: statistic.statistic))
      }
    }
    return result
  }
}

extension GetMetricDataWriter.Series {
  fileprivate func writeResult(to writer: inout JSONWriter) {
    writer.member("Id", id)
    writer.member("Label", "\(metric.name) \(name)")
    writer.array("Timestamps", rows.reversed()) { writer, row in
      // As the CLI writes times.
      writer.string(row.time.description.dropLast() + "+00:00")
    }
    writer.array("Values", rows.reversed()) { writer, row in
      writer.number(row.statistics.value(of: statistic))
    }
    writer.member("StatusCode", "Complete")
  }

  fileprivate func writeQuery(to writer: inout JSONWriter) {
    writer.member("Id", id)
    if !metric.account.isEmpty {
      writer.member("AccountId", metric.account)
    }
    writer.member("Region", metric.region)
    writer.object("MetricStat") { writer in
      writer.object("Metric") { writeMetric(to: &$0) }
      writer.member("Period", 60)
      writer.member("Stat", name)
      if let unit = metric.unit {
        writer.member("Unit", unit)
      }
    }
  }

  private func writeMetric(to writer: inout JSONWriter) {
    writer.member("Namespace", metric.namespace)
    writer.member("MetricName", metric.name)
    writer.array("Dimensions", metric.dimensions) { writer, dimension in
      writer.object { writer in
        writer.member("Name", dimension.name)
        writer.member("Value", dimension.value)
      }
    }
  }
}
