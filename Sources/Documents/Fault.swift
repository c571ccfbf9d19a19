/// A mistake of the user's in a document, as one sentence with its place.
package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
  package var place: Node.Place
  /// The value found; nil when something is missing.
  package var value: String?
  /// What should have stood there: "a number", "one of OK, ALARM".
  package var expected: String

  package init(place: Node.Place, value: String?, expected: String) {
    self.place = place
    self.value = value
    self.expected = expected
  }

  /// `meridian.yaml:12: deployments.orders.rpo: 'soon' is not a duration such as 90s`.
  package var description: String {
    let line = place.line > 0 ? ":\(place.line)" : ""
    let head = [place.file + line, place.path].filter { !$0.isEmpty }.joined(separator: ": ")
    guard let value else { return "\(head): missing \(expected)" }
    return "\(head): '\(value)' is not \(expected)"
  }
}
