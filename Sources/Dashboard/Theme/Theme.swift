/// How roles look: for each role colours at three depths, and attributes.
package struct Theme: Hashable, Sendable {
  package var name: String
  package var variant: Variant
  package var background: Colour
  package var styles: [Role: Style]
  /// Background of the selected row and of the header bar.
  package var selection: Style
  package var bar: Style

  package init(
    name: String, variant: Variant, background: Colour, styles: [Role: Style], selection: Style,
    bar: Style
  ) {
    self.name = name
    self.variant = variant
    self.background = background
    self.styles = styles
    self.selection = selection
    self.bar = bar
  }

  package enum Variant: String, Hashable, Sendable, CaseIterable {
    case dark
    case light
  }

  /// One colour at three depths; nil index: the terminal's default colour.
  package struct Colour: Hashable, Sendable {
    /// 0xRRGGBB; nil: the terminal's default.
    package var rgb: UInt32?
    /// Index into the 256-colour cube (16...255).
    package var cube: Int?
    /// Index into the 16 ANSI colours (0...15).
    package var ansi: Int?

    package init(rgb: UInt32?, cube: Int?, ansi: Int?) {
      self.rgb = rgb
      self.cube = cube
      self.ansi = ansi
    }

    package static let terminalDefault = Colour(rgb: nil, cube: nil, ansi: nil)
  }

  package struct Style: Hashable, Sendable {
    package var foreground: Colour
    /// Nil: the background of whatever the cell stands on.
    package var background: Colour?
    package var attributes: Cell.Attributes

    package init(
      foreground: Colour, background: Colour? = nil, attributes: Cell.Attributes = []
    ) {
      self.foreground = foreground
      self.background = background
      self.attributes = attributes
    }
  }
}

/// How many colours the terminal shows.
package enum ColourDepth: String, Hashable, Sendable, CaseIterable {
  case mono = "none"
  case ansi = "16"
  case cube = "256"
  case trueColour = "truecolor"
}

/// What a cell looks like in the end: indices for its depth, nil for the terminal's default.
package struct Appearance: Hashable, Sendable {
  package var foreground: Int?
  package var background: Int?
  /// Only bold, dim, underline and reverse.
  package var attributes: Cell.Attributes

  package init(foreground: Int?, background: Int?, attributes: Cell.Attributes) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}
