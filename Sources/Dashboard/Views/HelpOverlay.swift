/// The keys and what they do, from the table that drives them.
struct HelpOverlay {
  let dashboard: Dashboard
  let isReplay: Bool

  func draw(on frame: inout Frame) {
    let bounds = frame.canvas.bounds
    let lines = lines
    let width = min(max(lines.map(\.cells).max() ?? 0, 40) + 4, bounds.columns)
    let height = min(lines.count + 2, bounds.rows)
    let rect = Rect(
      row: (bounds.rows - height) / 2, column: (bounds.columns - width) / 2, rows: height,
      columns: width)
    frame.canvas.fill(rect)
    let inner = frame.canvas.box(
      rect, title: [Run("Keys in \(dashboard.view.name)", .title)], note: "? or esc closes",
      role: .borderFocus)
    let first = min(dashboard.helpOffset, max(lines.count - inner.rows, 0))
    for (offset, line) in lines.dropFirst(first).prefix(inner.rows).enumerated() {
      frame.sentence(line, inner.row + offset, inner.column, end: inner.endColumn)
    }
  }

  private var lines: [[Run]] {
    Binding.Group.allCases.flatMap { group -> [[Run]] in
      let bindings = Binding.table.filter {
        $0.group == group && $0.scope.holds(inReplay: isReplay)
      }
      return [[Run(group.rawValue, .title)]]
        + bindings.map { binding in
          let padding = String(repeating: " ", count: max(12 - binding.label.cells, 1))
          return [Run("  " + binding.label + padding, .key, .bold), Run(binding.help, .text)]
        }
    } + marks
  }

  private var marks: [[Run]] {
    [
      [Run("Marks", .title)],
      [
        Run("  ● ", .ok), Run("well  "), Run("▲ ", .warn), Run("warning  "), Run("■ ", .crit),
        Run("critical  "), Run("? ", .unknown), Run("unknown  "), Run("◌ ", .stale),
        Run("overdue  "), Run("✗ ", .crit), Run("broken"),
      ],
      [Run("  -- unknown   - not applicable   · no data in that column", .muted)],
    ]
  }
}
