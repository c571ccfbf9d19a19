import Telemetry
import WireFormats

@testable import Collectors

/// A metric stream's line.
func line(
  _ name: String = "Lag", region: String = "eu-west-1", at seconds: Int64, value: Double = 1,
  arrival: Int64? = nil
) -> String {
  let extra = arrival.map { ",\"arrival\":\($0)" } ?? ""
  return """
    {"metric_stream_name":"t","region":"\(region)","namespace":"Test","metric_name":"\(name)",\
    "dimensions":{},"timestamp":\(seconds * 1000),\
    "value":{"count":1,"sum":\(value),"max":\(value),"min":\(value)},"unit":"Seconds"\(extra)}

    """
}

extension Timeline {
  /// `arrival time metric sum` of all samples, a line each.
  var listing: String {
    samples.map { sample in
      "\(sample.arrival.milliseconds) \(sample.time.milliseconds) "
        + "\(metrics[Int(sample.metric)].name) \(sample.statistics.sum)"
    }.joined(separator: "\n")
  }
}

func load(_ texts: String..., options: InputOptions = InputOptions()) throws -> Timeline {
  try Timeline.load(try texts.map { try SourceSpecification($0) }, options: options)
}
