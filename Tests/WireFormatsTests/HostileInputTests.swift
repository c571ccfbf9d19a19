import Telemetry
import Testing

@testable import WireFormats

/// What a sender may do who means harm: little that is sent must not become much memory or time.
@Suite
struct HostileInputTests {
  /// Reads one input whole.
  private func read(
    _ input: [UInt8], as name: String, context: DecodingContext = DecodingContext(source: "in")
  ) -> Batch {
    var decoder = wireFormat(named: name)!.init(context: context)
    var batch = Batch()
    decoder.decode(input, arrival: Timestamp(seconds: 60), into: &batch)
    decoder.finish(arrival: Timestamp(seconds: 60), into: &batch)
    return batch
  }

  private func reasons(_ batch: Batch) -> [String] { batch.rejects.samples.map(\.reason) }

  /// A snappy block of one literal.
  private func snappy(_ body: [UInt8]) -> [UInt8] {
    var block = ProtobufWriter()
    block.varint(UInt64(body.count))
    var bytes = block.bytes + [63 << 2]
    for shift in stride(from: 0, to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: (body.count - 1) >> shift))
    }
    return bytes + body
  }

  @Test
  func `a long symbol that a series of remote write names again and again is not copied each time`()
  {
    var series = ProtobufWriter()
    series.message([UInt8](repeating: 1, count: 100_000), field: 1)
    var request = ProtobufWriter()
    request.string("", field: 4)
    request.string(String(repeating: "x", count: 1_000_000), field: 4)
    request.message(series.bytes, field: 5)
    let batch = read(snappy(request.bytes), as: "prometheus-remote-write")
    #expect(batch.samples.isEmpty)
    #expect(reasons(batch) == ["a series is named in more than 65536 bytes"])
  }

  @Test
  func `a hundred metrics in a hundred thousand sets of dimensions are no document`() {
    let metrics = (0..<100).map { #"{"Name":"m\#($0)"}"# }.joined(separator: ",")
    let sets = [String](repeating: "[]", count: 100_000).joined(separator: ",")
    let document =
      #"{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"N","Dimensions":[\#(sets)],"#
      + #""Metrics":[\#(metrics)]}]},"m0":1}"#
    let batch = read(Array(document.utf8), as: "emf")
    #expect(batch.samples.isEmpty)
    #expect(reasons(batch) == ["more than 10000 series in one document"])
  }

  @Test(arguments: ["statsd", "graphite", "influx", "prometheus-text"])
  func `a name of a hundred kilobytes names no series`(_ format: String) {
    let name = String(repeating: "n", count: 100_000)
    let line = [
      "statsd": "\(name):1|c", "graphite": "\(name) 1 60", "influx": "\(name) f=1 60000000000",
      "prometheus-text": "\(name) 1",
    ]
    let batch = read(Array("\(line[format] ?? "")\n".utf8), as: format)
    #expect(batch.samples.isEmpty)
    #expect(reasons(batch) == ["a series is named in more than 65536 bytes"])
  }

  @Test
  func `names of series have a bound of their own`() {
    var context = DecodingContext(source: "in")
    context.seriesLimit = 100
    let lines = (0..<4).map { "\($0)" + String(repeating: "n", count: 40_000) + " 1 60\n" }
    let batch = read(Array(lines.joined().utf8), as: "graphite", context: context)
    #expect(batch.samples.count == 2)
    #expect(
      reasons(batch) == Array(repeating: "more than 116736 bytes of names of series", count: 2))
  }

  @Test
  func `a row of a table whose quote has no end is read in one pass`() {
    let input = "time,v\n2026-11-23 09:00:00,1\n\"" + String(repeating: "\n", count: 2_000_000)
    let batch = read(Array(input.utf8), as: "csv")
    #expect(batch.samples.count == 1)
    #expect(reasons(batch).first == "a quote has no end")
  }

  @Test
  func `a hundred thousand histograms of one family are put together in one pass`() {
    let lines = (0..<100_000).map { "h_sum{a=\"\($0)\"} 1\nh_count{a=\"\($0)\"} 1\n" }
    let input = "# TYPE h histogram\n" + lines.joined()
    #expect(read(Array(input.utf8), as: "prometheus-text").rejects.count == 0)
  }

  @Test
  func `histograms beyond the limit of series leave nothing behind`() {
    var context = DecodingContext(source: "in")
    context.seriesLimit = 4
    var reader = ExpositionReader(context: context, isOpenMetrics: false)
    var batch = Batch()
    reader.beginPiece()
    for line in ["# TYPE h histogram"] + (0..<100).map({ "h_count{a=\"\($0)\"} 1" }) {
      _ = reader.read(
        Array(line.utf8).span, time: Timestamp(seconds: 60), arrival: nil, into: &batch)
    }
    #expect(reader.histogramCount == 4)
  }

  @Test
  func `attributes of a resource are not copied for each point`() {
    let long = String(repeating: "x", count: 1_000_000)
    let points = [String](repeating: #"{"asInt":1,"timeUnixNano":60000000000}"#, count: 50_000)
    let request =
      #"{"resourceMetrics":[{"resource":{"attributes":[{"key":"k","value":{"stringValue":""#
      + long + #""}}]},"scopeMetrics":[{"metrics":[{"name":"g","gauge":{"dataPoints":["#
      + points.joined(separator: ",") + "]}}]}]}]}"
    #expect(read(Array(request.utf8), as: "otlp-json").samples.count == 50_000)
  }

  @Test
  func `an event of a hundred levels with long names has no attribute of them`() {
    let key = String(repeating: "k", count: 100_000)
    let open = #"{"\#(key)":"# + String(repeating: #"{"a":"#, count: 100)
    let detail = open + "1" + String(repeating: "}", count: 101)
    let event = #"{"detail-type":"t","source":"s","time":60,"detail":\#(detail)}"#
    let batch = read(Array(event.utf8), as: "event-json")
    #expect(batch.events.map(\.attributes) == [[]])
  }

  @Test
  func `a delivery's id is one that can be remembered`() {
    let id = String(repeating: "i", count: 257)
    let batch = read(Array(#"{"requestId":"\#(id)","records":[]}"#.utf8), as: "firehose")
    #expect(reasons(batch) == ["requestId has more than 256 bytes"])
  }

  @Test(arguments: [
    (TimePrecision.hours, 80_000_000), (.minutes, 5_000_000_000), (.seconds, 1 << 40),
  ])
  func `a time that no calendar has is not the time of arrival`(
    _ precision: TimePrecision, _ count: Int
  ) {
    var context = DecodingContext(source: "in")
    context.precision = precision
    let batch = read(Array("m f=1 \(count)\n".utf8), as: "influx", context: context)
    #expect(batch.samples.isEmpty)
    #expect(reasons(batch) == ["the time is not within the years 1 to 9999"])
  }
}
