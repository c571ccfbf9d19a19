import Telemetry
import Testing

@testable import WireFormats

@Suite
struct MetricCacheTests {
  /// Lines that begin alike and differ after their timestamps, and lines in other orders.
  static let lines: [String] = {
    let value = "\"value\":{\"count\":1,\"sum\":1,\"max\":1,\"min\":1}"
    var lines: [String] = []
    for name in ["A", "B"] {
      let head = "{\"region\":\"r\",\"namespace\":\"N\",\"metric_name\":\"\(name)\",\"timestamp\":"
      lines += [
        "\(head)1000,\(value),\"unit\":\"Seconds\"}", "\(head)1000,\(value),\"unit\":\"Count\"}",
        "\(head)1000,\(value)}", "\(head)1000,\(value),\"region\":\"other\",\"unit\":\"Seconds\"}",
        "\(head)1000,\(value),\"dimensions\":{\"a\":\"b\"}}", "\(head)1000}",
        "\(head)\"x\",\(value)}",
        "\(head)1000,\(value),\"arrival\":5000}", "\(head)1000,\(value)", "\(head)1000,\(value)} x",
        "{\(value),\"unit\":\"Seconds\",\(head.dropFirst())1000}",
        "{\"unit\":\"Count\",\(head.dropFirst())1000,\(value)}",
        "\(head)1000,\"timestamp\":2000,\(value)}",
      ]
    }
    return lines
  }()

  func read(_ lines: [String]) -> [String] {
    var batch = Batch()
    var format = MetricStreamJSON(context: DecodingContext(source: "test"))
    format.decode(Array(lines.map { $0 + "\n" }.joined().utf8), into: &batch)
    return batch.samples.map { sample in
      let metric = batch.metrics[Int(sample.metric)]
      return "\(metric) \(metric.unit ?? "-") \(sample.time) \(sample.arrival)"
    }
  }

  @Test(arguments: 1...50)
  func whatWasReadBeforeDoesNotChangeWhatALineSays(_ seed: UInt64) {
    var state = seed
    let lines = (0..<300).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Self.lines[Int(state >> 33) % Self.lines.count]
    }
    #expect(read(lines) == lines.flatMap { read([$0]) }, "seed \(seed)")
  }
}
