/// A table whose columns give way by priority when there is no room.
package struct Table: Sendable {
  package var columns: [Column]
  package var rows: [[Run]]

  package init(columns: [Column], rows: [[Run]]) {
    self.columns = columns
    self.rows = rows
  }

  /// One column and how it behaves when it is tight.
  package struct Column: Hashable, Sendable {
    package var title: String
    package var alignment: Alignment
    /// The column with the highest number is dropped first; 0 never is.
    package var priority: Int
    /// Whether it takes the room that is left.
    package var isElastic: Bool
    /// At least this wide, however short the contents are.
    package var least: Int
    /// Contents are measured up to this width: longer ones are cut before a column is dropped.
    package var most: Int

    package init(
      _ title: String, _ alignment: Alignment = .left, priority: Int = 0, isElastic: Bool = false,
      least: Int = 0, most: Int = .max
    ) {
      self.title = title
      self.alignment = alignment
      self.priority = priority
      self.isElastic = isElastic
      self.least = least
      self.most = most
    }
  }

  /// The widths of the columns in a given width, 0 for those dropped; measured on the contents.
  package func widths(in available: Int) -> [Int] {
    var widths = columns.indices.map { index in
      max(
        columns[index].least,
        min(
          columns[index].most,
          rows.reduce(columns[index].title.cells) { max($0, $1[index].text.cells) }))
    }
    while total(widths) > available,
      let last = columns.indices.filter({ widths[$0] > 0 && columns[$0].priority > 0 })
        .max(by: { (columns[$0].priority, $0) < (columns[$1].priority, $1) })
    {
      widths[last] = 0
    }
    guard let elastic = columns.indices.first(where: { columns[$0].isElastic && widths[$0] > 0 })
    else { return widths }
    widths[elastic] = max(widths[elastic] + available - total(widths), 1)
    return widths
  }

  private func total(_ widths: [Int]) -> Int {
    let shown = widths.filter { $0 > 0 }
    return shown.reduce(0, +) + max(shown.count - 1, 0)
  }

  /// Draws the head and as many rows as fit, from `first` on; row `selected` is marked.
  package func draw(
    in rect: Rect, from first: Int = 0, selected: Int? = nil, on canvas: inout Canvas
  ) {
    let widths = widths(in: rect.columns)
    canvas.clipped(to: rect) { canvas in
      var column = rect.column
      for (index, width) in widths.enumerated() where width > 0 {
        canvas.write(
          columns[index].title, rect.row, column, width: width, columns[index].alignment, .muted)
        column += width + 1
      }
      for (offset, row) in rows.dropFirst(first).prefix(max(rect.rows - 1, 0)).enumerated() {
        draw(row, rect.row + 1 + offset, rect.column, widths, on: &canvas)
        if first + offset == selected {
          let line = rect.line(1 + offset)
          canvas.stress(line, .selected)
          canvas.cursor = (line.row, line.column)
        }
      }
    }
  }

  private func draw(
    _ cells: [Run], _ row: Int, _ start: Int, _ widths: [Int], on canvas: inout Canvas
  ) {
    var column = start
    for (index, width) in widths.enumerated() where width > 0 {
      let run = cells[index]
      canvas.write(
        run.text, row, column, width: width, columns[index].alignment, run.role, run.attributes)
      column += width + 1
    }
  }

  /// The first row to draw so that the selected one is in sight, moving no more than needed.
  package static func firstRow(selected: Int?, count: Int, visible: Int) -> Int {
    guard let selected, visible > 0, count > visible else { return 0 }
    return min(max(selected - visible + 1 + min(visible / 4, 2), 0), count - visible)
  }
}
