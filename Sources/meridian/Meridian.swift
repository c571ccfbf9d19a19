import ArgumentParser

/// The command line: one file per command in `Commands/`.
@main
struct Meridian: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "meridian", abstract: "The dashboard for multi-region failover.")
}
