import CSockets
import Dispatch
import Synchronization
import Telemetry
import WireFormats

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A socket that takes lines or datagrams, on a thread of its own, into a mailbox.
///
/// Bounded memory at any load: a stream is not read while the mailbox is full; a datagram for which
/// there is no room is dropped and counted, as are those the kernel had no room for.
package final class SocketListener: Sendable {
  /// Its port is the one that was given, where the plan said 0.
  package let address: SocketAddress
  private let shared: SocketLoop.Shared

  /// Binds the socket and begins to listen.
  ///
  /// `clock` says when what is read arrived.
  package init(
    _ plan: SocketPlan, mailbox: Mailbox, clock: @escaping @Sendable () -> Timestamp
  ) throws(InputError) {
    var port: UInt16 = 0
    let descriptor = try Self.bind(plan.address, port: &port)
    let plan = plan.bound(to: port)
    address = plan.address
    shared = SocketLoop.Shared(source: plan.context.source)
    let shared = shared
    let queue = DispatchQueue(label: "meridian \(plan.address)")
    queue.async {
      var loop = SocketLoop(
        plan: plan, descriptor: descriptor, mailbox: mailbox, shared: shared, clock: clock)
      loop.run()
    }
  }

  deinit { stop() }

  package var port: UInt16 { UInt16(address.port) ?? 0 }

  /// Closes the socket and all its connections.
  package func stop() { shared.stop() }

  /// How it is doing.
  package var status: SourceStatus { shared.status }

  private static func bind(
    _ address: SocketAddress, port: inout UInt16
  ) throws(InputError) -> Int32 {
    let descriptor: Int32 =
      switch address.transport {
      case .tcp: unsafe cs_listen_tcp(address.host, address.port, &port)
      case .udp:
        unsafe cs_bind_udp(address.host, address.port, SocketPlan.receiveBufferSize, &port)
      case .unixStream: unsafe cs_bind_unix(address.path, 1, SocketPlan.receiveBufferSize)
      case .unixDatagram: unsafe cs_bind_unix(address.path, 0, SocketPlan.receiveBufferSize)
      }
    guard descriptor >= 0 else { throw InputError(.inputOutput, "\(address): \(SystemError())") }
    return descriptor
  }
}
