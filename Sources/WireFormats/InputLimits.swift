/// What is put up with from outside, each with its reason: bounds on memory, whoever sends.
///
/// What goes beyond a limit is refused or dropped, and counted. `docs/ingestion.md` lists them.
package enum InputLimits {
  /// A request's body as it is sent; Prometheus and OTLP exporters stay far below.
  package static let requestBytes = 16 << 20
  /// A body, or a page, after decompression: what OTLP's specification recommends.
  package static let bodyBytes = 64 << 20
  /// A JSON value: a CloudTrail file, which is one object, comes to some 50 MB at most.
  package static let valueBytes = 64 << 20
  /// A line of a file: the first one of a recording carries its alarms, and thousands of them fit.
  package static let lineBytes = 16 << 20
  /// A line from a socket: an EMF document is of a megabyte at most.
  package static let socketLineBytes = 1 << 20
  /// The largest datagram there is; a frame of a stream is one, too.
  package static let datagramBytes = 1 << 16
  /// Nesting of JSON and CBOR: deeper than this is an attack, not a record.
  package static let nestingDepth = 128
  /// Series of a file or an endpoint: some 500 MB of names, more than an estate has.
  package static let series = 1 << 20
  /// What names one series: thirty dimensions as long as CloudWatch takes them come to 38 kB.
  package static let seriesNameBytes = 1 << 16
  /// What the names of an input's series take on average at most; with `series`, a bound on memory.
  package static let averageNameBytes = 512
  /// Series of a socket, whose senders have no password; those that are known go on.
  package static let socketSeries = 100_000
  /// Connections of a listener at a time: as many as a fleet's agents on one machine.
  package static let connections = 256
  /// An HTTP connection between two requests: exports are a minute apart.
  package static let httpIdleSeconds = 120
  /// A stream that says nothing.
  package static let socketIdleSeconds = 600
}
