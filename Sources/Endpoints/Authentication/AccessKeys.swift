import Telemetry
import WireFormats

/// The access keys that a CloudWatch endpoint knows, and whether a request is signed with one.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
package struct AccessKeys: Hashable, Sendable {
  /// Secrets by access key.
  private let secrets: [String: String]
  private let service: String

  /// How far a request's date may be from its arrival: AWS's common errors say fifteen minutes.
  static let toleranceMilliseconds: Int64 = 15 * 60_000

  package init(_ secrets: [String: String], service: String = "monitoring") {
    self.secrets = secrets
    self.service = service
  }

  /// Refuses a request that is not signed with a key that is known, as AWS does.
  func verify(_ request: EndpointRequest) throws(CloudWatchError) {
    guard let authorization = request.header("authorization") else {
      throw CloudWatchError(
        .missingAuthenticationToken, "Request is missing Authentication Token")
    }
    guard let scope = CredentialScope(authorization) else {
      throw CloudWatchError(
        .incompleteSignature,
        "The Authorization header is not one of AWS4-HMAC-SHA256 with Credential, SignedHeaders "
          + "and Signature")
    }
    guard let secret = secrets[scope.accessKey] else {
      throw CloudWatchError(
        .invalidClientTokenId, "The security token included in the request is invalid.")
    }
    let date = try signedDate(request, scope)
    try check(scope, request)
    let signature = Self.signature(of: request, scope, date: date, secret: secret)
    guard isEqualInConstantTime(signature, scope.signature) else {
      throw CloudWatchError(
        .signatureDoesNotMatch,
        "The request signature we calculated does not match the signature you provided. Check your "
          + "AWS Secret Access Key and signing method. Consult the service documentation for details."
      )
    }
  }

  /// `X-Amz-Date` as it was sent, if it is of now and of the scope's day.
  private func signedDate(
    _ request: EndpointRequest, _ scope: CredentialScope
  ) throws(CloudWatchError) -> String {
    guard let text = request.header("x-amz-date"), let date = Self.time(text) else {
      throw CloudWatchError(
        .incompleteSignature, "The header X-Amz-Date is not a time such as 20261123T094047Z")
    }
    guard text.hasPrefix(scope.date) else {
      throw CloudWatchError(
        .signatureDoesNotMatch,
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP")
    }
    guard abs(date - request.arrival) <= Self.toleranceMilliseconds else {
      throw CloudWatchError(
        .requestExpired, "Request has expired: it is dated \(date), and it is \(request.arrival)")
    }
    return text
  }

  /// The service, and that the headers are signed that must be.
  private func check(
    _ scope: CredentialScope, _ request: EndpointRequest
  ) throws(CloudWatchError) {
    guard scope.service == service else {
      throw CloudWatchError(
        .signatureDoesNotMatch, "Credential should be scoped to correct service: '\(service)'.")
    }
    let amazon = request.headers.map(\.name).filter { $0.hasPrefix("x-amz-") }
    for name in ["host"] + amazon where !scope.signedHeaders.contains(name) {
      throw CloudWatchError(
        .signatureDoesNotMatch,
        "'\(name)' must be a 'SignedHeader' in the AWS Authorization.")
    }
  }

  static func signature(
    of request: EndpointRequest, _ scope: CredentialScope, date: String, secret: String
  ) -> String {
    let canonical = CanonicalRequest(request, signedHeaders: scope.signedHeaders)
    let hash = hexadecimal(SHA256.digest(Array(canonical.text.utf8)))
    let text = [CredentialScope.algorithm, date, scope.text, hash].joined(separator: "\n")
    var key = Array("AWS4\(secret)".utf8)
    for part in [scope.date, scope.region, scope.service, "aws4_request"] {
      key = SHA256.authenticationCode(of: Array(part.utf8), key: key)
    }
    return hexadecimal(SHA256.authenticationCode(of: Array(text.utf8), key: key))
  }

  /// The time of `20261123T094047Z`.
  private static func time(_ text: String) -> Timestamp? {
    let bytes = Array(text.utf8)
    guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z") else {
      return nil
    }
    func part(_ start: Int, _ end: Int) -> String {
      String(decoding: bytes[start..<end], as: UTF8.self)
    }
    return Timestamp(
      iso8601: "\(part(0, 4))-\(part(4, 6))-\(part(6, 8))T"
        + "\(part(9, 11)):\(part(11, 13)):\(part(13, 15))Z")
  }
}
