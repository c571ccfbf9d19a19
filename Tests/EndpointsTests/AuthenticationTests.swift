import Collectors
import Documents
import Monitoring
import Telemetry
import Testing
import WireFormats

@testable import Endpoints

struct AuthenticationTests {
  private static let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
  private static let keys = AccessKeys(["AKIDEXAMPLE": secret])

  /// FIPS 180-4's examples, by NIST, and lengths around the end of a block.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ])
  func `a digest is what the standard says`(message: String, digest: String) {
    #expect(hexadecimal(SHA256.digest(Array(message.utf8))) == digest)
  }

  /// RFC 4231, test cases 1, 2 and 6 (a key longer than a block).
  @Test(arguments: [
    (
      [UInt8](repeating: 0x0b, count: 20), "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xaa, count: 131),
      "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ])
  func `an authentication code is what the standard says`(
    key: [UInt8], message: String, code: String
  ) {
    let found = SHA256.authenticationCode(of: Array(message.utf8), key: key)
    #expect(hexadecimal(found) == code)
  }

  /// AWS's own test suite for Signature Version 4 (aws-sig-v4-test-suite).
  @Test(arguments: [
    Vector("get-vanilla", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
    Vector(
      "post-vanilla", method: "POST",
      "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
    Vector(
      "get-vanilla-query-order-key-case", query: "Param2=value2&Param1=value1",
      "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
    Vector(
      "get-utf8", path: "/ሴ", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
    Vector(
      "get-space", path: "/example space/",
      "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"),
    Vector(
      "get-header-value-trim",
      headers: [("my-header1", " value1"), ("my-header2", " \"a   b   c\"")],
      "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"),
    Vector(
      "post-x-www-form-urlencoded", method: "POST",
      headers: [("content-type", "application/x-www-form-urlencoded")], body: "Param1=value1",
      "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"),
  ])
  func `a signature is that of AWS's test suite`(_ vector: Vector) throws {
    #expect(throws: Never.self) {
      try AccessKeys(["AKIDEXAMPLE": Self.secret], service: "service").verify(vector.request)
    }
  }

  @Test(arguments: CapturedRequest.all(CapturedRequest.cloudWatchFolders))
  func `what boto3 has signed is taken, and nothing that differs from it`(
    _ capture: CapturedRequest
  ) throws {
    let request = capture.request
    try Self.keys.verify(request)
    var bent = request
    bent.body.append(32)
    #expect(Self.refusal(of: bent) == .signatureDoesNotMatch)
    bent = request
    bent.path += "x"
    #expect(Self.refusal(of: bent) == .signatureDoesNotMatch)
    bent = request
    bent.arrival = request.arrival + 16 * 60_000
    #expect(Self.refusal(of: bent) == .requestExpired)
    bent = request
    bent.headers.append(("x-amz-meta", "unsigned"))
    #expect(Self.refusal(of: bent) == .signatureDoesNotMatch)
    bent = request
    bent.headers.removeAll { $0.name == "authorization" }
    #expect(Self.refusal(of: bent) == .missingAuthenticationToken)
  }

  @Test
  func `an unknown access key, and a header of another kind, are told apart`() throws {
    let request = try #require(CapturedRequest.all(["boto3-1.44-json"]).first).request
    #expect(Self.refusal(of: request, AccessKeys(["OTHER": "x"])) == .invalidClientTokenId)
    #expect(
      Self.refusal(of: request, AccessKeys(["AKIDEXAMPLE": "x"])) == .signatureDoesNotMatch)
    var other = request
    other.headers = [("authorization", "Bearer x")]
    #expect(Self.refusal(of: other) == .incompleteSignature)
  }

  @Test
  func `an endpoint with keys refuses in the caller's protocol what is not signed`() async {
    var options = CloudWatchEndpoint.Options()
    options.keys = Self.keys
    let scene = EndpointScene(options: options)
    for wire in [CloudWatchRequest.Wire.awsJson, .cbor, .query] {
      let reply = await scene.send(EndpointScene.request("ListMetrics", "{}", wire: wire))
      #expect(reply.status == 403)
      #expect(reply.text.contains("IncompleteSignature") || wire == .cbor)
    }
  }

  @Test(arguments: [
    ("Bearer secret-token", 204), ("Token secret-token", 204), ("bearer secret-token", 204),
    ("Basic cm9vdDpzZWNyZXQtdG9rZW4=", 204), ("Bearer secret-toke", 401), ("Bearer", 401),
    ("Basic cm9vdDpyb290", 401), ("secret-token", 401), ("", 401),
  ])
  func `a token is needed where one is configured`(header: String, status: Int) async {
    let endpoint = TokenGuard(
      InfluxEndpoint(intake: Intake(name: "influx", mailbox: Mailbox())), token: "secret-token")
    let headers = header.isEmpty ? [] : [(name: "authorization", value: header)]
    let request = EndpointRequest(
      path: "/write", headers: headers, body: Array("m f=1 1795424400\n".utf8),
      arrival: EndpointScene.now)
    #expect(await endpoint.reply(to: request).status == status)
  }

  private static func refusal(
    of request: EndpointRequest, _ keys: AccessKeys = keys
  ) -> CloudWatchError.Kind? {
    do throws(CloudWatchError) {
      try keys.verify(request)
      return nil
    } catch {
      return error.kind
    }
  }

  /// One case of AWS's test suite.
  struct Vector: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let request: EndpointRequest

    init(
      _ name: String, method: String = "GET", path: String = "/", query: String = "",
      headers: [(name: String, value: String)] = [], body: String = "", _ signature: String
    ) {
      testDescription = name
      let whole =
        headers + [("host", "example.amazonaws.com"), ("x-amz-date", "20150830T123600Z")]
      let names = whole.map(\.name).sorted().joined(separator: ";")
      let authorization =
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        + "SignedHeaders=\(names), Signature=\(signature)"
      request = EndpointRequest(
        method: method, path: path, query: query,
        headers: whole + [("authorization", authorization)], body: Array(body.utf8),
        arrival: CapturedRequest.time("20150830T123600Z"))
    }
  }
}
