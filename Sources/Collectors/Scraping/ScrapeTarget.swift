import Documents
import WireFormats

/// A page of metrics that is fetched at an interval: `http://host:port/metrics#interval=15s&region=…`.
///
/// What follows the `#` is meridian's (`interval`, `timeout`, `region`, `account`, `namespace`, `token`),
/// as the query is the page's own.
package struct ScrapeTarget: Hashable, Sendable, CustomStringConvertible {
  package var host: String
  package var port: String
  /// With its query.
  package var path: String
  package var intervalMilliseconds: Int64 = 15_000
  package var timeoutMilliseconds: Int64 = 10_000
  package var identity = MetricIdentity()
  /// What `Authorization: Bearer` carries; nil: nothing.
  package var token: String?

  /// Shorter intervals are a load for the target and tell a minute's alarm nothing.
  static let shortestIntervalMilliseconds: Int64 = 1000

  /// Reads what follows `http://`.
  init(_ rest: String) throws(InputError) {
    let halves = rest.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let place = halves[0].prefix { $0 != "/" && $0 != "?" }
    let path = String(halves[0].dropFirst(place.count))
    self.path = path.isEmpty ? "/metrics" : path.hasPrefix("/") ? path : "/" + path
    (host, port) = try Self.hostAndPort(place)
    if halves.count > 1 { try read(settings: halves[1]) }
  }

  /// `host:port`, as the dimension `instance` names it.
  package var instance: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  package var description: String { "http://\(instance)\(path)" }

  private static func hostAndPort(_ place: Substring) throws(InputError) -> (String, String) {
    var (host, port) = (place, Substring("80"))
    if let colon = place.lastIndex(of: ":"), !place.hasSuffix("]") {
      (host, port) = (place[..<colon], place[place.index(after: colon)...])
    }
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard !host.isEmpty, UInt16(port) != nil, !host.contains("@") else {
      throw InputError(
        .usage, "http://\(place) is not an address such as http://127.0.0.1:9100/metrics")
    }
    return (String(host), String(port))
  }

  private mutating func read(settings: Substring) throws(InputError) {
    for pair in settings.split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2, let reader = Self.readers[sides[0]] else {
        let names = Self.readers.keys.sorted().joined(separator: ", ")
        throw InputError(.usage, "'\(pair)' is not a setting and its value; settings are \(names)")
      }
      guard reader(&self, sides[1]) else {
        throw InputError(
          .usage, "\(sides[0])=\(sides[1]): '\(sides[1])' is not a duration of 1s or more")
      }
    }
  }

  private static let readers: [String: @Sendable (inout ScrapeTarget, String) -> Bool] = [
    "interval": { $0.set(\.intervalMilliseconds, $1) },
    "timeout": { $0.set(\.timeoutMilliseconds, $1) },
    "region": { $0.set(\.identity.region, $1) },
    "account": { $0.set(\.identity.account, $1) },
    "namespace": { $0.set(\.identity.namespace, $1) },
    "token": { $0.set(\.token, $1) },
  ]

  private mutating func set(
    _ part: WritableKeyPath<ScrapeTarget, String?>, _ text: String
  ) -> Bool {
    self[keyPath: part] = text
    return true
  }

  private mutating func set(
    _ part: WritableKeyPath<ScrapeTarget, Int64>, _ text: String
  ) -> Bool {
    guard let duration = parseDuration(text), duration >= Self.shortestIntervalMilliseconds else {
      return false
    }
    self[keyPath: part] = duration
    return true
  }
}
