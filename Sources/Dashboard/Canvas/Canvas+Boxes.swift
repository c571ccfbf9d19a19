extension Canvas {
  /// Draws a box with a title in its upper edge and a note at the right; returns what is inside.
  ///
  /// The inside keeps one blank column at each side. Boxes under two rows or four columns draw
  /// nothing.
  @discardableResult
  package mutating func box(
    _ rect: Rect, title: [Run] = [], note: String = "", role: Role = .border
  ) -> Rect {
    guard rect.rows >= 2, rect.columns >= 4 else {
      return Rect(row: 0, column: 0, rows: 0, columns: 0)
    }
    let (top, bottom) = (rect.row, rect.endRow - 1)
    let (left, right) = (rect.column, rect.endColumn - 1)
    for column in (left + 1)..<right {
      put(0x2500, top, column, role)
      put(0x2500, bottom, column, role)
    }
    for row in (top + 1)..<max(bottom, top + 1) {
      put(0x2502, row, left, role)
      put(0x2502, row, right, role)
    }
    put(0x256D, top, left, role)
    put(0x256E, top, right, role)
    put(0x2570, bottom, left, role)
    put(0x256F, bottom, right, role)
    label(top, from: left + 2, to: right - 1, title: title, note: note)
    return rect.inset(rows: 1, columns: 2)
  }

  /// A rule across the rectangle's first row with a title: what boxes become on small screens.
  package mutating func rule(_ rect: Rect, title: [Run], note: String = "", role: Role = .border) {
    guard rect.rows > 0 else { return }
    for column in rect.column..<rect.endColumn { put(0x2500, rect.row, column, role) }
    label(rect.row, from: rect.column + 1, to: rect.endColumn - 1, title: title, note: note)
  }

  private mutating func label(_ row: Int, from start: Int, to end: Int, title: [Run], note: String)
  {
    var column = start
    if !title.isEmpty, start + 2 < end {
      column = write(" ", row, column, end: end)
      column = write(title, row, column, end: end - 1)
      column = write(" ", row, column, end: end)
    }
    let width = note.cells
    guard width > 0, end - width - 2 >= column else { return }
    write(" \(note) ", row, end - width - 2, .muted)
  }

  /// Writes runs one after the other.
  @discardableResult
  package mutating func write(_ runs: [Run], _ row: Int, _ column: Int, end: Int = .max) -> Int {
    runs.reduce(column) { write($1.text, row, $0, $1.role, $1.attributes, end: end) }
  }
}

/// A piece of text with one role: what sentences of several colours are made of.
package struct Run: Hashable, Sendable {
  package var text: String
  package var role: Role
  package var attributes: Cell.Attributes

  package init(_ text: String, _ role: Role = .text, _ attributes: Cell.Attributes = []) {
    self.text = text
    self.role = role
    self.attributes = attributes
  }
}

extension [Run] {
  /// The cells they take.
  package var cells: Int { reduce(0) { $0 + $1.text.cells } }
  package var text: String { map(\.text).joined() }
}
