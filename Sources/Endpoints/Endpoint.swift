import Telemetry

/// What answers the HTTP requests of one listening address: pure, but for the mailbox it fills.
///
/// An endpoint never throws: whatever a client sends gets a reply that this client's own library
/// understands.
package protocol Endpoint: Sendable {
  func reply(to request: EndpointRequest) async -> EndpointReply
}

/// A whole HTTP request.
package struct EndpointRequest: Sendable {
  package var method: String
  /// Without the query.
  package var path: String
  /// What follows the `?`, as it came.
  package var query: String
  /// Names in lower case, in the order of the request.
  package var headers: [(name: String, value: String)]
  /// As it was sent: still compressed.
  package var body: [UInt8]
  /// When it had arrived.
  package var arrival: Timestamp

  package init(
    method: String = "POST", path: String = "/", query: String = "",
    headers: [(name: String, value: String)] = [], body: [UInt8] = [], arrival: Timestamp
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.arrival = arrival
  }

  /// The first header of a name, which is given in lower case.
  package func header(_ name: String) -> String? {
    headers.first { $0.name == name }?.value
  }

  /// The first value of a parameter of the query; nil where it has none of the name.
  package func queryValue(_ name: String) -> String? {
    for pair in query.split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if sides[0] == name[...] { return sides.count > 1 ? String(sides[1]) : "" }
    }
    return nil
  }

  /// The media type of the body, without its parameters and in lower case.
  package var mediaType: String {
    let value = header("content-type") ?? ""
    return value.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
  }
}

/// What a client is answered.
package struct EndpointReply: Sendable {
  package var status: Int
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]

  package init(
    status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A reply of one sentence.
  package static func text(_ status: Int, _ sentence: String) -> EndpointReply {
    EndpointReply(
      status: status, headers: [("Content-Type", "text/plain; charset=utf-8")],
      body: Array((sentence + "\n").utf8))
  }
}
