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
      writer.key("metric_stream_name")
      writer.string("meridian")
      for (key, value) in [
        ("account_id", metric.account), ("region", metric.region),
        ("namespace", metric.namespace), ("metric_name", metric.name),
      ] where !(key == "account_id" && value.isEmpty) {
        writer.key(key)
        writer.string(value)
      }
      writer.key("dimensions")
      writer.object { writer in
        for dimension in metric.dimensions {
          writer.key(dimension.name)
          writer.string(dimension.value)
        }
      }
      writer.key("timestamp")
      writer.number(Double(row.time.milliseconds))
      writer.key("value")
      writer.object { writer in
        for (key, number) in [
          ("max", row.statistics.maximum), ("min", row.statistics.minimum),
          ("sum", row.statistics.sum), ("count", row.statistics.count),
        ] {
          writer.key(key)
          writer.number(number)
        }
      }
      writer.key("unit")
      writer.string(metric.unit ?? "None")
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
