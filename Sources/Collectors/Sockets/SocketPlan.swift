import Telemetry
import WireFormats

/// What a listener needs to know: its address, what it reads, and its limits.
package struct SocketPlan: Sendable {
  package var address: SocketAddress
  /// Nil: found out from the content.
  package var format: (any WireFormat.Type)?
  package var context: DecodingContext
  /// Connections at a time; further ones are closed at once.
  package var connectionLimit = InputLimits.connections
  /// Connections that say nothing for so long are closed.
  package var idleMilliseconds: Int64 = Int64(InputLimits.socketIdleSeconds) * 1000

  package init(
    address: SocketAddress, format: (any WireFormat.Type)? = nil, context: DecodingContext
  ) {
    self.address = address
    self.format = format
    self.context = context
    self.context.lineLimit = min(context.lineLimit, InputLimits.socketLineBytes)
  }

  /// The same with the port that the system gave.
  func bound(to port: UInt16) -> SocketPlan {
    guard address.port == "0" else { return self }
    var plan = self
    plan.address.port = String(port)
    if context.source == address.description { plan.context.source = plan.address.description }
    return plan
  }

  /// What one read of a connection takes.
  static let readSize = 1 << 16
  /// Datagrams taken at once.
  static let datagramCount = 64
  /// What is asked of the kernel, which may give less: bursts between two looks.
  static let receiveBufferSize: Int32 = 8 << 20
}
