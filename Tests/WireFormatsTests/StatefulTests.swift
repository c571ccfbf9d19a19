import Telemetry
import Testing

@testable import WireFormats

/// What formats remember from one input to the next.
@Suite
struct StatefulTests {
  /// Feeds inputs one after another, each whole, and lists time, name and sum of the samples.
  func feed(_ inputs: [[UInt8]], as name: String) -> [String] {
    var decoder = wireFormat(named: name)!.init(context: DecodingContext(source: "in"))
    var lines: [String] = []
    for input in inputs {
      var batch = Batch()
      decoder.decode(input, arrival: Timestamp(seconds: 0), into: &batch)
      decoder.finish(arrival: Timestamp(seconds: 0), into: &batch)
      lines += batch.samples.map {
        "\($0.time) \(batch.metrics[Int($0.metric)].name) \($0.statistics.sum)"
      }
      lines += batch.rejects.samples.map { "! \($0.reason)" }
    }
    return lines
  }

  @Test
  func `a scrape gives what a counter grew by since the last`() {
    let scrapes = [10, 25, 5].enumerated().map { index, value in
      Array("# TYPE a_total counter\na_total \(value) \(index * 60_000)\n".utf8)
    }
    #expect(
      feed(scrapes, as: "prometheus-text")
        == ["1970-01-01T00:01:00Z a_total 15.0", "1970-01-01T00:02:00Z a_total 5.0"])
  }

  @Test
  func `a delivery of Firehose that comes again is not read twice`() {
    let line =
      #"{"namespace":"N","metric_name":"m","dimensions":{},"timestamp":60000,"value":{"count":1,"sum":2,"max":2,"min":2}}"#
    func delivery(_ id: String) -> [UInt8] {
      let data = Array(line.utf8)
      let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
      var text = ""
      for start in stride(from: 0, to: data.count, by: 3) {
        let part = data[start..<min(start + 3, data.count)]
        var word = part.reduce(0) { $0 << 8 | Int($1) }
        word <<= 8 * (3 - part.count)
        for place in 0...part.count { text.append(alphabet[word >> (18 - 6 * place) & 63]) }
      }
      return Array(#"{"requestId":"\#(id)","timestamp":1,"records":[{"data":"\#(text)"}]}"#.utf8)
    }
    #expect(feed([delivery("a"), delivery("a")], as: "firehose").count == 1)
    #expect(feed([delivery("a"), delivery("b")], as: "firehose").count == 2)
  }

  /// One uncompressed remote write request as a snappy block of one literal.
  func remoteWrite(_ value: Double, at milliseconds: UInt64, name: String) -> [UInt8] {
    var label = ProtobufWriter()
    label.string("__name__", field: 1)
    label.string(name, field: 2)
    var sample = ProtobufWriter()
    sample.varint(1 << 3 | 1)
    var body = sample.bytes
    for shift in stride(from: 0, to: 64, by: 8) {
      body.append(UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(shift)))
    }
    var rest = ProtobufWriter()
    rest.integer(milliseconds, field: 2)
    body += rest.bytes
    var series = ProtobufWriter()
    series.message(label.bytes, field: 1)
    series.message(body, field: 2)
    var request = ProtobufWriter()
    request.message(series.bytes, field: 1)
    var block = ProtobufWriter()
    block.varint(UInt64(request.bytes.count))
    return block.bytes + [60 << 2, UInt8(request.bytes.count - 1)] + request.bytes
  }

  @Test
  func `a stale marker makes the next look at a counter the first`() {
    let stale = Double(bitPattern: 0x7FF0_0000_0000_0002)
    let inputs = [
      remoteWrite(10, at: 1000, name: "a_total"), remoteWrite(12, at: 2000, name: "a_total"),
      remoteWrite(stale, at: 3000, name: "a_total"), remoteWrite(90, at: 4000, name: "a_total"),
      remoteWrite(91, at: 5000, name: "a_total"),
    ]
    #expect(
      feed(inputs, as: "prometheus-remote-write")
        == ["1970-01-01T00:00:02Z a_total 2.0", "1970-01-01T00:00:05Z a_total 1.0"])
  }

  @Test
  func `parts of a histogram that come in several requests are one sample`() {
    let inputs = [
      remoteWrite(1, at: 1000, name: "h_sum"), remoteWrite(1, at: 1000, name: "h_count"),
      remoteWrite(3, at: 2000, name: "h_count"), remoteWrite(5, at: 2000, name: "h_sum"),
      remoteWrite(6, at: 3000, name: "h_sum"), remoteWrite(7, at: 4000, name: "h_sum"),
      remoteWrite(5, at: 4000, name: "h_count"),
    ]
    #expect(
      feed(inputs, as: "prometheus-remote-write") == [
        "1970-01-01T00:00:02Z h 4.0", "! h: a histogram without its count",
        "1970-01-01T00:00:04Z h 2.0",
      ])
  }

  @Test
  func `an infinite look at a counter costs that look alone`() {
    let inputs = [5, .infinity, 7, 9].enumerated().map { index, value in
      remoteWrite(value, at: UInt64(index + 1) * 1000, name: "a_total")
    }
    #expect(
      feed(inputs, as: "prometheus-remote-write") == [
        "! a value is not a number within ±2^360", "1970-01-01T00:00:03Z a_total 2.0",
        "1970-01-01T00:00:04Z a_total 2.0",
      ])
  }

  /// Version 0.7 has a label for each dimension where 1.0 has an attribute: read as 1.x it would lose
  /// them all.
  @Test
  func `a metric stream in OpenTelemetry 0.7 keeps its dimensions`() {
    func label(_ name: String, _ value: String) -> [UInt8] {
      var writer = ProtobufWriter()
      writer.string(name, field: 1)
      writer.string(value, field: 2)
      return writer.bytes
    }
    var point = ProtobufWriter()
    for (name, value) in [
      ("Namespace", "AWS/EBS"), ("MetricName", "VolumeReadOps"), ("VolumeId", "vol-1"),
    ] {
      point.message(label(name, value), field: 1)
    }
    point.integer(60_000_000_000, field: 2)
    point.integer(120_000_000_000, field: 3)
    point.integer(3, field: 4)
    point.message([], field: 6)
    var data = ProtobufWriter()
    data.message(point.bytes, field: 1)
    var metric = ProtobufWriter()
    metric.string("amazonaws.com/AWS/EBS/VolumeReadOps", field: 1)
    metric.string("{Count}", field: 3)
    metric.message(data.bytes, field: 11)
    var library = ProtobufWriter()
    library.message(metric.bytes, field: 2)
    var resource = ProtobufWriter()
    resource.message([0x0A, 0], field: 1)
    resource.message(library.bytes, field: 2)
    var request = ProtobufWriter()
    request.message(resource.bytes, field: 1)
    var frame = ProtobufWriter()
    frame.varint(UInt64(request.bytes.count))
    let input = frame.bytes + request.bytes
    #expect(detectWireFormat(InputBeginning(input))?.name == "metric-stream-opentelemetry")
    var batch = Batch()
    var decoder = MetricStreamOpenTelemetry(context: DecodingContext(source: "in"))
    decoder.decode(input, into: &batch)
    decoder.finish(into: &batch)
    #expect(batch.rejects.samples.map(\.reason) == [])
    #expect(
      batch.metrics == [
        MetricID(
          region: "", namespace: "AWS/EBS", name: "VolumeReadOps",
          dimensions: [Dimension(name: "VolumeId", value: "vol-1")], unit: "Count")
      ])
    #expect(batch.samples.map(\.time) == [Timestamp(seconds: 60)])
    #expect(batch.samples.first?.statistics.count == 3)
    #expect(batch.samples.first?.statistics.minimum == 0)
  }

  @Test
  func `a flood of new series does not push out those that are known`() {
    var context = DecodingContext(source: "in")
    context.seriesLimit = 2
    var decoder = Graphite(context: context)
    var batch = Batch()
    decoder.decode(Array("a 1 1\nb 1 1\nc 1 1\nd 1 1\na 2 2\n".utf8), into: &batch)
    #expect(batch.samples.count == 3)
    #expect(batch.rejects.samples.map(\.reason) == ["more than 2 series", "more than 2 series"])
  }

  /// statsd's Python client sends a negative gauge as two lines of one datagram.
  @Test
  func `a gauge set to zero is kept until the datagram ends`() {
    var decoder = StatsD(context: DecodingContext(source: "in"))
    var batch = Batch()
    decoder.decode(Array("a:0|g\n".utf8), arrival: Timestamp(seconds: 1), into: &batch)
    #expect(batch.samples.isEmpty)
    decoder.settle(arrival: Timestamp(seconds: 2), into: &batch)
    #expect(batch.samples.map(\.statistics.sum) == [0])
    #expect(batch.samples.map(\.time) == [Timestamp(seconds: 1)])
  }
}

@Suite
struct HistogramTests {
  /// OpenTelemetry, "Metrics Data Model": bounds belong to the bucket below them.
  @Test
  func `a bucket stands for its middle, held between the extremes`() {
    let buckets = Buckets(bounds: [5, 10], counts: [1, 2, 1])
    #expect(buckets.values(minimum: 1, maximum: 12).map(\.value) == [3, 7.5, 11])
    #expect(buckets.values(minimum: nil, maximum: nil).map(\.value) == [2.5, 7.5, 10])
    #expect(buckets.values(minimum: 1, maximum: 12).map(\.count) == [1, 2, 1])
  }

  @Test
  func `lowering a scale keeps all counts`() {
    var buckets = ExponentialBuckets()
    buckets.scale = 3
    buckets.positive = ExponentialBuckets.row(offset: -5, counts: [1, 2, 3, 4, 5, 6])
    for scale in stride(from: 3, through: -3, by: -1) {
      #expect(buckets.lowered(to: scale).positive.values.reduce(0, +) == 21)
    }
    #expect(buckets.lowered(to: 2).positive == [-3: 1, -2: 5, -1: 9, 0: 6])
  }

  /// The counts of a histogram that a real exporter sent: four values in four buckets.
  @Test
  func `the counts of buckets in protobuf are whole numbers`() throws {
    let fixture = Fixture(format: "otlp-protobuf", name: "python-protobuf-gzip-delta")
    var batch = Batch()
    var decoder = OTLPProtobuf(context: fixture.context)
    decoder.decode(fixture.input, into: &batch)
    decoder.finish(into: &batch)
    #expect(batch.valueCounts.map { $0.pairs.map(\.count).reduce(0, +) } == [4, 4])
  }
}
