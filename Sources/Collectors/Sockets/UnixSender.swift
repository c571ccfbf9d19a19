import CSockets

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Writes lines to the unix stream socket that a daemon listens on.
package enum UnixSender {
  private static let timeoutMilliseconds: Int32 = 5000

  /// Sends all of it; it is taken once the daemon reads it.
  ///
  /// - Throws: where nobody listens there, or does not take it in time.
  package static func send(_ bytes: [UInt8], to path: String) throws(InputError) {
    let descriptor = unsafe cs_connect_unix(path, timeoutMilliseconds)
    guard descriptor >= 0 else {
      throw InputError(.inputOutput, "nobody listens on \(path): \(SystemError())")
    }
    defer { _ = close(descriptor) }
    guard sendWhole(bytes, to: descriptor) else {
      throw InputError(.inputOutput, "\(path) does not take it: \(SystemError())")
    }
  }
}

/// Sends all bytes; false, with `errno` set, where that fails.
func sendWhole(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = unsafe rest.withUnsafeBytes { bytes in
      unsafe cs_send(descriptor, bytes.baseAddress, bytes.count)
    }
    guard count > 0 else { return false }
    rest = rest.dropFirst(count)
  }
  return true
}
