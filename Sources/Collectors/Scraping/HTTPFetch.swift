import CSockets
import WireFormats

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One GET over a connection of its own, with a deadline.
struct HTTPFetch {
  let target: ScrapeTarget

  private static let readSize = 64 << 10

  /// The formats that are read, the richer one first, as Prometheus asks for them.
  private static let accepted =
    "application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"

  /// What is sent.
  var request: String {
    let authorization = target.token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
    return "GET \(target.path) HTTP/1.1\r\nHost: \(target.instance)\r\n"
      + "User-Agent: meridian\r\nAccept: \(Self.accepted)\r\nAccept-Encoding: gzip\r\n"
      + "\(authorization)Connection: close\r\n\r\n"
  }

  /// The page as it is, its content encoding undone.
  func run() throws(HTTPResponse.Fault) -> HTTPResponse {
    let descriptor = unsafe cs_connect_tcp(
      target.host, target.port, Int32(clamping: target.timeoutMilliseconds))
    guard descriptor >= 0 else {
      throw HTTPResponse.Fault(sentence: "cannot be reached: \(SystemError())")
    }
    defer { _ = close(descriptor) }
    guard sendWhole(Array(request.utf8), to: descriptor) else {
      throw HTTPResponse.Fault(sentence: "the request cannot be sent: \(SystemError())")
    }
    var response = try HTTPResponse(try receive(descriptor))
    guard response.status == 200 else {
      throw HTTPResponse.Fault(sentence: "it answers with the status \(response.status)")
    }
    do throws(RequestBody.BodyFault) {
      response.body = try RequestBody.decompressed(
        response.body, encoding: response.headers["content-encoding"],
        limitBytes: InputLimits.bodyBytes)
    } catch {
      throw HTTPResponse.Fault(sentence: error.sentence)
    }
    return response
  }

  private func receive(_ descriptor: Int32) throws(HTTPResponse.Fault) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: Self.readSize)
    let deadline = ContinuousClock.now + .milliseconds(target.timeoutMilliseconds)
    while true {
      guard ContinuousClock.now < deadline else {
        throw HTTPResponse.Fault(sentence: "no whole answer within the timeout")
      }
      let count = unsafe read(descriptor, &piece, piece.count)
      if count == 0 { return bytes }
      guard count > 0 else {
        throw HTTPResponse.Fault(sentence: "no whole answer within the timeout: \(SystemError())")
      }
      bytes += piece[..<count]
      guard bytes.count <= InputLimits.bodyBytes else {
        throw HTTPResponse.Fault(
          sentence: "the answer has more than \(InputLimits.bodyBytes) bytes")
      }
    }
  }
}
