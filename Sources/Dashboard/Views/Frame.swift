/// A canvas being drawn, and where a click on it leads.
package struct Frame: Sendable {
  package var canvas: Canvas
  package let glyphs: GlyphSet
  private(set) var targets: [Target] = []

  init(rows: Int, columns: Int, glyphs: GlyphSet) {
    canvas = Canvas(rows: rows, columns: columns)
    self.glyphs = glyphs
  }

  mutating func add(_ target: Target) { targets.append(target) }

  /// Adds the rows of a table that is drawn in `rect`, below its heading, from the row `first` on.
  mutating func addRows(_ names: [String], from first: Int, in rect: Rect, pane: Int = 0) {
    for (offset, name) in names.dropFirst(first).prefix(max(rect.rows - 1, 0)).enumerated() {
      add(Target(rect.line(1 + offset), .row(pane: pane, name)))
    }
  }

  /// Divides the room of a list with a head: where not all rows fit, the last line says which are shown.
  ///
  /// Returns the room for the table, and the first row to draw so that the selected one is in sight.
  mutating func list(of count: Int, selected: Int?, in rect: Rect) -> (table: Rect, first: Int) {
    let isLong = count > rect.rows - 1 && rect.rows > 3
    let (table, foot) = rect.splitRows(rect.rows - (isLong ? 1 : 0))
    let first = Table.firstRow(selected: selected, count: count, visible: table.rows - 1)
    if isLong {
      let last = min(first + table.rows - 1, count)
      canvas.write(
        "\(first + 1)-\(last) of \(count)\(last < count ? "  ▼ more" : "")", foot.row, foot.column,
        .muted, end: foot.endColumn)
    }
    return (table, first)
  }

  /// The last drawn target under a cell.
  func target(row: Int, column: Int) -> Target? {
    targets.last { $0.rect.contains(row: row, column: column) }
  }

  /// Writes runs cut with `…` at `end`.
  mutating func sentence(_ runs: [Run], _ row: Int, _ column: Int, end: Int) {
    let next = canvas.write(runs, row, column, end: end)
    if next >= end, runs.cells > end - column { canvas.put(0x2026, row, end - 1, .muted) }
  }

  /// A titled part of a view: a box where there is room, else a rule over it; returns the inside.
  mutating func part(
    _ rect: Rect, title: [Run], note: String = "", boxed: Bool, role: Role = .border
  ) -> Rect {
    if boxed { return canvas.box(rect, title: title, note: note, role: role) }
    canvas.rule(rect.line(0), title: title, note: note, role: role)
    let inner = rect.splitRows(1).1
    return Rect(
      row: inner.row, column: inner.column + 1, rows: inner.rows, columns: inner.columns - 2)
  }
}

/// A part of the screen that can be clicked.
struct Target: Sendable {
  var rect: Rect
  var meaning: Meaning

  init(_ rect: Rect, _ meaning: Meaning) {
    self.rect = rect
    self.meaning = meaning
  }

  enum Meaning: Sendable {
    case view(Int)
    case row(pane: Int, String)
    case rail(Rail)
  }
}
