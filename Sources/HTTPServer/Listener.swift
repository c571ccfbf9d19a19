import NIOCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What listens on one address, on a library's own threads.
package protocol Listener: Sendable {
  var address: ListenAddress { get }

  /// Starts to listen; goes on until the process ends.
  ///
  /// - Returns: the port, which is the address's own unless that is 0.
  /// - Throws: a sentence when the address cannot be bound.
  func start() async throws(ListenFailure) -> Int
}

/// Why an address cannot be listened on.
package struct ListenFailure: Error, Sendable, CustomStringConvertible {
  package let description: String

  init(address: ListenAddress, reason: String) {
    description = "\(address): cannot be listened on: \(reason)"
  }

  init(address: ListenAddress, error: any Error) {
    let reason = (error as? IOError).map { Self.words(for: $0.errnoCode) } ?? "\(error)"
    self.init(address: address, reason: reason)
  }

  private static func words(for code: Int32) -> String {
    switch code {
    case EADDRINUSE: "something else listens there"
    case EACCES: "permission denied"
    case EADDRNOTAVAIL: "it is not an address of this machine"
    default: "error \(code)"
    }
  }
}
