import ArgumentParser
import CNcurses
import Collectors
import ConfigurationFiles
import Dashboard
import Documents

/// What the user says about the screen.
struct ScreenFlags: ParsableArguments {
  @Option(help: "Colours: auto, 16, 256, truecolor, none, or always (even with NO_COLOR).")
  var color = TerminalProfile.ColourWish.automatic

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  @Flag(help: "Take the terminal for one with UTF-8, whatever the locale says.")
  var forceUtf8 = false

  @Flag(help: "Leave the mouse to the terminal; F2 switches it.")
  var noMouse = false

  @Option(help: ArgumentHelp("The theme; T turns to the next.", valueName: "name"))
  var theme: String?

  func validate() throws {
    if ascii && forceUtf8 {
      throw ValidationError("--ascii and --force-utf8 exclude each other.")
    }
  }

  /// What the terminal can do; fails where there can be no dashboard.
  func profile(inputIsTerminal: Bool) throws(Failure) -> TerminalProfile {
    let streams = TerminalStreams()
    let isUTF8 = cn_use_locale(forceUtf8 ? 1 : 0) != 0
    let surroundings = TerminalProfile.Surroundings(
      term: environmentVariable("TERM") ?? "", noColour: environmentVariable("NO_COLOR") ?? "",
      inputIsTerminal: inputIsTerminal, outputIsTerminal: streams.isOutputTerminal,
      colours: { name in
        let colours = unsafe cn_terminal_colours(name)
        return colours < 0 ? nil : Int(colours)
      },
      isUTF8: isUTF8)
    var wishes = TerminalProfile.Wishes(colour: color)
    if ascii { wishes.glyphs = .ascii }
    if forceUtf8 { wishes.glyphs = .unicode }
    do {
      return try TerminalProfile.decide(surroundings, wishes: wishes)
    } catch {
      throw Failure(.noTerminal, error.sentence)
    }
  }

  /// The themes at hand, with the one that the user, `$MERIDIAN_THEME` or the configuration names.
  func shelf(configuration: ConfigurationFile?, logLevel: LogLevel) throws(Failure) -> ThemeShelf {
    let folders = ResourceFolders.ofThisProgram(environment: environmentVariable)
    let (themes, faults) = Theme.all(folders: folders.find("Themes").map { [$0] } ?? [])
    if logLevel >= .warning { for fault in faults { StandardError.print(fault.description) } }
    return try ThemeShelf(
      themes: themes, name: theme ?? environmentVariable("MERIDIAN_THEME") ?? configuration?.theme)
  }
}

extension TerminalProfile.ColourWish: ExpressibleByArgument {}
