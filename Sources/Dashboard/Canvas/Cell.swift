/// One character cell: what stands there, what it means, and how it is stressed.
package struct Cell: Hashable, Sendable {
  /// The scalar shown; 0 in the second column of a wide character.
  package var scalar: UInt32
  package var role: Role
  package var attributes: Attributes

  package init(scalar: UInt32, role: Role = .text, attributes: Attributes = []) {
    self.scalar = scalar
    self.role = role
    self.attributes = attributes
  }

  package static let blank = Cell(scalar: 32)

  /// Stress that a view gives on top of its role's own style.
  package struct Attributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    package static let bold = Attributes(rawValue: 1)
    package static let dim = Attributes(rawValue: 2)
    package static let underline = Attributes(rawValue: 4)
    package static let reverse = Attributes(rawValue: 8)
    /// The uniform background of the selected row; each cell keeps its own foreground.
    package static let selected = Attributes(rawValue: 16)
    /// The background of the header row and of the current tab.
    package static let bar = Attributes(rawValue: 32)
  }
}
