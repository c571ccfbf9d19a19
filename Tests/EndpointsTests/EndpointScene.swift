import Collectors
import Documents
import Monitoring
import Telemetry

@testable import Endpoints
@testable import WireFormats

/// An endpoint with an engine behind it that takes a turn for every call.
struct EndpointScene {
  let mailbox: Mailbox
  let intake: Intake
  private let desk: EngineDesk
  private let endpoint: CloudWatchEndpoint
  private let engine: EngineBox

  /// When every request arrives.
  static let now = Timestamp(milliseconds: 1_795_424_460_000)

  init(
    alarms: [AlarmDefinition] = [], limitBytes: Int = Mailbox.defaultLimitBytes,
    options: CloudWatchEndpoint.Options = CloudWatchEndpoint.Options()
  ) {
    mailbox = Mailbox(limitBytes: limitBytes)
    desk = EngineDesk(mailbox: mailbox)
    intake = Intake(name: "test", mailbox: mailbox)
    endpoint = CloudWatchEndpoint(intake: intake, desk: desk, options: options)
    engine = EngineBox(Engine(alarms: alarms))
  }

  /// Sends, without a driver behind the mailbox.
  func send(_ request: EndpointRequest) async -> EndpointReply {
    await endpoint.reply(to: request)
  }

  /// Sends, while a driver takes its turns until the reply is there; only then does time move, so
  /// that what was sent is there when the alarms are due.
  func call(_ request: EndpointRequest) async -> EndpointReply {
    async let reply = endpoint.reply(to: request)
    let turns = Task {
      while !Task.isCancelled {
        await engine.turn(mailbox, desk)
        await Task.yield()
      }
    }
    let answer = await reply
    turns.cancel()
    await turns.value
    await engine.turn(mailbox, desk)
    await engine.advance(to: Self.now)
    return answer
  }

  func call(
    _ operation: String, _ body: String, region: String = "eu-west-1",
    wire: CloudWatchRequest.Wire = .awsJson
  ) async -> EndpointReply {
    await call(Self.request(operation, body, region: region, wire: wire))
  }

  /// Lets time pass.
  func advance(to time: Timestamp) async { await engine.advance(to: time) }

  /// A call with parameters in JSON, in any of the three protocols.
  static func request(
    _ operation: String, _ body: String, region: String = "eu-west-1",
    wire: CloudWatchRequest.Wire = .awsJson
  ) -> EndpointRequest {
    let service = "GraniteServiceVersion20100801"
    let authorization =
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/\(region)/monitoring/aws4_request, "
      + "SignedHeaders=host, Signature=0"
    var request = EndpointRequest(headers: [("authorization", authorization)], arrival: now)
    switch wire {
    case .awsJson:
      request.headers += [
        ("x-amz-target", "\(service).\(operation)"), ("content-type", "application/x-amz-json-1.0"),
      ]
      request.body = Array(body.utf8)
    case .cbor:
      request.path = "/service/\(service)/operation/\(operation)"
      request.headers += [
        ("smithy-protocol", "rpc-v2-cbor"), ("content-type", "application/cbor"),
      ]
      request.body = CBORWriter.bytes(of: node(body))
    case .query:
      request.headers += [("content-type", "application/x-www-form-urlencoded; charset=utf-8")]
      let fields = ["Action=\(operation)"] + form(node(body), at: "")
      request.body = Array(fields.joined(separator: "&").utf8)
    }
    return request
  }

  private static func node(_ body: String) -> Node {
    (try? Node.json(Array(body.utf8))) ?? Node(.null)
  }

  private static func form(_ node: Node, at path: String) -> [String] {
    switch node.value {
    case .mapping(let entries):
      entries.flatMap { form($0.value, at: path.isEmpty ? $0.key : "\(path).\($0.key)") }
    case .sequence(let elements):
      elements.enumerated().flatMap { form($1, at: "\(path).member.\($0 + 1)") }
    default: ["\(path)=\(escaped((try? node.string()) ?? ""))"]
    }
  }

  private static func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain =
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      return isPlain
        ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}

/// The engine of a test, with its driver's turns.
actor EngineBox {
  private var engine: Engine

  init(_ engine: Engine) { self.engine = engine }

  func turn(_ mailbox: Mailbox, _ desk: EngineDesk, sources: [SourceStatus] = []) {
    take(mailbox)
    desk.answer(with: &engine, sources: sources)
  }

  func take(_ mailbox: Mailbox) {
    for batch in mailbox.take() { engine.ingest(batch) }
  }

  func advance(to now: Timestamp) {
    if now >= engine.now ?? now { _ = engine.advance(to: now) }
  }
}

extension EndpointReply {
  var text: String { String(decoding: body, as: UTF8.self) }

  func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

  /// The body of an awsJson reply.
  var node: Node { (try? Node.json(body)) ?? Node(.null) }
}
