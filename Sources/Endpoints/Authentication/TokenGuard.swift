import WireFormats

/// Lets requests through that carry a token, as the clients of each protocol send one.
///
/// `Authorization: Bearer TOKEN` (OTLP, remote write, scrapes), `Token TOKEN` (InfluxDB 2.x), or the
/// password of `Basic` (InfluxDB 1.x, remote write), whose user is not looked at.
package final class TokenGuard: Endpoint {
  private let endpoint: any Endpoint
  private let token: String

  package init(_ endpoint: any Endpoint, token: String) {
    self.endpoint = endpoint
    self.token = token
  }

  package func reply(to request: EndpointRequest) async -> EndpointReply {
    guard let given = Self.token(in: request.header("authorization")),
      isEqualInConstantTime(given, token)
    else {
      var refusal = EndpointReply.text(401, "the token is missing, or not the one configured")
      refusal.headers.append(("WWW-Authenticate", "Bearer"))
      return refusal
    }
    return await endpoint.reply(to: request)
  }

  private static func token(in authorization: String?) -> String? {
    let parts = (authorization ?? "").split(separator: " ", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    switch parts[0].lowercased() {
    case "bearer", "token": return parts[1]
    case "basic":
      let pair = Base64.decode(Array(parts[1].utf8).span).map {
        String(decoding: $0, as: UTF8.self)
      }
      return pair?.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).last
        .map(String.init)
    default: return nil
    }
  }
}
