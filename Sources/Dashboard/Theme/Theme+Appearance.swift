extension Theme {
  /// The appearance of a role with a view's attributes at a colour depth.
  ///
  /// The bar and the selected row give one uniform background; where their style has a foreground of
  /// its own, it replaces the cell's. Reversed cells keep out of both. Without colours roles become
  /// attributes by a fixed table that no theme can break.
  package func appearance(
    of role: Role, attributes: Cell.Attributes, depth: ColourDepth
  ) -> Appearance {
    guard depth != .mono else { return Self.mono(role, attributes) }
    let style = styles[role] ?? Style(foreground: .terminalDefault)
    var foreground = style.foreground.index(at: depth)
    var back = (style.background ?? background).index(at: depth)
    if !attributes.contains(.reverse), !attributes.isDisjoint(with: [.selected, .bar]) {
      let ground = attributes.contains(.selected) ? selection : bar
      back = ground.background?.index(at: depth) ?? back
      foreground = ground.foreground.index(at: depth) ?? foreground
    }
    return Appearance(
      foreground: foreground, background: back,
      attributes: style.attributes.union(attributes).intersection(.drawn))
  }

  /// Roles without colours: different states differ in attributes, as their glyphs do.
  private static func mono(_ role: Role, _ attributes: Cell.Attributes) -> Appearance {
    var drawn = monoAttributes(of: role).union(attributes)
    if !attributes.isDisjoint(with: [.selected, .bar]) { drawn.insert(.reverse) }
    return Appearance(
      foreground: nil, background: nil, attributes: drawn.intersection(.drawn))
  }

  /// The attributes that stand for a role where there are no colours.
  package static func monoAttributes(of role: Role) -> Cell.Attributes {
    switch role {
    case .muted, .stale, .graphFuture, .graphGap, .mapLand: .dim
    case .title, .warn, .key, .borderFocus: .bold
    case .crit: [.bold, .reverse]
    case .unknown: .underline
    case .replay: .reverse
    case .info: [.dim, .underline]
    default: []
    }
  }
}

extension Theme.Colour {
  /// The number of this colour at a depth; nil: the terminal's default.
  package func index(at depth: ColourDepth) -> Int? {
    switch depth {
    case .mono: nil
    case .ansi: ansi
    case .cube: cube
    case .trueColour: rgb.map(Int.init)
    }
  }
}

extension Cell.Attributes {
  /// What a terminal knows; the others only choose colours.
  static let drawn: Cell.Attributes = [.bold, .dim, .underline, .reverse]
}
