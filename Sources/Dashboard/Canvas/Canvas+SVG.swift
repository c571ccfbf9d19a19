extension Canvas {
  /// A standalone SVG picture in the theme's colours, for documents.
  package func svg(theme: Theme, title: String = "meridian") -> String {
    var looks = LookCache(theme: theme, depth: .trueColour)
    let (width, height) = (columns * Self.cellWidth, rows * Self.cellHeight)
    let ground = Self.hexadecimal(theme.background.rgb.map(Int.init) ?? 0)
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" \
      width="\(width)" height="\(height)" font-size="13.28" \
      font-family="'DejaVu Sans Mono','Cascadia Mono',Menlo,Consolas,monospace">
      <title>\(Self.escaped(title))</title>
      <rect width="\(width)" height="\(height)" fill="\(ground)"/>

      """
    for row in 0..<rows {
      for span in spans(ofRow: row, looks: &looks) { svg += span.svg(row: row, theme: theme) }
    }
    return svg + "</svg>\n"
  }

  fileprivate static let cellWidth = 8
  fileprivate static let cellHeight = 16

  /// Cells of one row that look alike.
  fileprivate struct Span {
    var column: Int
    var columns: Int
    var text: String
    var look: Appearance
  }

  private func spans(ofRow row: Int, looks: inout LookCache) -> [Span] {
    var spans: [Span] = []
    for (column, cell) in self.row(row).enumerated() {
      let look = looks.appearance(of: cell)
      let scalar = cell.scalar == 0 ? nil : Unicode.Scalar(cell.scalar)
      if let last = spans.last, last.look == look {
        spans[spans.count - 1].columns += 1
      } else {
        spans.append(Span(column: column, columns: 1, text: "", look: look))
      }
      if let scalar { spans[spans.count - 1].text.unicodeScalars.append(scalar) }
    }
    return spans
  }

  fileprivate static func hexadecimal(_ rgb: Int) -> String {
    let digits = String(rgb, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  fileprivate static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
    return result
  }
}

extension Canvas.Span {
  func svg(row: Int, theme: Theme) -> String {
    var (front, back) = (look.foreground ?? 0xC0C0C0, look.background)
    if look.attributes.contains(.reverse) {
      (front, back) = (back ?? theme.background.rgb.map(Int.init) ?? 0, front)
    }
    let (x, y) = (column * Canvas.cellWidth, row * Canvas.cellHeight)
    let width = columns * Canvas.cellWidth
    var svg = ""
    if let back, back != theme.background.rgb.map(Int.init) {
      svg += "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(Canvas.cellHeight)\" "
      svg += "fill=\"\(Canvas.hexadecimal(back))\"/>\n"
    }
    guard text.contains(where: { $0 != " " }) else { return svg }
    svg += "<text x=\"\(x)\" y=\"\(y + 12)\" textLength=\"\(width)\" "
    svg += "lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\" "
    svg += "fill=\"\(Canvas.hexadecimal(front))\"\(style)>\(Canvas.escaped(text))</text>\n"
    return svg
  }

  private var style: String {
    var style = ""
    if look.attributes.contains(.bold) { style += " font-weight=\"bold\"" }
    if look.attributes.contains(.underline) { style += " text-decoration=\"underline\"" }
    if look.attributes.contains(.dim) { style += " opacity=\"0.8\"" }
    return style
  }
}
