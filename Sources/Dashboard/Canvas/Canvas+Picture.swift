extension Canvas: CustomStringConvertible {
  /// The picture: rows of text without trailing blanks.
  package var description: String {
    (0..<rows).map { text(ofRow: $0, trimmed: true) + "\n" }.joined()
  }

  /// One row as text, as wide as the canvas unless trimmed.
  package func text(ofRow row: Int, trimmed: Bool = false) -> String {
    var text = String.UnicodeScalarView()
    for cell in self.row(row) where cell.scalar != 0 {
      text.append(Unicode.Scalar(cell.scalar) ?? "?")
    }
    while trimmed, text.last == " " { text.removeLast() }
    return String(text)
  }

  /// The roles of all cells, a letter each, as large as the picture; for tests.
  package var roleMap: String {
    (0..<rows).map { String(self.row($0).map { $0.role.letter }) + "\n" }.joined()
  }

  /// The cells of one row.
  package func row(_ row: Int) -> ArraySlice<Cell> {
    cells[(row * columns)..<((row + 1) * columns)]
  }

  /// The spans of columns that differ from a canvas shown before; all rows when sizes differ.
  package func changes(from earlier: Canvas) -> [Change] {
    guard earlier.rows == rows, earlier.columns == columns else {
      return (0..<rows).map { Change(row: $0, columns: 0..<columns) }
    }
    return (0..<rows).compactMap { row in
      let base = row * columns
      guard let first = (base..<(base + columns)).first(where: { cells[$0] != earlier.cells[$0] }),
        let last = (base..<(base + columns)).last(where: { cells[$0] != earlier.cells[$0] })
      else { return nil }
      return Change(
        row: row, columns: widened((first - base)..<(last - base + 1), in: row, earlier))
    }
  }

  /// A part of a row that has to be drawn again.
  package struct Change: Hashable, Sendable {
    package var row: Int
    package var columns: Range<Int>
  }

  /// A span that splits no wide character, in this canvas or the one before.
  private func widened(_ span: Range<Int>, in row: Int, _ earlier: Canvas) -> Range<Int> {
    var (start, end) = (span.lowerBound, span.upperBound)
    let base = row * columns
    while start > 0, cells[base + start].scalar == 0 || earlier.cells[base + start].scalar == 0 {
      start -= 1
    }
    while end < columns, cells[base + end].scalar == 0 || earlier.cells[base + end].scalar == 0 {
      end += 1
    }
    return start..<end
  }
}

extension Role {
  /// A letter for role maps: blank for plain text, upper case for states.
  var letter: Character {
    switch self {
    case .text: " "
    case .muted: "m"
    case .title: "t"
    case .border: "b"
    case .borderFocus: "f"
    case .ok: "O"
    case .info: "I"
    case .warn: "W"
    case .crit: "C"
    case .unknown: "U"
    case .stale: "S"
    case .replay: "R"
    case .s1: "1"
    case .s2: "2"
    case .s3: "3"
    case .s4: "4"
    case .s5: "5"
    case .s6: "6"
    case .graphFill: "g"
    case .graphFuture: "u"
    case .graphGap: "p"
    case .threshold: "h"
    case .mapLand: "l"
    case .mapLink: "k"
    case .key: "y"
    }
  }
}
