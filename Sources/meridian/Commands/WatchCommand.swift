import ArgumentParser
import Collectors
import ConfigurationFiles
import Dashboard
import Telemetry

/// `meridian watch`, and `meridian` alone: the dashboard on live sources.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Show the dashboard on live sources (the default).",
    discussion: """
      Files are followed as they grow, through rotation and truncation. Sockets (tcp://, udp://, \
      unix://) take any line format, found out from the content or named. Without configuration and \
      sources the bundled sample is replayed.

        meridian
        meridian watch --config meridian.yaml /var/spool/metrics
        meridian watch udp://127.0.0.1:8125 tcp://127.0.0.1:2003
        meridian watch 'unix:///run/meridian.sock?type=datagram&format=statsd&region=eu-west-1'
        aws-stream | meridian watch -
      """)

  @OptionGroup
  var common: CommonOptions
  @OptionGroup
  var input: InputFlags
  @OptionGroup
  var listening: ListenFlags
  @OptionGroup
  var screen: ScreenFlags

  @OptionGroup
  var live: LiveSources

  /// The recording that is shown where nothing else is said.
  static let sample = "sample-metrics/region-failure.jsonl.gz"

  func run() throws {
    let configuration = try common.loadConfiguration()
    let sources = listening.sources(live.sources, configuration?.file)
    let keyboard = sources.contains("-") ? TerminalInput.ofProcess() : TerminalInput()
    let profile = try screen.profile(
      inputIsTerminal: sources.contains("-")
        ? keyboard != nil : TerminalStreams().isInputTerminal)
    let shelf = try screen.shelf(configuration: configuration?.file, logLevel: common.logLevel)
    let show = DashboardRun(
      profile: profile, shelf: shelf, mouse: !screen.noMouse, input: keyboard ?? TerminalInput())
    if configuration == nil && sources.isEmpty && listening.listen.isEmpty {
      try show(try sampleDriver())
    } else {
      try show(
        try LiveDriver(
          sources: sources, input: input,
          listeners: try listening.listeners(configuration), configuration: configuration))
    }
  }

  private func sampleDriver() throws -> ReplayDriver {
    let folders = ResourceFolders.ofThisProgram(environment: environmentVariable)
    guard let path = folders.find(Self.sample) else {
      throw Failure(
        .configuration,
        "no configuration was found, and no sample is installed; write meridian.yaml or name sources"
      )
    }
    StandardError.print("no configuration was found: this is the bundled sample, \(path)")
    var command = try ReplayCommand.parse([path])
    command.input = input
    return try command.makeDriver(nil)
  }
}
