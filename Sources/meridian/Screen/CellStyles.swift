import CNcurses
import Dashboard

/// How cells look on this terminal: a theme's appearances as colour pairs and attributes.
struct CellStyles {
  let theme: Theme
  let depth: ColourDepth
  /// The colours of the terminal.
  private let colours: Int
  private var known: [Meaning: Style] = [:]
  private var newest: (meaning: Meaning, style: Style)?

  /// What ncurses is told of a cell beside its character.
  struct Style: Equatable {
    var pair: Int32
    var attributes: UInt32
  }

  private struct Meaning: Hashable {
    var role: Role
    var attributes: Cell.Attributes
  }

  init(theme: Theme, depth: ColourDepth, colours: Int) {
    self.theme = theme
    self.depth = depth
    self.colours = colours
  }

  /// The style of a cell; neighbours mostly share theirs.
  mutating func style(of cell: Cell) -> Style {
    let meaning = Meaning(role: cell.role, attributes: cell.attributes)
    if let newest, newest.meaning == meaning { return newest.style }
    let style = known[meaning] ?? make(meaning)
    known[meaning] = style
    newest = (meaning, style)
    return style
  }

  private func make(_ meaning: Meaning) -> Style {
    let look = theme.appearance(of: meaning.role, attributes: meaning.attributes, depth: depth)
    var attributes = UInt32(look.attributes.rawValue & Self.shown)
    var foreground = look.foreground ?? -1
    // Eight colours and bold are what such terminals have of sixteen.
    if colours == 8, foreground >= 8 {
      foreground -= 8
      attributes |= CN_BOLD.rawValue
    }
    let background = look.background.map { colours == 8 ? $0 % 8 : $0 } ?? -1
    return Style(pair: cn_pair(Int32(foreground), Int32(background)), attributes: attributes)
  }

  /// The attributes that a terminal has; the others are the theme's own words.
  private static let shown = UInt8(
    CN_BOLD.rawValue | CN_DIM.rawValue | CN_UNDERLINE.rawValue | CN_REVERSE.rawValue)
}
