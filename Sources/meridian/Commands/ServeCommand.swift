import ArgumentParser
import ConfigurationFiles
import WireFormats

/// `meridian serve`: the daemon.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Listen, evaluate and print what changes, without a screen.",
    discussion: """
      Takes metrics from the sources and by HTTP, on the addresses under `listen:` of the \
      configuration or with --listen, and prints a line of JSON for every transition, as \
      `replay --headless` does. Clients of the CloudWatch API can write to it and read from it. \
      Listens on this machine only. With `record: {path: FOLDER, keep: 30d}` in the configuration it \
      writes what it receives to a recording a day. Each minute \
      standard error tells of the sources that lost records, or of all that received any with \
      --log-level info: received, stored, rejected, dropped, late. Ends on SIGTERM.

        meridian serve --config meridian.yaml
        meridian serve --listen cloudwatch=127.0.0.1:8085 --listen otlp=127.0.0.1:4318
        aws cloudwatch list-metrics --endpoint-url http://127.0.0.1:8085
      """)

  @OptionGroup
  var common: CommonOptions
  @OptionGroup
  var intake: IntakeOptions

  func run() throws {
    let configuration = try common.loadConfiguration()
    let recording = configuration?.file.record.map {
      RecordingPlan(place: .folder($0), configuration: configuration?.file)
    }
    let driver = try intake.driver(to: "serve", configuration, recording: recording)
    var output = StandardOutput()
    var loop = ServeLoop(driver: driver, logLevel: common.logLevel)
    try loop.run { (line) throws(Failure) in
      try output.write(line)
      try output.flush()
    }
  }
}

/// Where to listen, beside `listen:` of the configuration.
struct ListenFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What to listen for and where: cloudwatch=127.0.0.1:8085; also otlp, firehose, remoteWrite, influx, metrics, statsd, emf, graphite, socket; may be repeated.",
      valueName: "kind=address"))
  var listen: [ListenArgument] = []

  /// Starts what the command line and the configuration ask for; nil where neither does.
  func listeners(_ configuration: LoadedConfiguration?) throws(Failure) -> Listeners? {
    let settings = settings(configuration?.file).filter { $0.isHTTP }
    return settings.isEmpty
      ? nil : try Listeners(settings, naming: configuration?.naming ?? NamingRules())
  }

  /// The sources that are named, else those of the configuration, and the sockets to listen on.
  func sources(_ named: [String], _ file: ConfigurationFile?) -> [String] {
    (named.isEmpty ? file?.sources ?? [] : named) + settings(file).flatMap(\.sources)
  }

  private func settings(_ file: ConfigurationFile?) -> [ListenSetting] {
    listen.map(\.setting) + (file?.listen ?? [])
  }
}

/// `cloudwatch=127.0.0.1:8085`.
struct ListenArgument: ExpressibleByArgument {
  var setting: ListenSetting

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let kind = ListenSetting.Kind(rawValue: String(parts[0])) else {
      return nil
    }
    setting = ListenSetting(kind: kind, address: String(parts[1]))
  }
}
