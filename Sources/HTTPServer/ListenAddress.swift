/// Where a listener listens, as it is written in `listen:`: `127.0.0.1:8085`, `[::1]:4318`, `8085`.
package struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
  package var host: String
  /// 0: any free port.
  package var port: Int

  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads an address; a port alone means loopback, and nil that the text is none.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":") else {
      guard let port = Self.port(text[...]) else { return nil }
      self.init(host: "127.0.0.1", port: port)
      return
    }
    guard let port = Self.port(text[text.index(after: colon)...]) else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    self.init(host: host.isEmpty ? "127.0.0.1" : String(host), port: port)
  }

  /// Whether only this machine can reach it.
  package var isLoopback: Bool {
    if host == "localhost" || host == "::1" { return true }
    // A name such as 127.example.org is somebody else's.
    return host.hasPrefix("127.") && host.allSatisfy { $0 == "." || $0.isASCII && $0.isNumber }
  }

  package var description: String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }

  private static func port(_ text: Substring) -> Int? {
    Int(text).flatMap { (0...65_535).contains($0) ? $0 : nil }
  }
}
