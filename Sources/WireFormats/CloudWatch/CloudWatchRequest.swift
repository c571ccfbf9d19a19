import Documents

/// A call of the CloudWatch API, whichever of its three protocols brought it.
package struct CloudWatchRequest: Hashable, Sendable {
  package var wire: Wire
  /// `PutMetricData`.
  package var operation: String
  /// The parameters under their modelled names; numbers of awsQuery are texts.
  package var parameters: Node

  /// The protocols that live clients speak.
  package enum Wire: Hashable, Sendable {
    case awsJson, cbor, query
  }

  /// Which protocol a request speaks, and which operation it asks for.
  package struct Route: Hashable, Sendable {
    package var wire: Wire
    /// Empty for awsQuery, whose body names it.
    package var operation: String
  }

  /// The service's name in `X-Amz-Target` and in the path of rpc-v2-cbor.
  static let service = "GraniteServiceVersion20100801"

  /// The protocol of a request by its path (without the query) and its headers.
  ///
  /// - Parameters:
  ///   - path: The path of the URL, without what follows a question mark.
  ///   - header: The value of a header whose name is given in lower case.
  /// - Returns: Nil where it is no request of the API.
  package static func route(path: String, header: (String) -> String?) -> Route? {
    if header("smithy-protocol") == "rpc-v2-cbor" {
      let parts = path.split(separator: "/").suffix(4).map(String.init)
      guard parts.count == 4, parts[0] == "service", parts[2] == "operation",
        parts[1].split(separator: ".").last == Substring(service), header("x-amz-target") == nil
      else { return nil }
      return Route(wire: .cbor, operation: parts[3])
    }
    if let target = header("x-amz-target") {
      let parts = target.split(separator: ".").map(String.init)
      guard parts.count == 2, parts[0] == service else { return nil }
      return Route(wire: .awsJson, operation: parts[1])
    }
    let type = header("content-type") ?? ""
    guard type.hasPrefix("application/x-www-form-urlencoded") else { return nil }
    return Route(wire: .query, operation: "")
  }

  /// Reads a body that has been decompressed.
  package init(_ route: Route, body: [UInt8]) throws(CloudWatchError) {
    wire = route.wire
    operation = route.operation
    switch route.wire {
    case .awsJson:
      do throws(Fault) {
        parameters = body.isEmpty ? Node(.mapping([])) : try Node.json(body)
      } catch {
        throw CloudWatchError(.malformedInput, "the body is not JSON: \(error.description)")
      }
    case .cbor:
      do throws(CBORReader.Fault) {
        parameters = body.isEmpty ? Node(.mapping([])) : try CBORReader.node(body.span)
      } catch {
        throw CloudWatchError(.malformedInput, error.description)
      }
    case .query:
      guard let form = QueryForm(body) else {
        throw CloudWatchError(.malformedInput, "the body is not a form of at most 100,000 members")
      }
      operation = form.action
      parameters = form.parameters
      if operation.isEmpty {
        throw CloudWatchError(.missingParameter, "The parameter Action is required.")
      }
    }
    guard parameters.entries != nil else {
      throw CloudWatchError(.malformedInput, "the body is \(parameters.kind), not a structure")
    }
  }
}
