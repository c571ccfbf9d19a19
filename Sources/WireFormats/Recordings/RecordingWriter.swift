import Documents
import Telemetry

/// Writes recordings: JSON lines that `Recording` reads back to the same records.
///
/// The same header and batches give the same bytes. Rejects are not part of a recording.
package struct RecordingWriter: Sendable {
  /// What has been written and not yet taken.
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// Line one.
  package mutating func write(_ header: RecordingHeader) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("name", header.name)
      if let topology = header.topology {
        writer.key("topology")
        writer.node(topology)
      }
      if let alarms = header.alarms {
        writer.key("alarms")
        writer.node(alarms)
      }
    }
    appendLine(writer)
  }

  /// The records of a batch, which are in order of arrival; at one arrival, samples come first.
  package mutating func write(_ batch: Batch) {
    let prefixes = batch.metrics.map(Self.prefix)
    var events = batch.events[...]
    for sample in batch.samples {
      while let event = events.first, event.arrival < sample.arrival {
        write(event)
        events.removeFirst()
      }
      write(
        sample, prefix: prefixes[Int(sample.metric)], unit: batch.metrics[Int(sample.metric)].unit,
        values: sample.valueCounts.map { batch.valueCounts[Int($0)] })
    }
    for event in events { write(event) }
  }

  /// Removes and returns what has been written.
  package mutating func take() -> [UInt8] {
    let result = bytes
    bytes = []
    return result
  }

  mutating func write(_ event: Event) {
    var writer = JSONWriter()
    writer.event(event)
    appendLine(writer)
  }

  private mutating func appendLine(_ writer: JSONWriter) {
    bytes += Array(writer.text.utf8)
    bytes.append(10)
  }

  private mutating func write(
    _ sample: Sample, prefix: [UInt8], unit: String?, values: ValueCounts?
  ) {
    bytes += prefix
    append(sample.time.milliseconds)
    append(",\"value\":{\"count\":")
    append(sample.statistics.count)
    append(",\"sum\":")
    append(sample.statistics.sum)
    append(",\"max\":")
    append(sample.statistics.maximum)
    append(",\"min\":")
    append(sample.statistics.minimum)
    for told in values?.told ?? [] {
      append(",\"\(told.statistic)\":")
      append(told.value)
    }
    append("}")
    if let unit {
      append(",\"unit\":\"")
      append(unit)
      append("\"")
    }
    if let values, !values.pairs.isEmpty {
      append(list: "values", values.pairs.map(\.value))
      append(list: "counts", values.pairs.map(\.count))
    }
    append(",\"arrival\":")
    append(sample.arrival.milliseconds)
    append(sample.merging == .adds ? ",\"adds\":true}\n" : "}\n")
  }

  private mutating func append(list name: String, _ numbers: [Double]) {
    append(",\"\(name)\":[")
    for (index, number) in numbers.enumerated() {
      if index > 0 { append(",") }
      append(number)
    }
    append("]")
  }

  private mutating func append(_ text: some CustomStringConvertible) {
    bytes.append(contentsOf: text.description.utf8)
  }

  /// A record up to its timestamp.
  private static func prefix(of metric: MetricID) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("metric_stream_name", "meridian")
      if !metric.account.isEmpty {
        writer.member("account_id", metric.account)
      }
      writer.member("region", metric.region)
      writer.member("namespace", metric.namespace)
      writer.member("metric_name", metric.name)
      writer.object("dimensions") { writer in
        for dimension in metric.dimensions {
          writer.member(dimension.name, dimension.value)
        }
      }
      writer.key("timestamp")
    }
    return Array(writer.text.utf8.dropLast())
  }
}
