/// A grid of cells that views write on; its description is the picture.
package struct Canvas: Hashable, Sendable {
  package let rows: Int
  package let columns: Int
  package internal(set) var cells: [Cell]
  /// Nothing is written outside of it.
  package internal(set) var clip: Rect
  /// Where the cursor parks: the selected row; nil hides it.
  package var cursor: (row: Int, column: Int)? {
    get { cursorCell.map { ($0 / max(columns, 1), $0 % max(columns, 1)) } }
    set { cursorCell = newValue.map { $0.row * columns + $0.column } }
  }
  private var cursorCell: Int?

  package init(rows: Int, columns: Int) {
    self.rows = max(rows, 0)
    self.columns = max(columns, 0)
    clip = Rect(row: 0, column: 0, rows: rows, columns: columns)
    cells = Array(repeating: .blank, count: self.rows * self.columns)
  }

  /// The whole of it.
  package var bounds: Rect { Rect(row: 0, column: 0, rows: rows, columns: columns) }

  package subscript(row: Int, column: Int) -> Cell {
    get { cells[row * columns + column] }
    set { cells[row * columns + column] = newValue }
  }
}
