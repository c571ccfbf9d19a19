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
      writer.key("MetricDataResults")
      writer.array(series) { writer, series in
        writer.object { series.writeResult(to: &$0) }
      }
      writer.key("Messages")
      writer.array([String]()) { $0.string($1) }
      writer.key("MetricDataQueries")
      writer.array(series) { writer, series in
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
    writer.key("Id")
    writer.string(id)
    writer.key("Label")
    writer.string("\(metric.name) \(name)")
    writer.key("Timestamps")
    writer.array(rows.reversed()) { writer, row in
      // As the CLI writes times.
      writer.string(row.time.description.dropLast() + "+00:00")
    }
    writer.key("Values")
    writer.array(rows.reversed()) { writer, row in
      writer.number(row.statistics.value(of: statistic))
    }
    writer.key("StatusCode")
    writer.string("Complete")
  }

  fileprivate func writeQuery(to writer: inout JSONWriter) {
    writer.key("Id")
    writer.string(id)
    if !metric.account.isEmpty {
      writer.key("AccountId")
      writer.string(metric.account)
    }
    writer.key("Region")
    writer.string(metric.region)
    writer.key("MetricStat")
    writer.object { writer in
      writer.key("Metric")
      writer.object { writeMetric(to: &$0) }
      writer.key("Period")
      writer.integer(60)
      writer.key("Stat")
      writer.string(name)
      if let unit = metric.unit {
        writer.key("Unit")
        writer.string(unit)
      }
    }
  }

  private func writeMetric(to writer: inout JSONWriter) {
    writer.key("Namespace")
    writer.string(metric.namespace)
    writer.key("MetricName")
    writer.string(metric.name)
    writer.key("Dimensions")
    writer.array(metric.dimensions) { writer, dimension in
      writer.object { writer in
        writer.key("Name")
        writer.string(dimension.name)
        writer.key("Value")
        writer.string(dimension.value)
      }
    }
  }
}
