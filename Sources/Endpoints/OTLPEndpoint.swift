import Documents
import Telemetry
import WireFormats

/// OTLP/HTTP metrics: `POST /v1/metrics`, protobuf or JSON.
///
/// The reply has the request's content type. What could not be stored is told as a partial success,
/// which clients must not send again; a full mailbox is 429, which they must.
/// https://opentelemetry.io/docs/specs/otlp/#otlphttp
package final class OTLPEndpoint: Endpoint {
  private let intake: Intake
  private let protobuf: BodyDecoder<OTLPProtobuf>
  private let json: BodyDecoder<OTLPJSON>

  package init(intake: Intake, context: DecodingContext? = nil) {
    self.intake = intake
    let context = context ?? DecodingContext(source: intake.name)
    protobuf = BodyDecoder(context)
    json = BodyDecoder(context)
  }

  package func reply(to request: EndpointRequest) async -> EndpointReply {
    guard request.path == "/v1/metrics" else {
      return .text(404, "metrics are sent to /v1/metrics")
    }
    guard request.method == "POST" else { return .text(405, "metrics are sent by POST") }
    guard let encoding = Encoding(rawValue: request.mediaType) else {
      return .text(415, "the content type is application/x-protobuf or application/json")
    }
    switch request.decompressedBody() {
    case .failure(let refusal): return encoding.failure(refusal.status, refusal.sentence)
    case .success(let body): return take(body, encoding, request.arrival)
    }
  }

  private func take(
    _ body: [UInt8], _ encoding: Encoding, _ arrival: Timestamp
  ) -> EndpointReply {
    let decoded =
      switch encoding {
      case .protobuf: protobuf.decode(body, arrival: arrival, to: intake)
      case .json: json.decode(body, arrival: arrival, to: intake)
      }
    guard let batch = decoded else {
      var reply = encoding.failure(429, "meridian cannot take more at present")
      reply.headers.append(("Retry-After", "1"))
      return reply
    }
    if batch.samples.isEmpty, batch.rejects.count > 0, let first = batch.rejects.samples.first,
      !encoding.isReadable(body)
    {
      return encoding.failure(400, first.reason)
    }
    return encoding.success(rejects: batch.rejects)
  }

  /// The two encodings by their media types.
  private enum Encoding: String {
    case protobuf = "application/x-protobuf"
    case json = "application/json"

    /// Whether a body is a request at all; if not, the whole of it is refused.
    func isReadable(_ body: [UInt8]) -> Bool {
      switch self {
      case .protobuf: body.isEmpty || OTLPProtobuf.recognises(InputBeginning(body))
      case .json: (try? Node.json(body))?.entries != nil
      }
    }

    func success(rejects: RejectLog) -> EndpointReply {
      let reason = rejects.samples.first?.reason ?? ""
      let body: [UInt8]
      switch self {
      case .protobuf:
        body = rejects.count == 0 ? [] : OTLPReply.partialSuccess(rejects.count, reason)
      case .json:
        var writer = JSONWriter()
        writer.object { writer in
          guard rejects.count > 0 else { return }
          writer.object("partialSuccess") { writer in
            writer.member("rejectedDataPoints", String(rejects.count))
            writer.member("errorMessage", reason)
          }
        }
        body = Array(writer.text.utf8)
      }
      return EndpointReply(status: 200, headers: [("Content-Type", rawValue)], body: body)
    }

    /// A `google.rpc.Status` with its message.
    func failure(_ status: Int, _ sentence: String) -> EndpointReply {
      let body: [UInt8]
      switch self {
      case .protobuf: body = OTLPReply.status(sentence)
      case .json:
        var writer = JSONWriter()
        writer.object { writer in
          writer.member("message", sentence)
        }
        body = Array(writer.text.utf8)
      }
      return EndpointReply(status: status, headers: [("Content-Type", rawValue)], body: body)
    }
  }
}
