import ConfigurationFiles
import Documents
import Endpoints
import HTTPServer
import WireFormats

/// What a setting becomes: an address that may be listened on, and what answers there.
extension ListenSetting {
  /// The address; refused where other machines reach it and may read or send what they like.
  func checkedAddress() throws(Failure) -> ListenAddress {
    guard let address = ListenAddress(self.address) else {
      throw failure("'\(self.address)' is not an address such as 127.0.0.1:8085")
    }
    if address.isLoopback { return address }
    guard hasSecret else {
      let wanted = kind == .cloudwatch ? "keys: {ACCESSKEY: secret}" : "token: …"
      throw failure("\(address) can be reached by other machines: it needs \(wanted)")
    }
    guard access.encryption != .none else {
      throw failure(
        "\(address) can be reached by other machines: it needs tls: {certificate: …, key: …}, or "
          + "`tls: proxy` where a proxy before it does TLS")
    }
    return address
  }

  /// The certificate to speak TLS by; nil: plain HTTP.
  func certificate() throws(Failure) -> ServerCertificate? {
    guard case .files(let certificate, let key) = access.encryption else { return nil }
    guard ServerCertificate.isSupported else {
      throw failure(
        "this build does not speak TLS (`swift build --traits TLS` does); put a proxy before it and "
          + "say `tls: proxy`")
    }
    return ServerCertificate(certificate: certificate, key: key)
  }

  /// What listens there.
  func listener(
    _ address: ListenAddress, _ endpoint: any Endpoint
  ) throws(Failure) -> any Listener {
    let certificate = try certificate()
    guard kind == .otlpGRPC else {
      return HTTPListener(
        address: address, endpoint: endpoint, certificate: certificate, clock: WallClock.now)
    }
    #if GRPC
    return GRPCListener(
      address: address, endpoint: endpoint, certificate: certificate, clock: WallClock.now)
    #else
    throw failure("this build does not speak gRPC (`swift build --traits GRPC` does)")
    #endif
  }

  /// What answers; nil for what does not speak HTTP.
  func endpoint(
    _ intake: Intake, _ desk: EngineDesk, _ intakes: Intakes, naming: NamingRules
  ) -> (any Endpoint)? {
    var context = DecodingContext(source: intake.name)
    context.identity.region = access.region
    context.identity.account = access.account
    context.naming = naming
    let plain: (any Endpoint)? =
      switch kind {
      case .cloudwatch: CloudWatchEndpoint(intake: intake, desk: desk, options: cloudWatchOptions)
      case .otlp, .otlpGRPC: OTLPEndpoint(intake: intake, context: context)
      case .firehose:
        FirehoseEndpoint(intake: intake, accessKey: access.token, context: context)
      case .remoteWrite: RemoteWriteEndpoint(intake: intake, context: context)
      case .influx: InfluxEndpoint(intake: intake, context: context)
      case .metrics: MetricsEndpoint(desk: desk, intakes: intakes)
      case .statsd, .emf, .graphite, .socket: nil
      }
    // A scrape can send a token, but neither a signature nor Firehose's own header.
    guard let plain, access.keys.isEmpty, kind != .firehose || access.token == nil else {
      return plain
    }
    let whole =
      kind == .metrics || kind == .otlpGRPC
      ? plain : MetricsEndpoint(desk: desk, intakes: intakes, before: plain)
    return access.token.map { TokenGuard(whole, token: $0) } ?? whole
  }

  private var cloudWatchOptions: CloudWatchEndpoint.Options {
    var options = CloudWatchEndpoint.Options()
    options.isStrict = access.isStrict
    options.region = access.region
    options.account = access.account
    options.keys = access.keys.isEmpty ? nil : AccessKeys(access.keys)
    return options
  }

  private var hasSecret: Bool {
    kind == .cloudwatch ? !access.keys.isEmpty : access.token != nil
  }

  private func failure(_ sentence: String) -> Failure {
    let where_ = place.file.isEmpty ? "--listen" : "\(place.file):\(place.line)"
    return Failure(.configuration, "\(where_): \(kind.rawValue): \(sentence)")
  }
}
