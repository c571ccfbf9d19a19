import Documents

/// An answer of the CloudWatch API in the caller's own protocol, errors included.
package struct CloudWatchReply: Hashable, Sendable {
  package var status: Int
  package var headers: [Header]
  package var body: [UInt8]

  package struct Header: Hashable, Sendable {
    package var name: String
    package var value: String
  }

  /// The tag of a `Node` that is a time: `.tagged(timeTag, seconds since 1970)`.
  package static let timeTag = CBORWriter.timeTag

  /// A success; `result` is the modelled output, nil where the operation has none.
  package init(
    _ result: Node?, of operation: String, wire: CloudWatchRequest.Wire, requestID: String
  ) {
    status = 200
    headers = Self.headers(wire, requestID: requestID)
    let empty = Node(.mapping([]))
    switch wire {
    case .awsJson: body = Self.json(result ?? empty)
    case .cbor: body = CBORWriter.bytes(of: result ?? empty)
    case .query:
      var xml = XMLWriter()
      xml.element(operation + "Response", attributes: XMLWriter.namespace) { xml in
        if let result { xml.element(operation + "Result") { $0.node(result) } }
        xml.element("ResponseMetadata") { xml in
          xml.element("RequestId") { $0.text(requestID) }
        }
      }
      body = Array(xml.document.utf8)
    }
  }

  /// An error.
  package init(_ error: CloudWatchError, wire: CloudWatchRequest.Wire, requestID: String) {
    status = error.status
    headers = Self.headers(wire, requestID: requestID)
    if wire != .query {
      // Without it botocore does not raise the modelled exception.
      headers.append(
        Header(name: "x-amzn-query-error", value: "\(error.code);\(error.blame)"))
    }
    let type = "com.amazonaws.cloudwatch#\(error.shape)"
    let fields = Node(
      .mapping([
        Node.Entry(key: "__type", value: Node(.string(type))),
        Node.Entry(key: "message", value: Node(.string(error.message))),
      ]))
    switch wire {
    case .awsJson: body = Self.json(fields)
    case .cbor: body = CBORWriter.bytes(of: fields)
    case .query: body = Self.xml(error, requestID: requestID)
    }
  }

  private static func headers(_ wire: CloudWatchRequest.Wire, requestID: String) -> [Header] {
    var headers = [Header(name: "x-amzn-RequestId", value: requestID)]
    switch wire {
    case .awsJson:
      headers.append(Header(name: "Content-Type", value: "application/x-amz-json-1.0"))
    case .cbor:
      headers.append(Header(name: "Content-Type", value: "application/cbor"))
      // Go's client refuses any reply without it, errors included.
      headers.append(Header(name: "smithy-protocol", value: "rpc-v2-cbor"))
    case .query: headers.append(Header(name: "Content-Type", value: "text/xml"))
    }
    return headers
  }

  private static func json(_ node: Node) -> [UInt8] {
    var writer = JSONWriter()
    writer.node(node)
    return Array(writer.text.utf8)
  }

  private static func xml(_ error: CloudWatchError, requestID: String) -> [UInt8] {
    var xml = XMLWriter()
    xml.element("ErrorResponse", attributes: XMLWriter.namespace) { xml in
      xml.element("Error") { xml in
        xml.element("Type") { $0.text(error.blame) }
        xml.element("Code") { $0.text(error.code) }
        xml.element("Message") { $0.text(error.message) }
      }
      xml.element("RequestId") { $0.text(requestID) }
    }
    return Array(xml.document.utf8)
  }
}
