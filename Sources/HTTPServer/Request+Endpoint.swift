import Endpoints
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import Telemetry

extension EndpointRequest {
  /// A request of the HTTP library as endpoints see it.
  init(_ request: Request, body: [UInt8], arrival: Timestamp) {
    self.init(
      method: request.method.rawValue, path: request.uri.path, query: request.uri.query ?? "",
      headers: request.headers.map { ($0.name.canonicalName, $0.value) }, body: body,
      arrival: arrival)
    if let authority = request.head.authority { headers.append(("host", authority)) }
  }
}

extension Response {
  /// An endpoint's reply as the HTTP library sends it.
  init(_ reply: EndpointReply) {
    var fields = HTTPFields()
    for (name, value) in reply.headers {
      if let field = HTTPField.Name(name) { fields[field] = value }
    }
    self.init(
      status: HTTPResponse.Status(code: reply.status), headers: fields,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
  }
}
