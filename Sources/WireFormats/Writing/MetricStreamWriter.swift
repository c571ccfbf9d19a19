import Documents
import Telemetry

/// Writes CloudWatch Metric Streams JSON: a line for each metric and minute, in order of time; events
/// stand between them.
enum MetricStreamWriter {
  static func bytes(of batch: Batch) -> [UInt8] {
    var table = MetricTable(batch, periodMilliseconds: MetricTable.minute).rows
    table.sort { $0.time != $1.time ? $0.time < $1.time : $0.metric < $1.metric }
    var bytes: [UInt8] = []
    var events = batch.events.sorted { $0.time < $1.time }[...]
    for row in table {
      while let event = events.first, event.time < row.time {
        append(event, to: &bytes)
        events.removeFirst()
      }
      append(row, batch.metrics[Int(row.metric)], to: &bytes)
    }
    for event in events { append(event, to: &bytes) }
    return bytes
  }

  private static func append(_ row: MetricTable.Row, _ metric: MetricID, to bytes: inout [UInt8]) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("metric_stream_name", "meridian")
      for (key, value) in [
        ("account_id", metric.account), ("region", metric.region),
        ("namespace", metric.namespace), ("metric_name", metric.name),
      ] where !(key == "account_id" && value.isEmpty) {
        writer.member(key, value)
      }
      writer.object("dimensions") { writer in
        for dimension in metric.dimensions {
          writer.member(dimension.name, dimension.value)
        }
      }
      writer.member("timestamp", Double(row.time.milliseconds))
      writer.object("value") { writer in
        for (key, number) in [
          ("max", row.statistics.maximum), ("min", row.statistics.minimum),
          ("sum", row.statistics.sum), ("count", row.statistics.count),
        ] {
          writer.member(key, number)
        }
        for told in row.told { writer.member(told.statistic.description, told.value) }
      }
      writer.member("unit", metric.unit ?? "None")
    }
    bytes += writer.text.utf8
    bytes.append(10)
  }

  private static func append(_ event: Event, to bytes: inout [UInt8]) {
    var writer = JSONWriter()
    writer.event(event)
    bytes += writer.text.utf8
    bytes.append(10)
  }
}

extension RecordingWriter {
  /// A whole recording; without a header its lines are read as a metric stream's.
  static func bytes(of batch: Batch, header: RecordingHeader?) -> [UInt8] {
    var writer = RecordingWriter()
    if let header { writer.write(header) }
    writer.write(batch)
    return writer.take()
  }
}
