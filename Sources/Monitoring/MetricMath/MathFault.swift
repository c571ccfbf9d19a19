/// What is wrong with an expression, and where.
package struct MathFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// 1-based, in characters.
  package var column: Int
  /// A sentence without its full stop.
  package var problem: String

  init(_ column: Int, _ problem: String) {
    self.column = column
    self.problem = problem
  }

  /// `column 4: no query has the Id m9`.
  package var description: String { "column \(column): \(problem)" }
}
