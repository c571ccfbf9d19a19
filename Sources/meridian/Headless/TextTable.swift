/// Columns of text, each as wide as its widest cell.
struct TextTable {
  var head: [String]
  var rows: [[String]]

  var lines: [String] {
    let grid = [head] + rows
    let padded = head.indices.dropLast()
    let widths = padded.map { column in grid.map { $0[column].count }.max() ?? 0 }
    return grid.map { cells in
      var line = ""
      for column in padded {
        line += cells[column]
        line += String(repeating: " ", count: widths[column] - cells[column].count + 2)
      }
      line += cells.last ?? ""
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

/// Text from outside may not drive the terminal.
func sanitised(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 < 32 || $0 == 127 || $0 == 0xC2 }) else { return text }
  let scalars = text.unicodeScalars.map { scalar in
    scalar.value < 32 || (127..<160).contains(scalar.value) ? "\u{FFFD}" : scalar
  }
  return String(String.UnicodeScalarView(scalars))
}
