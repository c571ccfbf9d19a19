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

  /// A `google.rpc.Status` with a message.
  package static func status(_ message: String) -> [UInt8] {
    var status = ProtobufWriter()
    status.string(message, field: 2)
    return status.bytes
  }
}
