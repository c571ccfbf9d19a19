/// What an `Authorization` header of AWS Signature Version 4 says.
///
/// `AWS4-HMAC-SHA256 Credential=AKID/20261123/eu-west-1/monitoring/aws4_request, SignedHeaders=host;…,
/// Signature=…`.
struct CredentialScope: Hashable, Sendable {
  var accessKey: String
  /// `20261123`.
  var date: String
  var region: String
  var service: String
  /// In lower case, in the order of the header.
  var signedHeaders: [String]
  /// Hexadecimal digits.
  var signature: String

  static let algorithm = "AWS4-HMAC-SHA256"

  init?(_ authorization: String?) {
    guard let authorization, authorization.hasPrefix(Self.algorithm + " ") else { return nil }
    var fields: [Substring: Substring] = [:]
    for field in authorization.dropFirst(Self.algorithm.count).split(separator: ",") {
      let sides = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if sides.count == 2 { fields[sides[0].drop { $0 == " " }] = sides[1] }
    }
    let parts = (fields["Credential"] ?? "").split(
      separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[4] == "aws4_request", let headers = fields["SignedHeaders"],
      let signature = fields["Signature"]
    else { return nil }
    (accessKey, date) = (String(parts[0]), String(parts[1]))
    (region, service) = (String(parts[2]), String(parts[3]))
    signedHeaders = headers.split(separator: ";").map { $0.lowercased() }
    self.signature = signature.filter { $0 != " " }
  }

  /// `20261123/eu-west-1/monitoring/aws4_request`.
  var text: String { "\(date)/\(region)/\(service)/aws4_request" }
}
