/// Why the input cannot be used at all, as one sentence for the user.
package struct InputError: Error, Hashable, Sendable, CustomStringConvertible {
  package var kind: Kind
  package var description: String

  package init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }

  /// Which of sysexits' codes it is.
  package enum Kind: Int32, Hashable, Sendable {
    case usage = 64
    case data = 65
    case inputOutput = 74
  }
}
