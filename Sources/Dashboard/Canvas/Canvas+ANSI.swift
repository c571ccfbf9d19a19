extension Canvas {
  /// The picture with escape sequences for its colours; each row ends reset, with a newline.
  package func ansi(theme: Theme, depth: ColourDepth) -> String {
    var looks = LookCache(theme: theme, depth: depth)
    var text = ""
    for row in 0..<rows {
      var current: Appearance?
      for cell in self.row(row) where cell.scalar != 0 {
        let look = looks.appearance(of: cell)
        if look != current {
          text += look.escape(depth: depth)
          current = look
        }
        text.unicodeScalars.append(Unicode.Scalar(cell.scalar) ?? "?")
      }
      text += "\u{1B}[0m\n"
    }
    return text
  }
}

/// Appearances by role and attributes, found once each.
struct LookCache {
  let theme: Theme
  let depth: ColourDepth
  private var known: [Appearance?]

  init(theme: Theme, depth: ColourDepth) {
    self.theme = theme
    self.depth = depth
    known = Array(repeating: nil, count: Role.allCases.count * 64)
  }

  mutating func appearance(of cell: Cell) -> Appearance {
    let index = cell.role.ordinal * 64 + Int(cell.attributes.rawValue & 63)
    if let found = known[index] { return found }
    let look = theme.appearance(of: cell.role, attributes: cell.attributes, depth: depth)
    known[index] = look
    return look
  }
}

extension Role {
  /// The place among all roles.
  package var ordinal: Int { Self.ordinals[self] ?? 0 }

  private static let ordinals = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}

extension Appearance {
  /// The SGR sequence that sets exactly this appearance.
  func escape(depth: ColourDepth) -> String {
    var codes = ["0"]
    if attributes.contains(.bold) { codes.append("1") }
    if attributes.contains(.dim) { codes.append("2") }
    if attributes.contains(.underline) { codes.append("4") }
    if attributes.contains(.reverse) { codes.append("7") }
    if let foreground { codes.append(Self.code(foreground, isBackground: false, depth)) }
    if let background { codes.append(Self.code(background, isBackground: true, depth)) }
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }

  private static func code(_ colour: Int, isBackground: Bool, _ depth: ColourDepth) -> String {
    let base = isBackground ? 40 : 30
    return switch depth {
    case .mono: ""
    case .ansi: String(colour < 8 ? base + colour : base + 60 + colour - 8)
    case .cube: "\(base + 8);5;\(colour)"
    case .trueColour:
      "\(base + 8);2;\(colour >> 16 & 255);\(colour >> 8 & 255);\(colour & 255)"
    }
  }
}
