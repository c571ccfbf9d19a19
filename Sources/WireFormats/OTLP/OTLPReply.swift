/// The replies of OTLP/HTTP in protobuf.
///
/// https://opentelemetry.io/docs/specs/otlp/#otlphttp-response
package enum OTLPReply {
  /// An ExportMetricsServiceResponse whose `partial_success` says what was not stored.
  package static func partialSuccess(_ rejectedDataPoints: Int, _ message: String) -> [UInt8] {
    var partial = ProtobufWriter()
    partial.integer(UInt64(rejectedDataPoints), field: 1)
    partial.string(message, field: 2)
    var response = ProtobufWriter()
    response.message(partial.bytes, field: 1)
    return response.bytes
  }

  /// The message of a `google.rpc.Status`; nil where the bytes are none.
  package static func sentence(inStatus bytes: [UInt8]) -> String? {
    var reader = ProtobufReader(0..<bytes.count)
    while let field = reader.field(in: bytes.span) {
      guard field == 2 else {
        reader.skip(in: bytes.span)
        continue
      }
      return reader.string(in: bytes.span)
    }
    return nil
  }

  /// A `google.rpc.Status` with a message.
  package static func status(_ message: String) -> [UInt8] {
    var status = ProtobufWriter()
    status.string(message, field: 2)
    return status.bytes
  }
}
