extension Theme {
  /// A card with the theme's name and every role, plain, on the selected row and on the bar.
  package var preview: Canvas {
    let roles = Role.allCases
    var canvas = Canvas(rows: roles.count + 2, columns: 64)
    canvas.fill(Rect(row: 0, column: 0, rows: 1, columns: 64), 0x20, .text, .bar)
    canvas.write(" \(name)  (\(variant.rawValue))", 0, 0, .title, [.bar, .bold])
    for (offset, role) in roles.enumerated() {
      let row = offset + 1
      canvas.write(" ■ \(role.rawValue)", row, 0, role)
      for (column, attributes) in [(20, Cell.Attributes()), (35, .selected), (50, .bar)] {
        canvas.write(" 1m34s ▇█ ", row, column, role, attributes)
      }
    }
    return canvas
  }
}
