import CSockets

/// Where a listener listens: `tcp://host:port`, `udp://host:port`, `unix:///path`.
package struct SocketAddress: Hashable, Sendable, CustomStringConvertible {
  package var transport: Transport
  /// A host's name or number; empty for unix sockets.
  package var host = ""
  package var port = ""
  /// The path of a unix socket.
  package var path = ""

  package enum Transport: String, Hashable, Sendable {
    case tcp, udp
    case unixStream, unixDatagram
  }

  /// Without a host a socket is for this machine alone.
  package static let defaultHost = "127.0.0.1"

  package init(transport: Transport, host: String = "", port: String = "", path: String = "") {
    self.transport = transport
    self.host = host
    self.port = port
    self.path = path
  }

  /// Reads what follows `scheme://`.
  init(scheme: String, rest: String, type: String?) throws(InputError) {
    switch scheme {
    case "unix":
      guard rest.hasPrefix("/") || rest.hasPrefix(".") else {
        throw InputError(.usage, "unix://\(rest) names no path such as unix:///run/meridian.sock")
      }
      guard type == nil || type == "stream" || type == "datagram" else {
        throw InputError(.usage, "type=\(type ?? "") is neither stream nor datagram")
      }
      self.init(transport: type == "datagram" ? .unixDatagram : .unixStream, path: rest)
    default:
      let (host, port) = try Self.hostAndPort(rest, scheme: scheme)
      self.init(transport: scheme == "udp" ? .udp : .tcp, host: host, port: port)
    }
  }

  /// Splits `host:port`, `[::1]:port` and `:port`.
  private static func hostAndPort(
    _ text: String, scheme: String
  ) throws(InputError) -> (String, String) {
    guard let colon = text.lastIndex(of: ":"),
      let port = UInt16(text[text.index(after: colon)...])
    else {
      throw InputError(
        .usage, "\(scheme)://\(text) has no port, such as \(scheme)://127.0.0.1:8125")
    }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    return (host.isEmpty ? defaultHost : host, String(port))
  }

  package var isStream: Bool { transport == .tcp || transport == .unixStream }
  package var isUnix: Bool { transport == .unixStream || transport == .unixDatagram }

  /// Whether only this machine can reach it.
  package var isLocal: Bool {
    if isUnix { return true }
    return unsafe cs_is_loopback(host) == 1
  }

  package var description: String {
    switch transport {
    case .tcp, .udp: "\(transport.rawValue)://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    case .unixStream, .unixDatagram: "unix://\(path)"
    }
  }
}
