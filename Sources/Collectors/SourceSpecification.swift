import Telemetry
import WireFormats

/// A SOURCE as it is written on the command line: a path, a folder, a glob, `-`, or a socket to listen
/// on (`tcp://`, `udp://`, `unix://`), or a page of metrics that is fetched at an interval (`http://`).
///
/// `?format=NAME` at its end says which format it is in; sockets take more settings after `?`, parted by
/// `&`: see `SocketSettings`.
package struct SourceSpecification: Hashable, Sendable, CustomStringConvertible {
  package var location: Location
  package var format: String?
  /// What is said about a socket.
  package var settings = SocketSettings()

  package enum Location: Hashable, Sendable {
    case standardInput
    /// A file, a folder or a glob.
    case path(String)
    /// A socket that is listened on.
    case socket(SocketAddress)
    /// A page of metrics to be fetched at an interval.
    case page(ScrapeTarget)
  }

  package init(location: Location, format: String? = nil) {
    self.location = location
    self.format = format
  }

  package init(_ text: String) throws(InputError) {
    if let scheme = Self.scheme(of: text) {
      try self.init(scheme: scheme, rest: String(text.dropFirst(scheme.count + 3)))
      return
    }
    let (path, format) = Self.split(text)
    if let format { try Self.check(format) }
    guard !path.isEmpty else { throw InputError(.usage, "a source is empty; give a path or -") }
    self.init(location: path == "-" ? .standardInput : .path(path), format: format)
  }

  private init(scheme: String, rest: String) throws(InputError) {
    if scheme == "http" {
      self.init(location: .page(try ScrapeTarget(rest)))
      return
    }
    guard ["tcp", "udp", "unix"].contains(scheme) else {
      throw InputError(
        .usage,
        "\(scheme)://\(rest): \(scheme):// sources are not in this version; give files, folders, "
          + "globs, -, tcp://, udp://, unix:// or http://")
    }
    let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let settings = try SocketSettings(parts.count > 1 ? String(parts[1]) : "")
    let address = try SocketAddress(
      scheme: scheme, rest: String(parts[0]), type: settings.type)
    guard address.isLocal || settings.isExposed else {
      throw InputError(
        .usage,
        "\(address) can be reached from other machines and has no password; bind 127.0.0.1, or add "
          + "?exposed=yes where a firewall or a proxy guards it")
    }
    self.init(location: .socket(address), format: settings.format)
    self.settings = settings
  }

  /// Whether it is no file: what comes by it does not wait to be read.
  var isLive: Bool {
    switch location {
    case .socket, .page: true
    case .standardInput, .path: false
    }
  }

  package var description: String {
    switch location {
    case .standardInput: "-"
    case .path(let path): path
    case .socket(let address): address.description
    case .page(let target): target.description
    }
  }

  /// Fails with a sentence that names all formats when there is none of this name.
  package static func check(_ format: String) throws(InputError) {
    guard wireFormat(named: format) == nil else { return }
    let names = allWireFormats.map { $0.name }.joined(separator: ", ")
    throw InputError(.usage, "'\(format)' is not one of the formats \(names)")
  }

  private static func split(_ text: String) -> (path: String, format: String?) {
    let marker = "?format="
    guard let mark = text.lastRange(of: marker) else { return (text, nil) }
    return (String(text[..<mark.lowerBound]), String(text[mark.upperBound...]))
  }

  private static func scheme(of path: String) -> String? {
    let scheme = path.prefix { $0 != ":" }
    guard path.dropFirst(scheme.count).hasPrefix("://"), let first = scheme.first, first.isLetter,
      scheme.allSatisfy({ $0.isLetter || $0.isNumber || "+-.".contains($0) })
    else { return nil }
    return String(scheme)
  }
}

extension String {
  /// Where a text stands last.
  func lastRange(of text: String) -> Range<Index>? {
    var start = endIndex
    while true {
      if self[start...].hasPrefix(text) {
        return start..<index(start, offsetBy: text.count)
      }
      guard start > startIndex else { return nil }
      start = index(before: start)
    }
  }
}
