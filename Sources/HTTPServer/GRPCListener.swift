#if GRPC
import Endpoints
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Synchronization
import Telemetry
import WireFormats

/// OTLP/gRPC: `MetricsService/Export`, for an endpoint that takes the same messages by HTTP.
///
/// Only in builds with the package trait `GRPC`. The service's messages are read by the OTLP format
/// itself, so no code is generated and nothing but bytes crosses this file.
/// https://opentelemetry.io/docs/specs/otlp/#otlpgrpc
package final class GRPCListener: Listener {
  package let address: ListenAddress
  private let service: MetricsService
  private let certificate: ServerCertificate?
  private let server = Mutex<GRPCServer<HTTP2ServerTransport.Posix>?>(nil)

  package init(
    address: ListenAddress, endpoint: any Endpoints.Endpoint, certificate: ServerCertificate? = nil,
    clock: @escaping @Sendable () -> Timestamp
  ) {
    self.address = address
    self.certificate = certificate
    service = MetricsService(endpoint: endpoint, clock: clock)
  }

  package func start() async throws(ListenFailure) -> Int {
    let transport = HTTP2ServerTransport.Posix(
      address: address.host.contains(":")
        ? .ipv6(host: address.host, port: address.port)
        : .ipv4(host: address.host == "localhost" ? "127.0.0.1" : address.host, port: address.port),
      transportSecurity: security, config: Self.configuration)
    let server = GRPCServer(transport: transport, services: [service])
    self.server.withLock { $0 = server }
    let running = Task { try await server.serve() }
    do {
      let bound = try await transport.listeningAddress
      return bound.ipv4?.port ?? bound.ipv6?.port ?? address.port
    } catch {
      // The address is not bound: why, the server itself says.
      let reason = await running.result
      if case .failure(let error) = reason { throw ListenFailure(address: address, error: error) }
      throw ListenFailure(address: address, reason: "\(error)")
    }
  }

  private var security: HTTP2ServerTransport.Posix.TransportSecurity {
    guard let certificate else { return .plaintext }
    return .tls(
      certificateChain: [.file(path: certificate.certificate, format: .pem)],
      privateKey: .file(path: certificate.key, format: .pem))
  }

  private static var configuration: HTTP2ServerTransport.Posix.Config {
    .defaults { configuration in
      configuration.compression.enabledAlgorithms = .all
      configuration.rpc.maxRequestPayloadSize = InputLimits.requestBytes
      configuration.connection.maxIdleTime = .seconds(InputLimits.httpIdleSeconds)
    }
  }
}

/// `opentelemetry.proto.collector.metrics.v1.MetricsService`, by hand.
private struct MetricsService: RegistrableRPCService {
  let endpoint: any Endpoints.Endpoint
  let clock: @Sendable () -> Timestamp

  private static let export = MethodDescriptor(
    fullyQualifiedService: "opentelemetry.proto.collector.metrics.v1.MetricsService",
    method: "Export")

  func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
    router.registerHandler(
      forMethod: Self.export, deserializer: MessageBytes(), serializer: MessageBytes()
    ) { request, _ in
      let call = try await ServerRequest(stream: request)
      let reply = await endpoint.reply(to: post(call))
      return StreamingServerResponse(single: try Self.response(to: reply))
    }
  }

  /// The call as the endpoint takes it by HTTP: the same message, and who sends it.
  private func post(_ call: ServerRequest<[UInt8]>) -> EndpointRequest {
    var headers = [(name: "content-type", value: "application/x-protobuf")]
    for value in call.metadata[stringValues: "authorization"] {
      headers.append(("authorization", value))
    }
    return EndpointRequest(
      path: "/v1/metrics", headers: headers, body: call.message, arrival: clock())
  }

  private static func response(to reply: EndpointReply) throws -> ServerResponse<[UInt8]> {
    guard reply.status != 200 else { return ServerResponse(message: reply.body) }
    let code = codes[reply.status] ?? .internalError
    throw RPCError(
      code: code,
      message: OTLPReply.sentence(inStatus: reply.body)
        ?? String(decoding: reply.body, as: UTF8.self))
  }

  /// A full mailbox is UNAVAILABLE, which clients try again; the other codes they do not.
  private static let codes: [Int: RPCError.Code] = [
    400: .invalidArgument, 401: .unauthenticated, 403: .permissionDenied, 413: .resourceExhausted,
    429: .unavailable, 503: .unavailable,
  ]
}

/// Messages as they are: somebody else reads and writes them.
private struct MessageBytes: MessageSerializer, MessageDeserializer {
  func serialize<Bytes: GRPCContiguousBytes>(_ message: [UInt8]) -> Bytes { Bytes(message) }

  func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) -> [UInt8] {
    unsafe bytes.withUnsafeBytes { unsafe Array($0) }
  }
}
#endif
