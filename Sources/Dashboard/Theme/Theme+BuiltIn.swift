extension Theme {
  /// The theme that needs no file: the values of `Themes/meridian-dark.yaml`, as a test asserts.
  package static let builtIn = Theme(
    name: "meridian-dark", variant: .dark,
    background: Colour(rgb: 0x10141A, cube: 233, ansi: 0), styles: builtInStyles,
    selection: ground, bar: ground)

  /// At sixteen colours there is no tint: black on white, glyphs and words tell the states.
  private static let ground = Style(
    foreground: Colour(rgb: nil, cube: nil, ansi: 0),
    background: Colour(rgb: 0x243040, cube: 235, ansi: 7))

  private static let builtInStyles: [Role: Style] = [
    .text: style(0xD7DDE5, 253, 7),
    .muted: style(0x9AA6B4, 247, 7),
    .title: style(0xFFFFFF, 231, 15, .bold),
    .border: style(0x5F6D7E, 242, 8),
    .borderFocus: style(0xD7DDE5, 253, 15),
    .ok: style(0x5FEADD, 87, 14),
    .info: style(0x7FB2FF, 111, 6),
    .warn: style(0xFFD030, 220, 11),
    .crit: style(0xFF6060, 203, 9, .bold),
    .unknown: style(0x928AFF, 105, 13, .underline),
    .stale: style(0xA7B1BF, 248, 7, .dim),
    .replay: style(0xFF9BD0, 212, 13, .bold),
    .s1: style(0x84FF13, 39, 10),
    .s2: style(0xEA55FF, 172, 13),
    .s3: style(0xFFFFFF, 82, 15),
    .s4: style(0x14CB00, 231, 11),
    .s5: style(0xF4BAF0, 247, 14),
    .s6: style(0x989796, 252, 7),
    .graphFill: style(0x4FB8D8, 74, 6),
    .graphFuture: style(0x4A5664, 239, 8),
    .graphGap: style(0x7D8A99, 244, 8),
    .threshold: style(0xC8A04A, 179, 3),
    .mapLand: style(0x3A4552, 238, 8),
    .mapLink: style(0x7D8A99, 244, 8),
    .key: style(0xF5A9B8, 217, 11),
  ]

  private static func style(
    _ rgb: UInt32, _ cube: Int, _ ansi: Int, _ attributes: Cell.Attributes = []
  ) -> Style {
    Style(foreground: Colour(rgb: rgb, cube: cube, ansi: ansi), attributes: attributes)
  }

  /// The sixteen-colour value of a role whose theme gives none: crit is always red.
  package static func standardAnsi(of role: Role) -> Int {
    switch role {
    case .threshold: 3
    case .info, .graphFill: 6
    case .text, .muted, .stale, .s6: 7
    case .border, .graphFuture, .graphGap, .mapLand, .mapLink: 8
    case .crit: 9
    case .s1: 10
    case .warn, .s4, .key: 11
    case .unknown, .replay, .s2: 13
    case .ok, .s5: 14
    case .title, .borderFocus, .s3: 15
    }
  }
}
