import ArgumentParser

/// The command line: one file per command in `Commands/`, one line here.
@main
struct Meridian: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "meridian",
    abstract: "The dashboard for multi-region failover.",
    discussion: """
      Shows whether a region is failing, whether another can take over, and what that would cost: \
      live, as a replay of a recording, and headless from cron.

        meridian                        the dashboard, or a sample where nothing is configured
        meridian replay FILE            a recording, with a transport
        meridian check metrics/*.json   one evaluation, for cron
      """,
    version: version,
    subcommands: [
      WatchCommand.self,
      ServeCommand.self,
      RecordCommand.self,
      ReplayCommand.self,
      CheckCommand.self,
      TestCommand.self,
      QueryCommand.self,
      BacktestCommand.self,
      ExplainCommand.self,
      LintCommand.self,
      SimulateCommand.self,
      WhatIfCommand.self,
      DrillCommand.self,
      WaitCommand.self,
      NoteCommand.self,
      ReportCommand.self,
      ConvertCommand.self,
      FrameCommand.self,
      ThemesCommand.self,
      InitCommand.self,
      DoctorCommand.self,
    ],
    defaultSubcommand: WatchCommand.self)

  static let version = "0.1.0"

  /// Runs the command line and ends the process with its exit code.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      StandardError.print(failure.sentence)
      exit(withError: ExitCode(failure.code.rawValue))
    } catch {
      CheckCommand.tellPlugin(exitCode(for: error), message(for: error))
      exit(withError: error)
    }
  }
}
