import ArgumentParser
import ConfigurationFiles
import Dashboard
import Documents

/// `meridian themes`: what themes there are, how they look, and whether they can be read.
struct ThemesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "themes", abstract: "List, preview and check themes.",
    discussion: """
      Themes are YAML files; those of the folder Themes stand before the embedded ones of the same \
      name. check exits with 1 when a theme has too little contrast or states that look alike.

        meridian themes
        meridian themes preview high-contrast
        meridian themes check
      """,
    subcommands: [List.self, Preview.self, Check.self], defaultSubcommand: List.self)

  /// The themes at hand; faults go to standard error.
  static func themes() -> (themes: [Theme], hasFaults: Bool) {
    let folders = ResourceFolders.ofThisProgram(environment: environmentVariable)
    let (themes, faults) = Theme.all(folders: folders.find("Themes").map { [$0] } ?? [])
    for fault in faults { StandardError.print(fault.description) }
    return (themes, !faults.isEmpty)
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Name the themes.")

    func run() throws {
      var output = StandardOutput()
      for theme in ThemesCommand.themes().themes {
        let padding = String(repeating: " ", count: max(2, 20 - theme.name.count))
        try output.write("\(theme.name)\(padding)\(theme.variant.rawValue)\n")
      }
      try output.flush()
    }
  }

  struct Preview: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show all roles of a theme in its colours.")

    @Argument(help: "The theme; default: all.")
    var name: String?

    @Option(help: "Colours: 16, 256, truecolor or none.")
    var color = ColourDepth.cube

    func run() throws {
      var themes = ThemesCommand.themes().themes
      if name != nil { themes = [try ThemeShelf(themes: themes, name: name).current] }
      var output = StandardOutput()
      for theme in themes {
        try output.write(theme.preview.ansi(theme: theme, depth: color) + "\n")
      }
      try output.flush()
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check contrast and the distance of states, at all colour depths.")

    func run() throws {
      let (themes, hasFaults) = ThemesCommand.themes()
      let problems = themes.flatMap { $0.problems() }
      var output = StandardOutput()
      for problem in problems { try output.write(problem + "\n") }
      if problems.isEmpty { try output.write("\(themes.count) themes are fine\n") }
      try output.flush()
      if hasFaults || !problems.isEmpty { throw ExitCode(ExitStatus.failed.rawValue) }
    }
  }
}
