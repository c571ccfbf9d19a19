import Dashboard

/// What a terminal can show and how it is to be spoken to: decided once, before it is taken over.
struct TerminalProfile: Equatable {
  /// The terminfo entry to use.
  var term: String
  var depth: ColourDepth
  var glyphs: GlyphSet
  /// Whether frames are bracketed so that they appear whole.
  var isSynchronized: Bool
  /// What the user should know; nil when everything is as asked.
  var notice: String?

  /// What is known of the outside.
  struct Surroundings {
    var term: String
    var noColour: String
    var inputIsTerminal: Bool
    var outputIsTerminal: Bool
    /// The colours of a terminal by its name; nil when it is not known.
    var colours: (String) -> Int?
    /// Whether the locale's characters are UTF-8.
    var isUTF8: Bool
  }

  /// What the user asked for.
  struct Wishes: Equatable {
    var colour = ColourWish.automatic
    var glyphs: GlyphSet?
    var isSynchronized: Bool?
  }

  enum ColourWish: String, CaseIterable {
    case automatic = "auto"
    case always
    case none
    case ansi = "16"
    case cube = "256"
    case trueColour = "truecolor"
  }

  /// Why there can be no dashboard, as a sentence.
  struct Refusal: Error, Equatable {
    var sentence: String

    init(because reason: String) {
      sentence =
        "\(reason): use `meridian check` for a verdict or `meridian frame overview` for one picture"
    }
  }

  static func decide(_ surroundings: Surroundings, wishes: Wishes) throws(Refusal) -> Self {
    guard surroundings.outputIsTerminal else {
      throw Refusal(because: "standard output is not a terminal")
    }
    guard surroundings.inputIsTerminal else {
      throw Refusal(because: "standard input is not a terminal")
    }
    let (term, colours, notice) = try entry(for: surroundings.term, in: surroundings)
    return TerminalProfile(
      term: term,
      depth: depth(colours: colours, noColour: surroundings.noColour, wish: wishes.colour),
      glyphs: wishes.glyphs ?? glyphs(term: term, isUTF8: surroundings.isUTF8),
      isSynchronized: wishes.isSynchronized ?? !isPlain(term),
      notice: notice)
  }

  /// The entry of a terminal that nobody knows is xterm's: what almost all of them are like.
  private static let substitute = "xterm-256color"

  private static func entry(
    for term: String, in surroundings: Surroundings
  ) throws(Refusal) -> (term: String, colours: Int, notice: String?) {
    if term.isEmpty { throw Refusal(because: "TERM is empty") }
    if term == "dumb" { throw Refusal(because: "TERM=dumb cannot show a dashboard") }
    if let colours = surroundings.colours(term) { return (term, colours, nil) }
    guard let colours = surroundings.colours(substitute) else {
      throw Refusal(because: "TERM=\(term) is not known here, nor is \(substitute)")
    }
    return (substitute, colours, "TERM=\(term) is not known here: shown as \(substitute)")
  }

  private static func depth(colours: Int, noColour: String, wish: ColourWish) -> ColourDepth {
    let best: ColourDepth = colours >= 256 ? .cube : colours >= 8 ? .ansi : .mono
    switch wish {
    case .none: return .mono
    case .automatic: return noColour.isEmpty ? best : .mono
    case .always, .cube, .trueColour: return best
    case .ansi: return best == .mono ? .mono : .ansi
    }
  }

  private static func glyphs(term: String, isUTF8: Bool) -> GlyphSet {
    isUTF8 && !isPlain(term) ? .unicode : .ascii
  }

  /// The consoles and old terminals that have neither braille nor private modes.
  private static func isPlain(_ term: String) -> Bool {
    term == "linux" || term.hasPrefix("linux-") || term.hasPrefix("vt")
  }
}
