import Collectors
import Documents
import Monitoring
import Telemetry
import Testing

@testable import Endpoints
@testable import WireFormats

/// Requests of real clients, sent again, get replies of the form that these clients accepted.
struct CaptureReplayTests {
  @Test(arguments: CapturedRequest.all(CapturedRequest.cloudWatchFolders))
  func `a captured call of the CloudWatch API gets a reply of the captured form`(
    _ capture: CapturedRequest
  ) async throws {
    let reply = await EndpointScene().call(capture.request)
    let captured = try #require(capture.document["reply"])
    // Alarms are configured elsewhere; 1e300 is beyond what CloudWatch takes.
    let refused = [
      "put-metric-alarm": "InvalidAction", "put-nan": "InvalidParameterValue",
      "put-values-counts": "InvalidParameterValue",
    ]
    if let code = refused[capture.name] {
      #expect(reply.status == 400)
      #expect(
        reply.text.contains(code) || reply.header("x-amzn-query-error")?.contains(code) == true)
      return
    }
    #expect(reply.status == 200, "\(reply.text)")
    let type = try captured.required("headers").required("Content-Type").string()
    #expect(reply.header("Content-Type") == type)
    #expect(try Self.members(reply.body, type) == Self.members(Self.body(captured), type))
  }

  @Test
  func `every captured client is replayed`() {
    #expect(CapturedRequest.all(CapturedRequest.cloudWatchFolders).count == 3 * 8 + 23)
  }

  @Test(arguments: CapturedRequest.all(["otlp"]))
  func `a captured export of OTLP is taken whole`(_ capture: CapturedRequest) async {
    let mailbox = Mailbox()
    let endpoint = OTLPEndpoint(intake: Intake(name: "otlp", mailbox: mailbox))
    let reply = await endpoint.reply(to: capture.request)
    #expect(reply.status == 200)
    #expect(reply.header("Content-Type") == capture.request.mediaType)
    #expect(reply.text == (capture.request.mediaType == "application/json" ? "{}" : ""))
    #expect(mailbox.take().contains { !$0.samples.isEmpty })
  }

  @Test(arguments: CapturedRequest.all(["remote-write-prometheus-2.42"]))
  func `a captured remote write is taken whole`(_ capture: CapturedRequest) async {
    let mailbox = Mailbox()
    let endpoint = RemoteWriteEndpoint(intake: Intake(name: "prometheus", mailbox: mailbox))
    let reply = await endpoint.reply(to: capture.request)
    #expect(reply.status == 204, "\(reply.text)")
    // Of the 34 series the counters give nothing yet: differences need a second request.
    #expect(reply.header("X-Prometheus-Remote-Write-Samples-Written") == "34")
    #expect(mailbox.take().reduce(0) { $0 + $1.samples.count } == 15)
  }

  /// The members of a reply, but for those that come only with more data than the tests have.
  private static func members(_ body: [UInt8], _ type: String) throws -> Set<String> {
    let names: [String]
    switch type {
    case "text/xml":
      let text = String(decoding: body, as: UTF8.self)
      names = [
        "MetricAlarms", "CompositeAlarms", "MetricDataResults", "Datapoints", "Metrics",
        "AlarmHistoryItems", "Label", "RequestId",
      ].filter { text.contains("<\($0)>") || text.contains("<\($0)/>") }
    case "application/cbor": names = try CBORReader.node(body.span).entries?.map(\.key) ?? []
    default: names = try Node.json(body).entries?.map(\.key) ?? []
    }
    return Set(names).subtracting(["NextToken", "Messages", "OwningAccounts"])
  }

  private static func body(_ captured: Node) throws -> [UInt8] {
    let digits = Array(try captured.required("body_hex").string().utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
    }
  }
}
