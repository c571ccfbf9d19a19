/// Why CloudWatch refuses a request: what its clients know the error by, and a sentence.
package struct CloudWatchError: Error, Hashable, Sendable {
  package var kind: Kind
  package var message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// The errors of the service's model (2010-08-01), and those of every AWS service.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case invalidParameterValue = "InvalidParameterValue"
    case missingParameter = "MissingParameter"
    case invalidParameterCombination = "InvalidParameterCombination"
    case invalidFormat = "InvalidFormat"
    case validationError = "ValidationError"
    case invalidNextToken = "InvalidNextToken"
    case resourceNotFound = "ResourceNotFound"
    case limitExceeded = "LimitExceeded"
    case internalServiceError = "InternalServiceError"
    case throttling = "Throttling"
    case invalidAction = "InvalidAction"
    case malformedInput = "SerializationException"
    case requestTooLarge = "RequestEntityTooLarge"
    case accessDenied = "AccessDenied"
    case incompleteSignature = "IncompleteSignature"
    case missingAuthenticationToken = "MissingAuthenticationToken"
    case invalidClientTokenId = "InvalidClientTokenId"
    case signatureDoesNotMatch = "SignatureDoesNotMatch"
    case requestExpired = "RequestExpired"
  }

  /// The code in awsQuery and in `x-amzn-query-error`.
  package var code: String { kind.rawValue }

  /// The name of the modelled exception, which awsJson and CBOR carry.
  package var shape: String {
    switch kind {
    case .invalidParameterValue: "InvalidParameterValueException"
    case .missingParameter: "MissingRequiredParameterException"
    case .invalidParameterCombination: "InvalidParameterCombinationException"
    case .invalidFormat: "InvalidFormatFault"
    case .limitExceeded: "LimitExceededFault"
    case .internalServiceError: "InternalServiceFault"
    default: kind.rawValue
    }
  }

  package var status: Int {
    switch kind {
    case .resourceNotFound: 404
    case .internalServiceError: 500
    case .requestTooLarge: 413
    case .accessDenied, .incompleteSignature, .missingAuthenticationToken, .invalidClientTokenId,
      .signatureDoesNotMatch:
      403
    default: 400
    }
  }

  /// Whose fault it is, in AWS's words.
  package var blame: String { status >= 500 ? "Receiver" : "Sender" }
}
