import Collectors
import Documents
import Telemetry
import WireFormats

/// Firehose's HTTP delivery of a CloudWatch metric stream: JSON or OpenTelemetry 0.7 or 1.0.
///
/// Firehose delivers again until it gets a reply of its own form with the request's id; a delivery that
/// was taken is not taken twice.
/// https://docs.aws.amazon.com/firehose/latest/dev/httpdeliveryrequestresponse.html
package final class FirehoseEndpoint: Endpoint {
  private let intake: Intake
  private let accessKey: String?
  private let decoder: BodyDecoder<Firehose>
  private let taken = Guarded(TakenDeliveries())

  /// Takes deliveries with an `X-Amz-Firehose-Access-Key`; nil: with any.
  package init(
    intake: Intake, accessKey: String? = nil, context: DecodingContext? = nil
  ) {
    self.intake = intake
    self.accessKey = accessKey
    decoder = BodyDecoder(context ?? DecodingContext(source: intake.name))
  }

  package func reply(to request: EndpointRequest) async -> EndpointReply {
    let identifier = request.header("x-amz-firehose-request-id") ?? ""
    if let accessKey, request.header("x-amz-firehose-access-key") != accessKey {
      return answer(401, identifier, request.arrival, "the access key is not the one configured")
    }
    guard request.method == "POST" else {
      return answer(405, identifier, request.arrival, "Firehose delivers by POST")
    }
    switch request.decompressedBody() {
    case .failure(let refusal):
      return answer(refusal.status, identifier, request.arrival, refusal.sentence)
    case .success(let body): return take(body, identifier, request.arrival)
    }
  }

  private func take(
    _ body: [UInt8], _ identifier: String, _ arrival: Timestamp
  ) -> EndpointReply {
    guard taken.withLock({ !$0.contains(identifier) }) else {
      return answer(200, identifier, arrival, nil)
    }
    guard
      let (batch, requestID) = decoder.decode(
        body, arrival: arrival, to: intake, look: { $0.requestID })
    else { return answer(503, identifier, arrival, "meridian cannot take more at present") }
    let known = identifier.isEmpty ? requestID : identifier
    if batch.isEmpty || batch.samples.isEmpty, let reject = batch.rejects.samples.first {
      return answer(400, known, arrival, reject.reason)
    }
    taken.withLock { $0.note(known) }
    return answer(200, known, arrival, nil)
  }

  private func answer(
    _ status: Int, _ identifier: String, _ arrival: Timestamp, _ error: String?
  ) -> EndpointReply {
    EndpointReply(
      status: status, headers: [("Content-Type", "application/json")],
      body: FirehoseDelivery.reply(to: identifier, at: arrival, error: error))
  }
}

/// The ids of the newest deliveries that were taken.
private struct TakenDeliveries: Sendable {
  private var order: [String] = []
  private var known: Set<String> = []
  private var next = 0

  /// Firehose has a few deliveries in flight for each stream, and tries again within minutes.
  private static let limit = 4096

  func contains(_ identifier: String) -> Bool {
    !identifier.isEmpty && known.contains(identifier)
  }

  mutating func note(_ identifier: String) {
    guard !identifier.isEmpty, known.insert(identifier).inserted else { return }
    if order.count < Self.limit {
      order.append(identifier)
    } else {
      known.remove(order[next])
      order[next] = identifier
      next = (next + 1) % Self.limit
    }
  }
}
