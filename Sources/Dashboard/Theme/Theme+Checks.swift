extension Theme {
  /// Everything that makes this theme hard to read, as sentences; empty when all is well.
  ///
  /// Contrast by WCAG 2 and distance of states in OKLab for four kinds of vision, at the values of
  /// each colour depth, so that no depth is left to luck.
  package func problems() -> [String] {
    [ColourDepth.trueColour, .cube, .ansi].flatMap { depth in
      contrastProblems(at: depth) + groundProblems(at: depth) + distanceProblems(at: depth)
        + attributeProblems()
    }
  }

  private func contrastProblems(at depth: ColourDepth) -> [String] {
    let ground = rgb(background, at: depth) ?? (variant == .dark ? 0x000000 : 0xFFFFFF)
    return Role.allCases.flatMap { role -> [String] in
      guard let style = styles[role], let colour = rgb(style.foreground, at: depth) else {
        return []
      }
      let contrast = ColourSpace.contrast(colour, ground)
      return Self.limits(of: role, depth: depth, isHigh: name == "high-contrast")
        .contains(contrast)
        ? []
        : ["\(name) at \(depth.rawValue) colours: \(role.rawValue) has contrast \(short(contrast))"]
    }
  }

  /// Words need 4.5, lines 3; what lies behind others must recede.
  private static func limits(
    of role: Role, depth: ColourDepth, isHigh: Bool
  ) -> ClosedRange<Double> {
    switch role {
    case .border, .threshold, .mapLink, .graphGap, .graphFill, .borderFocus: 3...21
    case .mapLand, .graphFuture: depth == .ansi ? 1.2...21 : 1.3...3
    default: isHigh && depth != .ansi ? 7...21 : 4.5...21
    }
  }

  /// Words on the selected row and on the bar.
  private func groundProblems(at depth: ColourDepth) -> [String] {
    [("sel", selection), ("bar", bar)].flatMap { name, ground -> [String] in
      guard let back = ground.background.flatMap({ rgb($0, at: depth) }) else { return [] }
      return Self.words.compactMap { role in
        guard let style = styles[role],
          let colour = rgb(ground.foreground, at: depth) ?? rgb(style.foreground, at: depth)
        else { return nil }
        let contrast = ColourSpace.contrast(colour, back)
        return contrast >= 4.5
          ? nil
          : "\(self.name) at \(depth.rawValue) colours: \(role.rawValue) on \(name) has contrast "
            + short(contrast)
      }
    }
  }

  private static let words: [Role] = [
    .text, .muted, .title, .ok, .info, .warn, .crit, .unknown, .stale, .key, .s1, .s2, .s3, .s4,
    .s5, .s6,
  ]

  /// States (and series) must look different to everybody.
  private func distanceProblems(at depth: ColourDepth) -> [String] {
    distanceProblems(
      among: [.ok, .warn, .crit, .unknown], at: depth, least: Self.leastStateDistance(at: depth))
      + (depth == .ansi
        ? []
        : distanceProblems(
          among: [.s1, .s2, .s3, .s4, .s5, .s6], at: depth,
          least: depth == .cube ? 0.13 : 0.14))
  }

  /// Sixteen colours have no better: 0.14 on black and 0.09 on white; glyph and word must do it.
  private static func leastStateDistance(at depth: ColourDepth) -> Double {
    depth == .ansi ? 0.08 : 0.15
  }

  private func distanceProblems(
    among roles: [Role], at depth: ColourDepth, least: Double
  ) -> [String] {
    let colours = roles.map { role in styles[role].flatMap { rgb($0.foreground, at: depth) } ?? 0 }
    var problems: [String] = []
    for vision in ColourSpace.Vision.allCases {
      for first in roles.indices {
        for second in roles.indices where second > first {
          let distance = ColourSpace.difference(colours[first], colours[second], for: vision)
          if distance < least {
            problems.append(
              "\(name) at \(depth.rawValue) colours: \(roles[first].rawValue) and "
                + "\(roles[second].rawValue) are \(short(distance)) apart in \(vision.rawValue)")
          }
        }
      }
    }
    return problems
  }

  /// Red is darker than the healthy colour: it has to be stressed in another way too.
  private func attributeProblems() -> [String] {
    guard let crit = styles[.crit], crit.attributes.isDisjoint(with: [.bold, .reverse]) else {
      return []
    }
    return ["\(name): crit is neither bold nor reverse"]
  }

  private func rgb(_ colour: Colour, at depth: ColourDepth) -> UInt32? {
    switch depth {
    case .mono: nil
    case .ansi: colour.ansi.map { ColourSpace.ansi[$0] }
    case .cube: colour.cube.map(ColourSpace.rgb)
    case .trueColour: colour.rgb
    }
  }

  private func short(_ value: Double) -> String { Decimals.text(value, places: 2) }
}
