import Documents
import Telemetry
import WireFormats

/// InfluxDB's write API, 1.x (`/write`) and 2.x (`/api/v2/write`), and the pings of its clients.
///
/// https://docs.influxdata.com/influxdb/v2/api/v2/#operation/PostWrite
package final class InfluxEndpoint: Endpoint {
  private let intake: Intake
  private let context: DecodingContext

  package init(intake: Intake, context: DecodingContext? = nil) {
    self.intake = intake
    self.context = context ?? DecodingContext(source: intake.name)
  }

  package func reply(to request: EndpointRequest) async -> EndpointReply {
    switch request.path {
    case "/ping", "/health": return EndpointReply(status: 204)
    case "/write", "/api/v2/write": break
    default: return .text(404, "lines are written to /write or /api/v2/write")
    }
    guard request.method == "POST" else { return .text(405, "lines are written by POST") }
    var context = context
    if let name = request.queryValue("precision") {
      guard let precision = TimePrecision(named: name) else {
        return Self.failure(400, "'\(name)' is not one of the precisions ns, us, ms, s")
      }
      context.precision = precision
    } else {
      context.precision = .nanoseconds
    }
    switch request.decompressedBody() {
    case .failure(let refusal): return Self.failure(refusal.status, refusal.sentence)
    case .success(let body): return take(body, context, request.arrival)
    }
  }

  private func take(
    _ body: [UInt8], _ context: DecodingContext, _ arrival: Timestamp
  ) -> EndpointReply {
    let decoder = BodyDecoder<InfluxLineProtocol>(context)
    guard let batch = decoder.decode(body, arrival: arrival, to: intake) else {
      var reply = Self.failure(429, "meridian cannot take more at present")
      reply.headers.append(("Retry-After", "1"))
      return reply
    }
    guard let reject = batch.rejects.samples.first else { return EndpointReply(status: 204) }
    return Self.failure(400, "partial write: line \(reject.line): \(reject.reason)")
  }

  private static func failure(_ status: Int, _ sentence: String) -> EndpointReply {
    let code = status == 429 ? "too many requests" : status == 413 ? "request too large" : "invalid"
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("code", code)
      // Clients of 1.x read `error`, those of 2.x `message`.
      for key in ["message", "error"] {
        writer.member(key, sentence)
      }
    }
    return EndpointReply(
      status: status, headers: [("Content-Type", "application/json")],
      body: Array(writer.text.utf8))
  }
}
