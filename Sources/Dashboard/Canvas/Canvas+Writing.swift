extension Canvas {
  /// Puts one character into a cell inside the clip; a wide one takes the next cell too.
  ///
  /// What must not reach a terminal becomes `?` (an escape becomes `␛`), so no name from outside
  /// can move the cursor or reverse a line. Returns the cells taken.
  @discardableResult
  package mutating func put(
    _ scalar: UInt32, _ row: Int, _ column: Int, _ role: Role = .text,
    _ attributes: Cell.Attributes = [], end: Int = .max
  ) -> Int {
    guard let width = CharacterWidth.cells(of: scalar) else {
      store(scalar == 0x1B ? 0x241B : 0x3F, row, column, role, attributes)
      return 1
    }
    if width == 2 {
      guard column + 1 < min(end, clip.endColumn) else {
        store(0x20, row, column, role, attributes)
        return 1
      }
      store(scalar, row, column, role, attributes)
      store(0, row, column + 1, role, attributes)
    } else if width == 1 {
      store(scalar, row, column, role, attributes)
    }
    return width
  }

  /// Writes text from a cell on, up to (not including) the column `end`; returns the next column.
  @discardableResult
  package mutating func write(
    _ text: some StringProtocol, _ row: Int, _ column: Int, _ role: Role = .text,
    _ attributes: Cell.Attributes = [], end: Int = .max
  ) -> Int {
    guard row >= clip.row, row < clip.endRow else { return column }
    let limit = min(end, clip.endColumn)
    var next = column
    for scalar in text.unicodeScalars {
      if next >= limit { break }
      next += put(scalar.value, row, next, role, attributes, end: limit)
    }
    return next
  }

  /// Writes text cut to a width with `…`, aligned in it, blanks around; returns the next column.
  @discardableResult
  package mutating func write(
    _ text: String, _ row: Int, _ column: Int, width: Int, _ alignment: Alignment = .left,
    _ role: Role = .text, _ attributes: Cell.Attributes = []
  ) -> Int {
    guard width > 0 else { return column }
    let needed = text.cells
    let end = column + width
    if needed > width {
      let next = write(text, row, column, role, attributes, end: end - 1)
      write("…", row, next, role, attributes, end: end)
    } else {
      let start = alignment == .left ? column : end - needed
      write(text, row, start, role, attributes, end: end)
    }
    return end
  }

  /// Fills the rectangle with one character.
  package mutating func fill(
    _ rect: Rect, _ scalar: UInt32 = 0x20, _ role: Role = .text, _ attributes: Cell.Attributes = []
  ) {
    let area = rect.intersection(clip)
    for row in area.row..<max(area.endRow, area.row) {
      for column in area.column..<max(area.endColumn, area.column) {
        store(scalar, row, column, role, attributes)
      }
    }
  }

  /// Adds attributes to all cells of the rectangle, keeping what stands there.
  package mutating func stress(_ rect: Rect, _ attributes: Cell.Attributes) {
    let area = rect.intersection(clip)
    for row in area.row..<max(area.endRow, area.row) {
      for column in area.column..<max(area.endColumn, area.column) {
        self[row, column].attributes.formUnion(attributes)
      }
    }
  }

  /// Runs `body` with nothing written outside `rect`.
  package mutating func clipped(to rect: Rect, _ body: (inout Canvas) -> Void) {
    let outer = clip
    clip = outer.intersection(rect)
    body(&self)
    clip = outer
  }

  /// Stores a cell inside the clip; half a wide character that loses its other half becomes blank.
  private mutating func store(
    _ scalar: UInt32, _ row: Int, _ column: Int, _ role: Role, _ attributes: Cell.Attributes
  ) {
    guard clip.contains(row: row, column: column) else { return }
    let index = row * columns + column
    if scalar != 0, cells[index].scalar == 0, column > 0 { cells[index - 1].scalar = 0x20 }
    if column + 1 < columns, cells[index + 1].scalar == 0 { cells[index + 1].scalar = 0x20 }
    cells[index] = Cell(scalar: scalar, role: role, attributes: attributes)
  }
}

/// Where text stands in a wider field.
package enum Alignment: Hashable, Sendable {
  case left
  case right
}

extension StringProtocol {
  /// The cells that writing this text takes.
  package var cells: Int {
    for byte in utf8 where byte >= 0x80 || byte < 0x20 || byte == 0x7F {
      return unicodeScalars.reduce(0) { $0 + (CharacterWidth.cells(of: $1.value) ?? 1) }
    }
    return utf8.count
  }
}
