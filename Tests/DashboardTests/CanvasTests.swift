import Testing

@testable import Dashboard

@Suite
struct CanvasTests {
  @Test(
    arguments: [
      ("a", 1), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한", 2), ("⠿", 1), ("█", 1), ("…", 1),
      ("✓", 1),
      ("⚡", 2), ("😀", 2), ("", 0), ("\u{200B}", 1), ("\u{202E}", 1), ("\u{1B}[2J", 4), ("\n", 1),
    ])
  func `text takes as many cells as the table says`(text: String, cells: Int) {
    #expect(text.cells == cells)
    var canvas = Canvas(rows: 1, columns: 20)
    #expect(canvas.write(text, 0, 3) == 3 + cells)
  }

  @Test
  func `the width table is sorted and its ranges do not overlap`() {
    for table in [CharacterWidth.wide, CharacterWidth.combining, CharacterWidth.forbidden] {
      for (one, next) in zip(table, table.dropFirst()) {
        #expect(one.upperBound < next.lowerBound)
      }
    }
  }

  @Test
  func `nothing from outside reaches the terminal raw`() {
    var canvas = Canvas(rows: 1, columns: 40)
    canvas.write("a\u{1B}[31mb\u{7}c\u{202E}d\u{9B}2Je\u{2028}f\tg\r\nh", 0, 0)
    #expect(canvas.description == "a␛[31mb?c?d?2Je?f?g??h\n")
  }

  @Test
  func `a wide character never stands in the last column or half overwritten`() {
    var canvas = Canvas(rows: 1, columns: 5)
    canvas.write("ab日本", 0, 0)
    #expect(canvas.text(ofRow: 0) == "ab日 ")
    canvas.put(0x78, 0, 3)
    #expect(canvas.text(ofRow: 0) == "ab x ")
    canvas.write("本", 0, 0)
    canvas.put(0x78, 0, 0)
    #expect(canvas.text(ofRow: 0) == "x  x ")
  }

  @Test
  func `writing outside the clip or the canvas changes nothing`() {
    var canvas = Canvas(rows: 3, columns: 6)
    canvas.write("outside", -1, 0)
    canvas.write("outside", 3, 0)
    canvas.write("abcdef", 0, -3)
    canvas.clipped(to: Rect(row: 1, column: 2, rows: 1, columns: 2)) {
      $0.write("abcdef", 1, 0)
      $0.write("abcdef", 2, 0)
      $0.fill($0.bounds, 0x2E)
    }
    #expect(canvas.description == "def\n  ..\n\n")
  }

  @Test
  func `text that does not fit ends with an ellipsis`() {
    var canvas = Canvas(rows: 2, columns: 12)
    canvas.write("ap-southeast-1", 0, 0, width: 8)
    canvas.write("7", 0, 9, width: 3, .right)
    canvas.write("日本日本", 1, 0, width: 6)
    #expect(canvas.description == "ap-sout…   7\n日本 …\n")
  }

  @Test
  func `a box has its title in the upper edge`() {
    var canvas = Canvas(rows: 3, columns: 20)
    let inner = canvas.box(canvas.bounds, title: [Run("Links", .title)], note: "worst")
    canvas.write("x", inner.row, inner.column)
    #expect(
      canvas.description == """
        ╭─ Links ── worst ─╮
        │ x                │
        ╰──────────────────╯

        """)
  }

  @Test
  func `the changes between two pictures cover every cell that differs, and whole characters`() {
    var earlier = Canvas(rows: 3, columns: 10)
    earlier.write("abc日def", 1, 0)
    var later = earlier
    later.write("x", 1, 4)
    later.put(0x21, 2, 9)
    let changes = later.changes(from: earlier)
    #expect(changes == [.init(row: 1, columns: 3..<5), .init(row: 2, columns: 9..<10)])
    #expect(later.changes(from: later).isEmpty)
    #expect(
      later.changes(from: Canvas(rows: 2, columns: 10)).map(\.columns) == [0..<10, 0..<10, 0..<10])
  }

  @Test
  func `ANSI text without its escapes is the picture`() {
    let frame = Dashboard().frame(Fixtures.failing(), rows: 24, columns: 80)
    for depth in ColourDepth.allCases {
      let ansi = frame.canvas.ansi(theme: .builtIn, depth: depth)
      var plain = ""
      var isEscape = false
      for scalar in ansi.unicodeScalars {
        if scalar == "\u{1B}" { isEscape = true }
        if !isEscape { plain.unicodeScalars.append(scalar) }
        if isEscape, scalar == "m" { isEscape = false }
      }
      let rows = (0..<24).map { frame.canvas.text(ofRow: $0) + "\n" }.joined()
      #expect(plain == rows)
      if depth == .mono { #expect(!ansi.contains("[0;3") && !ansi.contains(";38;")) }
    }
  }

  @Test
  func `an SVG is balanced, and escapes what XML would read`() {
    var canvas = Canvas(rows: 2, columns: 20)
    canvas.write("<a> & b", 0, 0, .crit, .bold)
    let svg = canvas.svg(theme: .builtIn)
    #expect(svg.contains("&lt;a&gt; &amp; b"))
    #expect(svg.hasPrefix("<svg xmlns=") && svg.hasSuffix("</svg>\n"))
    #expect(svg.contains("fill=\"#ff6060\" font-weight=\"bold\""))
  }

  @Test
  func `ASCII has one ASCII character for all that views draw`() {
    for name in 0..<allViews.count {
      for situation in [Fixtures.failing(), Fixtures.replay(), Fixtures.steady()] {
        var dashboard = Dashboard()
        dashboard.options.glyphs = .ascii
        dashboard.show(view: name)
        let frame = dashboard.frame(situation, rows: 45, columns: 160)
        #expect(frame.canvas.cells.allSatisfy { (0x20...0x7E).contains($0.scalar) })
      }
    }
    for sign in "●■▲◌✓✗▶─│╭█▁╌┤·" {
      #expect(GlyphSet.ascii(sign.unicodeScalars.first?.value ?? 0) != 0x3F)
    }
  }
}
