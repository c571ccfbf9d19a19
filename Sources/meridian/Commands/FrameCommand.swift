import ArgumentParser
import ConfigurationFiles
import Dashboard
import Documents
import Telemetry

/// `meridian frame`: one frame of the dashboard, without a terminal.
struct FrameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "frame", abstract: "Print one frame of the dashboard to standard output.",
    discussion: """
      Views: \(Dashboard.viewNames.joined(separator: ", ")). Without sources: those of the \
      configuration, else the bundled sample. The frame shows a recorded instant and says so; \
      --live draws it as it looked then.

        meridian frame overview --at 2025-10-20T07:10:00Z region-failure.jsonl.gz
        meridian frame failover --size 80x24 --format svg --theme meridian-light > failover.svg
      """)

  @OptionGroup
  var common: CommonOptions
  @OptionGroup
  var input: InputFlags

  @Argument(help: ArgumentHelp("The view to draw.", valueName: "view"))
  var view: ViewArgument

  @Argument(help: ArgumentHelp("Files, folders or globs.", valueName: "source"))
  var sources: [String] = []

  @Option(help: ArgumentHelp("Columns and rows.", valueName: "columns x rows"))
  var size = SizeArgument(columns: 160, rows: 45)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The instant to draw; default: the last arrival.", valueName: "time"))
  var at: TimeArgument?

  @Option(help: "text, ansi or svg.")
  var format = Format.text

  @Option(help: "Colours of ansi: 16, 256, truecolor or none.")
  var color = ColourDepth.cube

  @Option(help: ArgumentHelp("The theme of ansi and svg.", valueName: "name"))
  var theme: String?

  @Option(help: "Characters: unicode, block or ascii.")
  var glyphs = GlyphSet.unicode

  @Flag(help: "Draw without the transport of a replay.")
  var live = false

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, ansi, svg }

  func run() throws {
    let configuration = try common.loadConfiguration()
    let canvas = try draw(try scene(configuration))
    let theme = try chosenTheme(configuration)
    var output = StandardOutput()
    switch format {
    case .text: try output.write(canvas.description)
    case .ansi: try output.write(canvas.ansi(theme: theme, depth: color))
    case .svg: try output.write(canvas.svg(theme: theme, title: "meridian \(view.name)"))
    }
    try output.flush()
  }

  private func draw(_ scene: Scene) throws(Failure) -> Canvas {
    var dashboard = Dashboard()
    dashboard.options.glyphs = glyphs
    dashboard.show(view: view.number)
    return dashboard.draw(scene, rows: size.rows, columns: size.columns)
  }

  /// The recording with its playhead at the instant.
  private func scene(_ configuration: LoadedConfiguration?) throws -> Scene {
    var arguments = sources.isEmpty ? configuration?.file.sources ?? [] : sources
    if arguments.isEmpty { arguments = [try sample()] }
    var command = try ReplayCommand.parse(arguments + ["--paused"])
    command.input = input
    var driver = try command.makeDriver(configuration)
    let wall = WallClock.now()
    while driver.patienceMilliseconds(wall: wall) == 0 {
      _ = driver.tick(wall: wall, elapsedMilliseconds: 0)
    }
    let player = driver.player
    _ = driver.perform(.seek(at?.resolved(now: WallClock.now) ?? player.end), wall: wall)
    var scene = driver.scene(wall: wall)
    if live { scene.mode = .live }
    return scene
  }

  private func sample() throws(Failure) -> String {
    let folders = ResourceFolders.ofThisProgram(environment: environmentVariable)
    guard let path = folders.find(WatchCommand.sample) else {
      throw Failure(.usage, "name sources: no configuration was found, and no sample is installed")
    }
    return path
  }

  private func chosenTheme(_ configuration: LoadedConfiguration?) throws(Failure) -> Theme {
    let folders = ResourceFolders.ofThisProgram(environment: environmentVariable)
    let (themes, faults) = Theme.all(folders: folders.find("Themes").map { [$0] } ?? [])
    if common.logLevel >= .warning {
      for fault in faults { StandardError.print(fault.description) }
    }
    let name = theme ?? environmentVariable("MERIDIAN_THEME") ?? configuration?.file.theme
    return try ThemeShelf(themes: themes, name: name).current
  }
}

/// A view by its name.
struct ViewArgument: ExpressibleByArgument {
  var number: Int
  var name: String { Dashboard.viewNames[number] }

  init?(argument: String) {
    guard let number = Dashboard.viewNames.firstIndex(of: argument.lowercased()) else { return nil }
    self.number = number
  }

  static var allValueStrings: [String] { Dashboard.viewNames }
}

/// `160x45`.
struct SizeArgument: ExpressibleByArgument {
  var columns: Int
  var rows: Int

  /// Larger frames are a mistake: no terminal is so large.
  private static let limit = 1...2000

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  init?(argument: String) {
    let parts = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let columns = parts[0], let rows = parts[1],
      Self.limit.contains(columns), Self.limit.contains(rows)
    else { return nil }
    self.init(columns: columns, rows: rows)
  }

  var defaultValueDescription: String { "\(columns)x\(rows)" }
}

extension ColourDepth: ExpressibleByArgument {}
extension GlyphSet: ExpressibleByArgument {}
