/// A rectangle of cells; never negative.
package struct Rect: Hashable, Sendable {
  package var row: Int
  package var column: Int
  package var rows: Int
  package var columns: Int

  package init(row: Int, column: Int, rows: Int, columns: Int) {
    self.row = row
    self.column = column
    self.rows = max(rows, 0)
    self.columns = max(columns, 0)
  }

  /// The first row and column after the rectangle.
  package var endRow: Int { row + rows }
  package var endColumn: Int { column + columns }
  package var isEmpty: Bool { rows == 0 || columns == 0 }

  package func contains(row: Int, column: Int) -> Bool {
    row >= self.row && row < endRow && column >= self.column && column < endColumn
  }

  package func intersection(_ other: Rect) -> Rect {
    let top = max(row, other.row)
    let left = max(column, other.column)
    return Rect(
      row: top, column: left, rows: min(endRow, other.endRow) - top,
      columns: min(endColumn, other.endColumn) - left)
  }

  package func inset(rows vertical: Int, columns horizontal: Int) -> Rect {
    Rect(
      row: row + vertical, column: column + horizontal, rows: rows - 2 * vertical,
      columns: columns - 2 * horizontal)
  }

  /// The first `count` rows and what is left of them.
  package func splitRows(_ count: Int) -> (Rect, Rect) {
    let height = min(max(count, 0), rows)
    return (
      Rect(row: row, column: column, rows: height, columns: columns),
      Rect(row: row + height, column: column, rows: rows - height, columns: columns)
    )
  }

  /// The first `count` columns and what is left of them.
  package func splitColumns(_ count: Int) -> (Rect, Rect) {
    let width = min(max(count, 0), columns)
    return (
      Rect(row: row, column: column, rows: rows, columns: width),
      Rect(row: row, column: column + width, rows: rows, columns: columns - width)
    )
  }

  /// One row of it, counted from its top.
  package func line(_ index: Int) -> Rect {
    Rect(row: row + index, column: column, rows: index < rows ? 1 : 0, columns: columns)
  }
}
