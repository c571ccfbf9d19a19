import Monitoring
import Telemetry
import WireFormats

/// Each format in MB/s and points a second: decoded, and decoded and stored, on one core.
///
/// A thousand series, a value a minute of each, written as clients write them; a quarter of a million
/// points or so a format.
func measureWireFormats() {
  for sample in FormatSample.all {
    let input = sample.input
    let points = Double(sample.points)
    let decoding = medianSeconds(runs: 3) {
      guard sample.decode({ _ in }) == sample.points else {
        fatalError("\(sample.format): not all points were read")
      }
    }
    let storing = medianSeconds(runs: 3) {
      var engine = Engine()
      _ = sample.decode { batch in
        engine.ingest(batch)
        _ = engine.advance(to: FormatSample.arrival)
      }
      guard engine.store.metrics.count == sample.seriesCount else {
        fatalError("\(sample.format): not all series were stored")
      }
    }
    let megabytes = Double(input.reduce(0) { $0 + $1.count }) / 1e6
    printFigure("\(sample.format): decoded", megabytes / decoding, "MB/s")
    printFigure(
      "\(sample.format): decoded", points / decoding / 1e6, "million points a core-second")
    printFigure("\(sample.format): decoded and stored", megabytes / storing, "MB/s")
    printFigure(
      "\(sample.format): decoded and stored", points / storing / 1e6,
      "million points a core-second")
  }
}

/// An input of one format, in the pieces in which it comes.
struct FormatSample: Sendable {
  let format: String
  /// Points in all pieces together.
  let points: Int
  let input: [[UInt8]]

  /// When everything arrives: behind the last of the values.
  static let arrival = Timestamp(seconds: 1_795_424_400 + 86_400)

  private static let series = 1000
  private static let minutes = 250

  var seriesCount: Int { points / Self.minutes }

  /// Decodes all pieces, hands on a batch for each, and returns the number of points.
  func decode(_ take: (Batch) -> Void) -> Int {
    guard var decoder = wireFormat(named: format)?.init(context: DecodingContext(source: "")) else {
      fatalError("no format \(format)")
    }
    var batch = Batch()
    var points = 0
    for piece in input {
      decoder.decode(piece, arrival: Self.arrival, into: &batch)
      points += batch.samples.count
      take(batch)
      batch.removeAll()
    }
    decoder.finish(into: &batch)
    return points + batch.samples.count
  }

  /// A sample whose lines come from a series' number and a minute; a piece of 64 kB or so.
  private static func lines(
    _ format: String, pointsInLine: Int = 1, _ line: (Int, Int) -> String
  ) -> FormatSample {
    var pieces: [[UInt8]] = []
    var piece: [UInt8] = []
    for minute in 0..<minutes {
      for series in 0..<series {
        piece += line(series, minute).utf8
        if piece.count >= 1 << 16 {
          pieces.append(piece)
          piece = []
        }
      }
    }
    return FormatSample(
      format: format, points: series * minutes * pointsInLine, input: pieces + [piece])
  }

  static let all: [FormatSample] = [
    lines("metric-stream-json") { series, minute in
      #"{"metric_stream_name":"ha","account_id":"111122223333","region":"eu-west-1","namespace":"#
        + #""AWS/RDS","metric_name":"ReplicaLag","dimensions":{"DBInstanceIdentifier":"orders-"#
        + #"\#(series)"},"timestamp":\#(millisecond(minute)),"value":{"max":\#(value(series, minute)),"#
        + #""min":0.25,"sum":\#(value(series, minute)),"count":2.0},"unit":"Seconds"}"# + "\n"
    },
    lines("statsd") { series, minute in
      "orders.\(series).lag:\(value(series, minute))|ms|#region:eu-west-1,az:a\n"
    },
    lines("graphite") { series, minute in
      "eu.db.orders.\(series).lag \(value(series, minute)) \(second(minute))\n"
    },
    lines("influx") { series, minute in
      "replica,region=eu-west-1,host=db-\(series) lag=\(value(series, minute)) "
        + "\(second(minute))250000000\n"
    },
    lines("prometheus-text") { series, minute in
      "replica_lag_seconds{region=\"eu-west-1\",instance=\"db-\(series):9100\"} "
        + "\(value(series, minute)) \(millisecond(minute))\n"
    },
    lines("openmetrics") { series, minute in
      "replica_lag_seconds{region=\"eu-west-1\",instance=\"db-\(series):9100\"} "
        + "\(value(series, minute)) \(second(minute)).25\n"
    },
    lines("emf", pointsInLine: 2) { series, minute in
      #"{"_aws":{"Timestamp":\#(millisecond(minute)),"CloudWatchMetrics":[{"Namespace":"Orders","#
        + #""Dimensions":[["Host"]],"Metrics":[{"Name":"Lag","Unit":"Seconds"},{"Name":"Rate"}]}]},"#
        + #""Host":"db-\#(series)","Lag":\#(value(series, minute)),"Rate":7}"# + "\n"
    },
  ]

  private static func second(_ minute: Int) -> Int { 1_795_424_400 + minute * 60 }
  private static func millisecond(_ minute: Int) -> Int { second(minute) * 1000 }
  private static func value(_ series: Int, _ minute: Int) -> Double {
    Double((series * 37 + minute * 11) % 1000) / 8 + 0.25
  }
}
