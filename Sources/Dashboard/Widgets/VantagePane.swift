import Monitoring

/// Which region sees which: observers in rows, observed regions in columns, and what it means.
struct VantagePane {
  let vantage: Vantage

  func draw(in rect: Rect, boxed: Bool, on frame: inout Frame) {
    let inner = frame.part(
      rect, title: [Run("Who sees whom", .title)],
      note: "a row looks at a column · dark row isolated, dark column down", boxed: boxed)
    let names = vantage.regions.map(RegionCode.short)
    let width = max(names.map(\.cells).max() ?? 4, 6) + 1
    var column = inner.column + width
    for name in names {
      frame.canvas.write(name, inner.row, column, width: width, .left, .muted)
      column += width
    }
    for (row, name) in names.enumerated() where row + 1 < inner.rows {
      frame.canvas.write(name, inner.row + 1 + row, inner.column, width: width, .left, .text)
      for (index, cell) in vantage.cells[row].enumerated() {
        let (mark, role) = Self.marks[cell.state] ?? ("·", .muted)
        let text = row == index ? "-" : mark + trip(cell)
        frame.canvas.write(
          text, inner.row + 1 + row, inner.column + width * (index + 1), width: width, .left,
          row == index ? .muted : role)
      }
    }
    let first = inner.row + names.count + 1
    for (offset, verdict) in vantage.verdicts.enumerated() where first + offset < inner.endRow {
      let role = Self.role(of: verdict.kind)
      frame.sentence(
        [Run(verdict.kind.rawValue + " ", role, .bold), Run(verdict.text, .text)], first + offset,
        inner.column, end: inner.endColumn)
    }
  }

  private func trip(_ cell: Vantage.Cell) -> String {
    guard cell.state != .none, let trip = cell.roundTripMilliseconds else { return "" }
    return " " + Decimals.text(trip, places: 0)
  }

  private static let marks: [Vantage.Cell.State: (String, Role)] = [
    .sees: ("●", .ok), .slow: ("▲", .warn), .partly: ("▲", .warn), .dark: ("✗", .crit),
    .unknown: ("?", .unknown), .none: ("·", .muted),
  ]

  private static func role(of kind: Vantage.Verdict.Kind) -> Role {
    switch kind {
    case .clear: .ok
    case .isolated, .down: .crit
    case .network: .warn
    case .blind, .unobserved: .unknown
    }
  }
}
