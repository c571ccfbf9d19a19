import Dashboard
import Testing

@testable import meridian

/// What is decided about a terminal before it is taken over.
@Suite
struct TerminalProfileTests {
  /// A terminal of today that terminfo knows.
  private static func surroundings(
    term: String = "xterm-256color", noColour: String = "", isUTF8: Bool = true,
    known: [String: Int] = ["xterm-256color": 256, "linux": 8, "vt100": 0, "xterm-16color": 16]
  ) -> TerminalProfile.Surroundings {
    TerminalProfile.Surroundings(
      term: term, noColour: noColour, inputIsTerminal: true, outputIsTerminal: true,
      colours: { known[$0] }, isUTF8: isUTF8)
  }

  private static func depth(
    term: String = "xterm-256color", noColour: String = "",
    wish: TerminalProfile.ColourWish = .automatic
  ) throws -> ColourDepth {
    try TerminalProfile.decide(
      surroundings(term: term, noColour: noColour), wishes: .init(colour: wish)
    ).depth
  }

  @Test
  func `a terminal of today shows 256 colours, UTF-8 and whole frames`() throws {
    let profile = try TerminalProfile.decide(Self.surroundings(), wishes: .init())
    let expected = TerminalProfile(
      term: "xterm-256color", depth: .cube, glyphs: .unicode, isSynchronized: true, notice: nil)
    #expect(profile == expected)
  }

  @Test
  func `an unknown terminal is taken for xterm, and the user is told`() throws {
    let profile = try TerminalProfile.decide(
      Self.surroundings(term: "xterm-kitty"), wishes: .init())
    #expect(profile.term == "xterm-256color")
    #expect(profile.notice == "TERM=xterm-kitty is not known here: shown as xterm-256color")
  }

  @Test
  func `without a terminal a sentence says what to do instead`() {
    let advice =
      "use `meridian check` for a verdict or `meridian frame overview` for one picture"
    func refusal(_ surroundings: TerminalProfile.Surroundings) -> String? {
      do throws(TerminalProfile.Refusal) {
        _ = try TerminalProfile.decide(surroundings, wishes: .init())
        return nil
      } catch {
        return error.sentence
      }
    }
    var noOutput = Self.surroundings()
    noOutput.outputIsTerminal = false
    var noInput = Self.surroundings()
    noInput.inputIsTerminal = false
    #expect(refusal(noOutput) == "standard output is not a terminal: \(advice)")
    #expect(refusal(noInput) == "standard input is not a terminal: \(advice)")
    #expect(
      refusal(Self.surroundings(term: "dumb")) == "TERM=dumb cannot show a dashboard: \(advice)")
    #expect(refusal(Self.surroundings(term: "")) == "TERM is empty: \(advice)")
    #expect(
      refusal(Self.surroundings(term: "foot", known: [:]))
        == "TERM=foot is not known here, nor is xterm-256color: \(advice)")
  }

  @Test
  func `colours follow the terminal, NO_COLOR and the user, in rising order`() throws {
    #expect(try Self.depth(term: "xterm-16color") == .ansi)
    #expect(try Self.depth(term: "linux") == .ansi)
    #expect(try Self.depth(term: "vt100") == .mono)
    #expect(try Self.depth(noColour: "1") == .mono)
    #expect(try Self.depth(noColour: "1", wish: .always) == .cube)
    #expect(try Self.depth(noColour: "1", wish: .ansi) == .ansi)
    #expect(try Self.depth(wish: .none) == .mono)
    // ncurses reaches no more than 256 colours on this terminal.
    #expect(try Self.depth(wish: .trueColour) == .cube)
    #expect(try Self.depth(term: "linux", wish: .cube) == .ansi)
  }

  @Test
  func `what cannot show UTF-8 gets ASCII, and plain consoles no private modes`() throws {
    let plain = try TerminalProfile.decide(Self.surroundings(isUTF8: false), wishes: .init())
    #expect(plain.glyphs == .ascii)
    #expect(plain.isSynchronized)
    for term in ["linux", "vt100"] {
      let console = try TerminalProfile.decide(Self.surroundings(term: term), wishes: .init())
      #expect(console.glyphs == .ascii)
      #expect(!console.isSynchronized)
    }
    let forced = try TerminalProfile.decide(
      Self.surroundings(term: "linux"), wishes: .init(glyphs: .unicode))
    #expect(forced.glyphs == .unicode)
  }
}
