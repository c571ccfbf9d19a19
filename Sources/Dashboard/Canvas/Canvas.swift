/// A grid of cells that views write on; its description is the picture.
package struct Canvas: Hashable, Sendable {
  package let rows: Int
  package let columns: Int
  package private(set) var cells: [Cell]
  /// Where the cursor parks: the selected row; nil hides it.
  package var cursor: (row: Int, column: Int)? {
    get { cursorCell.map { ($0 / max(columns, 1), $0 % max(columns, 1)) } }
    set { cursorCell = newValue.map { $0.row * columns + $0.column } }
  }
  private var cursorCell: Int?

  package init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    cells = Array(repeating: .blank, count: rows * columns)
  }

  package subscript(row: Int, column: Int) -> Cell {
    get { cells[row * columns + column] }
    set { cells[row * columns + column] = newValue }
  }
}
