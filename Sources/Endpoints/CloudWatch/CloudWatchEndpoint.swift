import Collectors
import Documents
import Monitoring
import Synchronization
import Telemetry
import WireFormats

/// The CloudWatch API: takes what PutMetricData brings, and answers from the engine's own state.
///
/// Every reply is in the caller's protocol, errors included. A full mailbox is `Throttling`, which
/// is the one answer that all SDKs wait for and try again.
package final class CloudWatchEndpoint: Endpoint {
  private let intake: Intake
  private let desk: EngineDesk
  private let options: Options
  private let requests = Atomic<Int>(0)

  package struct Options: Sendable {
    /// Whether age and AWS's own namespaces are refused as CloudWatch does.
    package var isStrict = false
    /// Where metrics belong whose request is not signed for a region.
    package var region: String?
    package var account: String?
    /// Requests must be signed with one of these; nil: signatures are not looked at.
    package var keys: AccessKeys?

    package init() {}
  }

  package init(intake: Intake, desk: EngineDesk, options: Options = Options()) {
    self.intake = intake
    self.desk = desk
    self.options = options
  }

  package func reply(to request: EndpointRequest) async -> EndpointReply {
    guard let route = CloudWatchRequest.route(path: request.path, header: request.header) else {
      return .text(
        404, "this is meridian's CloudWatch endpoint; the request is none of the CloudWatch API")
    }
    let number = requests.add(1, ordering: .relaxed).newValue
    let identifier = "meridian-\(request.arrival.milliseconds)-\(number)"
    do throws(CloudWatchError) {
      try options.keys?.verify(request)
      let call = try CloudWatchRequest(route, body: try body(of: request))
      let result = try await answer(call, request)
      return EndpointReply(
        CloudWatchReply(result, of: call.operation, wire: call.wire, requestID: identifier))
    } catch {
      return EndpointReply(CloudWatchReply(error, wire: route.wire, requestID: identifier))
    }
  }

  private func body(of request: EndpointRequest) throws(CloudWatchError) -> [UInt8] {
    guard request.body.count <= PutMetricData.bodyLimit else {
      throw CloudWatchError(.requestTooLarge, "a request has 1 MB at most")
    }
    do throws(RequestBody.BodyFault) {
      return try RequestBody.decompressed(
        request.body, encoding: request.header("content-encoding"),
        limitBytes: InputLimits.bodyBytes)
    } catch {
      throw CloudWatchError(
        error.kind == .tooLarge ? .requestTooLarge : .malformedInput, error.sentence)
    }
  }

  private func answer(
    _ call: CloudWatchRequest, _ request: EndpointRequest
  ) async throws(CloudWatchError) -> Node? {
    let scope = CredentialScope(request.header("authorization"))
    if call.operation == "PutMetricData" {
      try put(call, request, scope)
      return nil
    }
    guard let operation = allCloudWatchOperations[call.operation] else {
      throw CloudWatchError(
        .invalidAction, "meridian does not have the operation \(call.operation)")
    }
    let context = CloudWatchContext(
      parameters: call.parameters, region: options.region ?? scope?.region,
      now: request.arrival)
    return try await desk.ask { engine in
      do throws(CloudWatchError) {
        return Result<Node?, CloudWatchError>.success(try operation(context, &engine))
      } catch {
        return .failure(error)
      }
    }.get()
  }

  private func put(
    _ call: CloudWatchRequest, _ request: EndpointRequest, _ scope: CredentialScope?
  ) throws(CloudWatchError) {
    var reading = PutMetricData.Options()
    reading.arrival = request.arrival
    reading.isStrict = options.isStrict
    reading.identity.region = options.region ?? scope?.region
    reading.identity.account = options.account
    var batch = Batch()
    if let error = PutMetricData(options: reading).read(call.parameters, into: &batch) {
      throw error
    }
    guard intake.offer(batch, at: request.arrival) else {
      throw CloudWatchError(.throttling, "Rate exceeded")
    }
  }
}

extension EndpointReply {
  init(_ reply: CloudWatchReply) {
    self.init(
      status: reply.status, headers: reply.headers.map { ($0.name, $0.value) }, body: reply.body)
  }
}
