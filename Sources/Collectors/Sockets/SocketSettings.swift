import Telemetry
import WireFormats

/// What follows the question mark of a socket: `?format=statsd&region=eu-west-1&namespace=Orders`.
///
/// `format`, `type` (of unix sockets: stream or datagram), `exposed` (yes: other machines may reach it),
/// `region`, `account`, `namespace`, `precision` (of Influx times: ns, us, ms, s, m, h), `region-label`
/// (a label that holds the region), `connections` and `series` (limits).
package struct SocketSettings: Hashable, Sendable {
  package var format: String?
  package var type: String?
  package var isExposed = false
  package var identity = MetricIdentity()
  package var precision: TimePrecision?
  package var regionLabel: String?
  package var connectionLimit = InputLimits.connections
  package var seriesLimit = InputLimits.socketSeries

  package init() {}

  init(_ query: String) throws(InputError) {
    for pair in query.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let (name, value) = (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
      guard !value.isEmpty, let read = Self.readers[name] else {
        let names = Self.readers.keys.sorted().joined(separator: ", ")
        throw InputError(.usage, "'\(pair)' is not a setting and its value; settings are \(names)")
      }
      guard read(&self, value) else {
        throw InputError(.usage, "\(name)=\(value): '\(value)' is not what \(name) can be")
      }
    }
    if let format { try SourceSpecification.check(format) }
  }

  private static let readers: [String: @Sendable (inout SocketSettings, String) -> Bool] = [
    "format": {
      $0.format = $1
      return true
    },
    "type": {
      $0.type = $1
      return $1 == "stream" || $1 == "datagram"
    },
    "exposed": {
      $0.isExposed = $1 == "yes"
      return $1 == "yes" || $1 == "no"
    },
    "region": {
      $0.identity.region = $1
      return true
    },
    "account": {
      $0.identity.account = $1
      return true
    },
    "namespace": {
      $0.identity.namespace = $1
      return true
    },
    "region-label": {
      $0.regionLabel = $1
      return true
    },
    "precision": {
      $0.precision = TimePrecision(named: $1)
      return $0.precision != nil
    },
    "connections": {
      $0.connectionLimit = Int($1) ?? 0
      return $0.connectionLimit > 0
    },
    "series": {
      $0.seriesLimit = Int($1) ?? 0
      return $0.seriesLimit > 0
    },
  ]

  /// The plan of a listener.
  func plan(
    _ address: SocketAddress, format: (any WireFormat.Type)?, options: InputOptions
  ) -> SocketPlan {
    var context = DecodingContext(
      source: address.description, identity: identity.completed(by: options.identity),
      queries: options.queries)
    context.naming = options.naming
    if let regionLabel { context.naming.regionLabels.insert(regionLabel, at: 0) }
    context.precision = precision ?? options.precision
    context.seriesLimit = seriesLimit
    var plan = SocketPlan(address: address, format: format, context: context)
    plan.connectionLimit = connectionLimit
    return plan
  }
}
