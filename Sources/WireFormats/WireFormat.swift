import Telemetry

/// Reads one format: bytes in, a batch out.
///
/// A format never throws and never traps: what it cannot read it reports as a `Reject` with source,
/// line, record and reason, so one bad record costs one record. It is fed in pieces of any size;
/// how the input is cut cannot change what comes out.
package protocol WireFormat: Sendable {
  /// The name on the command line, and the folder of its fixtures.
  static var name: String { get }
  /// What the format's files look like, for the sentence that says what was looked for.
  static var summary: String { get }

  /// Whether an input that begins like this is of this format.
  static func recognises(_ beginning: InputBeginning) -> Bool

  /// Whether no line needs another, so that the parts of an input may be read side by side.
  static var isReadableInParts: Bool { get }

  /// Whether a first line is not enough to tell it from other formats.
  static var needsWholeBeginning: Bool { get }

  init(context: DecodingContext)

  /// Line one of a recording, once it has been read.
  var header: RecordingHeader? { get }

  /// Reads the next bytes of the input.
  ///
  /// `arrival` is when these bytes arrived, for records that do not tell; nil where that is not known
  /// (a file read later): such records arrive at their own time.
  mutating func decode(_ bytes: [UInt8], arrival: Timestamp?, into batch: inout Batch)

  /// Reads what is left: the input has ended.
  ///
  /// Another input may follow; what was learned (series, the last values of counters) stays.
  mutating func finish(arrival: Timestamp?, into batch: inout Batch)

  /// Reads what was held back for a record that could have followed: the input pauses.
  ///
  /// A datagram has ended, or nothing more waits in a connection.
  mutating func settle(arrival: Timestamp?, into batch: inout Batch)
}

extension WireFormat {
  package static var isReadableInParts: Bool { false }
  package static var needsWholeBeginning: Bool { false }

  package var header: RecordingHeader? { nil }

  package mutating func settle(arrival: Timestamp?, into batch: inout Batch) {}

  package mutating func decode(_ bytes: [UInt8], into batch: inout Batch) {
    decode(bytes, arrival: nil, into: &batch)
  }

  package mutating func finish(into batch: inout Batch) { finish(arrival: nil, into: &batch) }
}

/// All formats, in the order in which they are tried.
package let allWireFormats: [any WireFormat.Type] = [
  Recording.self,
  MetricStreamJSON.self,
  CommandLineJSON.self,
  EMF.self,
  OTLPJSON.self,
  PutMetricDataBody.self,
  Firehose.self,
  EventJSON.self,
  MetricStreamOpenTelemetry.self,
  OTLPProtobuf.self,
  PrometheusRemoteWrite.self,
  PrometheusText.self,
  OpenMetrics.self,
  StatsD.self,
  Graphite.self,
  InfluxLineProtocol.self,
  CSV.self,
]

/// The format an input begins with; nil when none recognises it.
package func detectWireFormat(_ beginning: InputBeginning) -> (any WireFormat.Type)? {
  allWireFormats.first { $0.recognises(beginning) }
}

/// The format with a name; nil when there is none.
package func wireFormat(named name: String) -> (any WireFormat.Type)? {
  allWireFormats.first { $0.name == name }
}
