import ArgumentParser

/// `meridian record`: what arrives, to a recording.
struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Write what arrives to a recording.",
    discussion: """
      Follows files, listens on sockets and by HTTP as `watch` and `serve` do, and writes every record \
      with its arrival, so that `replay` shows what was known when. The topology and the alarms of the \
      configuration go into line one: the recording explains itself. Can be read while it grows; ends on \
      SIGINT or SIGTERM, or with standard input. A file that is there already is not written over.

        meridian record udp://127.0.0.1:8125 -o statsd.jsonl.gz
        meridian record --config meridian.yaml -o night.jsonl.gz
        meridian record --listen cloudwatch=127.0.0.1:8085 -o drill.jsonl.gz
        aws-stream | meridian record - -o stream.jsonl.gz
        meridian replay night.jsonl.gz
      """)

  @OptionGroup
  var common: CommonOptions
  @OptionGroup
  var intake: IntakeOptions

  @Option(name: [.short, .long], help: ArgumentHelp("The file to write, or -.", valueName: "file"))
  var output: String

  func run() throws {
    let configuration = try common.loadConfiguration()
    let recording = RecordingPlan(
      place: .file(output), configuration: configuration?.file, name: name, includesHistory: true)
    let driver = try intake.driver(to: "record", configuration, recording: recording)
    var loop = ServeLoop(driver: driver, logLevel: common.logLevel)
    loop.endsWithInput = true
    try loop.run { _ in }
  }

  /// `night` of `/var/tmp/night.jsonl.gz`.
  private var name: String {
    String(output.split(separator: "/").last?.prefix { $0 != "." } ?? "")
  }
}
