import ArgumentParser
import Monitoring
import Telemetry

/// `meridian whatif`: what losing a region would do, before anything happens.
struct WhatIfCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whatif",
    abstract: "Tell what losing a region would do: traffic, headroom, data, recovery time.",
    discussion: """
      The loss is calculated on what is seen at an instant: by default now, a minute after the newest \
      sample; of a recording any. What is not known is --, and an assumption says that it is one.

        meridian whatif us-east-1 --config meridian.yaml metrics/
        meridian whatif us-east-1 --at 2026-10-20T06:40:00Z region-failure.jsonl.gz
        meridian whatif eu-west-1 --format json recording.jsonl.gz | jq '.breaks[0]'
      """)

  @OptionGroup
  var common: CommonOptions
  @OptionGroup
  var input: InputFlags

  @Argument(help: ArgumentHelp("The region that is lost.", valueName: "region"))
  var lost: String

  @Argument(help: ArgumentHelp("Files, folders, globs or -.", valueName: "source"))
  var sources: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The instant of the loss; default: a minute after the newest sample.", valueName: "time"))
  var at: TimeArgument?

  @Option(help: "text or json.")
  var format = ReportFormat.text

  func run() throws {
    let headless = try HeadlessMoment(
      common: common, input: input, sources: sources, at: at?.resolved(now: WallClock.now))
    guard let loss = headless.moment.whatIf(losing: lost) else {
      let known = headless.moment.topology.regions.map(\.code).joined(separator: ", ")
      throw Failure(
        .usage,
        known.isEmpty
          ? "no regions are configured: name a topology with --config"
          : "'\(lost)' is none of the regions: \(known)")
    }
    var output = StandardOutput()
    try output.write(format == .json ? loss.json : loss.text)
    try output.flush()
  }
}

/// Text for people, JSON for programs.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable { case text, json }
