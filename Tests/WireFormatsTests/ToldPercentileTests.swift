import Telemetry
import Testing

@testable import WireFormats

/// Percentiles that a metric stream tells beside count, sum, minimum and maximum.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-metric-streams-statistics.html
struct ToldPercentileTests {
  private static let json =
    #"{"region":"eu-west-1","namespace":"N","metric_name":"Lag","dimensions":{},"timestamp":1795424340000,"value":{"count":6,"sum":240,"max":52,"min":35,"p99":51.7,"p99.9":51.9,"TM(10%:90%)":40.5,"odd":1,"p50":"x"},"unit":"None"}"#
  private static let openTelemetry =
    #"{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"amazonaws.com/N/Lag","summary":{"dataPoints":[{"startTimeUnixNano":"1795424340000000000","timeUnixNano":"1795424400000000000","count":"6","sum":240,"quantileValues":[{"quantile":0,"value":35},{"quantile":0.99,"value":51.7},{"quantile":0.999,"value":51.9},{"quantile":1,"value":52}]}]}}]}]}]}"#

  private static func batch(_ text: String, _ format: String) throws -> Batch {
    let type = try #require(wireFormat(named: format))
    var decoder = type.init(context: DecodingContext(source: "test"))
    var batch = Batch()
    decoder.decode(Array(text.utf8), into: &batch)
    decoder.finish(into: &batch)
    return batch
  }

  private static func told(_ batch: Batch) throws -> [String] {
    let sample = try #require(batch.samples.first)
    let values = try #require(sample.valueCounts.map { batch.valueCounts[Int($0)] })
    return values.told.map { "\($0.statistic)=\($0.value)" }
  }

  @Test(arguments: [
    (json, "metric-stream-json", ["p99=51.7", "p99.9=51.9", "TM(10%:90%)=40.5"]),
    (openTelemetry, "otlp-json", ["p99=51.7", "p99.9=51.9"]),
  ])
  func `they are read under their names, and what is none is left out`(
    text: String, format: String, wanted: [String]
  ) throws {
    let batch = try Self.batch(text, format)
    #expect(batch.rejects.count == 0)
    #expect(try Self.told(batch) == wanted)
  }

  @Test
  func `a recording and a metric stream that are written of them tell them too`() throws {
    let batch = try Self.batch(Self.json, "metric-stream-json")
    let wanted = try Self.told(batch)
    for bytes in [
      RecordingWriter.bytes(of: batch, header: nil), MetricStreamWriter.bytes(of: batch),
    ] {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(try Self.told(Self.batch(text, "metric-stream-json")) == wanted, "\(text)")
    }
  }
}
