import Documents

/// One entry of `listen:`: what is listened for, and where.
package struct ListenSetting: Hashable, Sendable {
  package var kind: Kind
  /// `127.0.0.1:8085`, `[::1]:4318`, or a port, which means loopback.
  package var address: String
  /// Who may come, and how.
  package var access = ListenAccess()
  package var place: Node.Place

  package init(kind: Kind, address: String, place: Node.Place = Node.Place()) {
    self.kind = kind
    self.address = address
    self.place = place
  }

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The CloudWatch API.
    case cloudwatch
    /// OTLP/HTTP metrics.
    case otlp
    /// OTLP/gRPC metrics, in builds with the package trait `GRPC`.
    case otlpGRPC
    /// Firehose's delivery of a metric stream.
    case firehose
    /// Prometheus remote write.
    case remoteWrite
    /// InfluxDB's write API.
    case influx
    /// What meridian has taken in, for Prometheus to scrape.
    case metrics
    /// StatsD and DogStatsD datagrams.
    case statsd
    /// Embedded metric format, by TCP and UDP.
    case emf
    /// Graphite's plaintext protocol.
    case graphite
    /// A unix socket that takes any line format.
    case socket
  }

  /// The sources that take what comes in lines; none for the kinds that speak HTTP.
  package var sources: [String] {
    let whole = address.contains(":") ? address : "127.0.0.1:" + address
    let exposed = access.isExposed ? "&exposed=yes" : ""
    return switch kind {
    case .cloudwatch, .otlp, .otlpGRPC, .firehose, .remoteWrite, .influx, .metrics: []
    case .statsd: ["udp://\(whole)?format=statsd\(exposed)"]
    case .emf: ["tcp", "udp"].map { "\($0)://\(whole)?format=emf\(exposed)" }
    case .graphite: ["tcp://\(whole)?format=graphite\(exposed)"]
    case .socket: ["unix://\(address)"]
    }
  }

  /// Whether it speaks HTTP, or gRPC, which is HTTP/2.
  package var isHTTP: Bool {
    switch kind {
    case .cloudwatch, .otlp, .otlpGRPC, .firehose, .remoteWrite, .influx, .metrics: true
    case .statsd, .emf, .graphite, .socket: false
    }
  }

  /// An address, or a mapping with the address and who may come.
  private init(kind: Kind, _ node: Node) throws(Fault) {
    guard node.entries != nil else {
      self.init(kind: kind, address: try node.string(), place: node.place)
      return
    }
    self.init(kind: kind, address: try node.required("address").string(), place: node.place)
    access = try ListenAccess(node, kind: kind, isHTTP: isHTTP)
  }

  /// Reads the mapping under `listen:`.
  static func read(_ node: Node) throws(Fault) -> [ListenSetting] {
    let known = Kind.allCases.map(\.rawValue)
    if let fault = node.unknownKeys(Set(known)).first { throw fault }
    var settings: [ListenSetting] = []
    for entry in try node.mapping() {
      guard let kind = Kind(rawValue: entry.key) else { continue }
      settings.append(try ListenSetting(kind: kind, entry.value))
    }
    return settings
  }
}
