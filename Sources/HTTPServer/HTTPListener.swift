import Endpoints
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Synchronization
import Telemetry
import WireFormats

/// Listens on one address and lets an endpoint answer, on the library's own threads.
///
/// Connections, idle time, headers and bodies are limited; a body over the limit is answered 413
/// without being read to its end.
package final class HTTPListener: Listener {
  package let address: ListenAddress
  private let endpoint: any Endpoint
  private let certificate: ServerCertificate?
  private let limits: Limits
  private let clock: @Sendable () -> Timestamp
  private let state = Mutex<Task<Void, Never>?>(nil)

  /// What one listener puts up with.
  package struct Limits: Sendable {
    package var bodyBytes = InputLimits.requestBytes
    package var connections = InputLimits.connections
    package var idleSeconds = InputLimits.httpIdleSeconds

    package init() {}
  }

  /// Prepares to listen; `clock` tells the arrival of a request.
  package init(
    address: ListenAddress, endpoint: any Endpoint, certificate: ServerCertificate? = nil,
    limits: Limits = Limits(), clock: @escaping @Sendable () -> Timestamp
  ) {
    self.address = address
    self.endpoint = endpoint
    self.certificate = certificate
    self.limits = limits
    self.clock = clock
  }

  /// Starts to listen.
  ///
  /// - Returns: the port, which is the address's own unless that is 0.
  /// - Throws: a sentence when the address cannot be bound.
  package func start() async throws(ListenFailure) -> Int {
    let bound = AsyncStream<Result<Int, ListenFailure>>.makeStream()
    let application: Application<CallbackResponder<BasicRequestContext>>
    do {
      application = try self.application { bound.continuation.yield(.success($0)) }
    } catch {
      throw ListenFailure(address: address, reason: "its certificate or key: \(error)")
    }
    let task = Task { [address] in
      do {
        try await application.run()
      } catch {
        bound.continuation.yield(.failure(ListenFailure(address: address, error: error)))
      }
      bound.continuation.finish()
    }
    state.withLock { $0 = task }
    for await result in bound.stream { return try result.get() }
    throw ListenFailure(address: address, reason: "the server ended at once")
  }

  /// Stops listening; requests that are being answered are answered.
  package func stop() async {
    let task = state.withLock { task in
      defer { task = nil }
      return task
    }
    task?.cancel()
    await task?.value
  }

  private func application(
    onBound: @escaping @Sendable (Int) -> Void
  ) throws -> Application<CallbackResponder<BasicRequestContext>> {
    let configuration = ApplicationConfiguration(
      address: .hostname(address.host, port: address.port), serverName: "meridian",
      availableConnectionsDelegate: MaximumAvailableConnections(limits.connections))
    var logger = Logger(label: "meridian.http")
    // What goes wrong with a request is told to its client, and counted.
    logger.logLevel = .critical
    return Application(
      responder: CallbackResponder { [endpoint, limits, clock] request, _ in
        await Self.respond(to: request, endpoint: endpoint, limits: limits, clock: clock)
      },
      server: try .http1(
        configuration: HTTP1Channel.Configuration(idleTimeout: .seconds(Int64(limits.idleSeconds)))
      ).secured(by: certificate),
      configuration: configuration,
      onServerRunning: { onBound($0.localAddress?.port ?? 0) }, logger: logger)
  }

  private static func respond(
    to request: Request, endpoint: any Endpoint, limits: Limits,
    clock: @Sendable () -> Timestamp
  ) async -> Response {
    do {
      let body = try await request.body.collect(upTo: limits.bodyBytes)
      let whole = EndpointRequest(request, body: Array(body.readableBytesView), arrival: clock())
      return Response(await endpoint.reply(to: whole))
    } catch {
      let sentence = "a body may have \(limits.bodyBytes) bytes at most"
      return Response(.text(413, sentence))
    }
  }
}
