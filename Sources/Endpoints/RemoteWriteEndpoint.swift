import Telemetry
import WireFormats

/// Prometheus remote write 1.0 and 2.0; any path, by habit `/api/v1/write`.
///
/// Data that cannot be stored are 400 and never 5xx, which would block the sender's queue for ever; a
/// full mailbox is 503, which senders try again.
/// https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/
package final class RemoteWriteEndpoint: Endpoint {
  private let intake: Intake
  private let decoder: BodyDecoder<PrometheusRemoteWrite>

  package init(intake: Intake, context: DecodingContext? = nil) {
    self.intake = intake
    decoder = BodyDecoder(context ?? DecodingContext(source: intake.name))
  }

  package func reply(to request: EndpointRequest) async -> EndpointReply {
    guard request.method == "POST" else { return .text(405, "remote write sends by POST") }
    guard request.mediaType == "application/x-protobuf" else {
      return .text(415, "the content type is application/x-protobuf")
    }
    guard request.header("content-encoding")?.lowercased() == "snappy" else {
      return .text(415, "the content encoding is snappy, in its block format")
    }
    let decoded = decoder.decode(request.body, arrival: request.arrival, to: intake) {
      Written(samples: $0.written.samples, histograms: $0.written.histograms)
    }
    guard let (batch, written) = decoded else {
      return .text(503, "meridian cannot take more at present")
    }
    var reply = EndpointReply(status: 204)
    if let reject = batch.rejects.samples.first { reply = .text(400, reject.reason) }
    reply.headers += written.headers
    return reply
  }

  /// What a 2.0 sender must be told: without it, it takes a success for a refusal.
  private struct Written: Sendable {
    var samples: Int
    var histograms: Int

    var headers: [(name: String, value: String)] {
      [
        ("X-Prometheus-Remote-Write-Samples-Written", String(samples)),
        ("X-Prometheus-Remote-Write-Histograms-Written", String(histograms)),
        ("X-Prometheus-Remote-Write-Exemplars-Written", "0"),
      ]
    }
  }
}
