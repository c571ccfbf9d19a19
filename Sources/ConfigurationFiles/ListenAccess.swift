import Documents

/// Who may send to a listener, and how: the keys beside `address` in an entry of `listen:`.
///
/// ```yaml
/// listen:
///   cloudwatch: {address: 0.0.0.0:8085, keys: {AKIDORDERS: !file /etc/meridian/orders.key}, tls: proxy}
///   otlp: {address: 0.0.0.0:4318, token: "${OTLP_TOKEN}", tls: {certificate: tls.crt, key: tls.key}}
///   statsd: {address: 10.0.0.5:8125, exposed: true}
/// ```
package struct ListenAccess: Hashable, Sendable {
  /// What requests must carry; nil: nothing.
  package var token: String?
  /// The CloudWatch API's access keys with their secrets; empty: signatures are not looked at.
  package var keys: [String: String] = [:]
  package var encryption = Encryption.none
  /// Whether other machines may send without a password, by protocols that have none.
  package var isExposed = false
  /// Whether the CloudWatch API refuses what is too old or too new, as CloudWatch does.
  package var isStrict = false
  package var region: String?
  package var account: String?

  /// What keeps others from reading along.
  package enum Encryption: Hashable, Sendable {
    case none
    /// A proxy on this machine or before it does TLS; the user says so.
    case proxy
    /// PEM files, relative to the configuration.
    case files(certificate: String, key: String)
  }

  package init() {}

  /// Reads the mapping of one entry.
  init(_ node: Node, kind: ListenSetting.Kind, isHTTP: Bool) throws(Fault) {
    let known = Self.keys(of: kind, isHTTP: isHTTP)
    if let fault = node.unknownKeys(Set(known)).first { throw fault }
    token = try Self.secret(node["token"])
    for entry in try node["keys"]?.mapping() ?? [] {
      keys[entry.key] = try Self.secret(entry.value)
    }
    if let tls = node["tls"] { encryption = try Self.encryption(tls) }
    isExposed = try node["exposed"]?.boolean() ?? false
    isStrict = try node["strict"]?.boolean() ?? false
    region = try node["region"]?.string()
    account = try node["account"]?.string()
  }

  private static func keys(of kind: ListenSetting.Kind, isHTTP: Bool) -> [String] {
    if kind == .cloudwatch { return ["address", "keys", "tls", "strict", "region", "account"] }
    return isHTTP ? ["address", "token", "tls", "region", "account"] : ["address", "exposed"]
  }

  /// A secret, which no message shows.
  private static func secret(_ node: Node?) throws(Fault) -> String? {
    guard let node else { return nil }
    guard let text = try? node.string(), text.utf8.count >= secretLength else {
      throw Fault(
        place: node.place, value: "…", expected: "a secret of at least \(secretLength) characters")
    }
    return text
  }

  /// Shorter ones are guessed.
  private static let secretLength = 8

  private static func encryption(_ node: Node) throws(Fault) -> Encryption {
    if node.value == .string("proxy") { return .proxy }
    guard node.entries != nil else { throw node.fault("proxy, or certificate and key") }
    if let fault = node.unknownKeys(["certificate", "key"]).first { throw fault }
    let file = node.place.file
    return .files(
      certificate: FileBytes.resolve(try node.required("certificate").string(), relativeTo: file),
      key: FileBytes.resolve(try node.required("key").string(), relativeTo: file))
  }
}
