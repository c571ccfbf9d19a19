import Telemetry
import WireFormats

/// What a listener needs to know: its address, what it reads, and its limits.
package struct SocketPlan: Sendable {
  package var address: SocketAddress
  /// Nil: found out from the content.
  package var format: (any WireFormat.Type)?
  package var context: DecodingContext
  /// Connections at a time; further ones are closed at once.
  package var connectionLimit = SocketPlan.standardConnectionLimit
  /// Connections that say nothing for so long are closed.
  package var idleMilliseconds: Int64 = SocketPlan.standardIdleMilliseconds

  package init(
    address: SocketAddress, format: (any WireFormat.Type)? = nil, context: DecodingContext
  ) {
    self.address = address
    self.format = format
    self.context = context
    self.context.lineLimit = min(context.lineLimit, Self.lineLimit)
  }

  /// An EMF document is of a megabyte at most.
  package static let lineLimit = 1 << 20
  /// A flood of new series is held here; those that are known go on.
  package static let seriesLimit = 100_000
  /// As many as a fleet's agents on one machine.
  package static let standardConnectionLimit = 256
  package static let standardIdleMilliseconds: Int64 = 600_000
  /// What one read of a connection takes.
  static let readSize = 1 << 16
  /// The largest datagram there is.
  static let datagramSize = 1 << 16
  /// Datagrams taken at once.
  static let datagramCount = 64
  /// What is asked of the kernel, which may give less: bursts between two looks.
  static let receiveBufferSize: Int32 = 8 << 20
}
