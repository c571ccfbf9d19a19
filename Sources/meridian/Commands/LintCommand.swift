import ArgumentParser
import ConfigurationFiles
import Documents
import Monitoring

/// `meridian lint FILE…`: alarm and configuration problems, each with its remedy.
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Alarm and configuration problems, each with its remedy.",
    discussion: """
      Checks alarm files (describe-alarms output, CloudFormation, YAML) and meridian.yaml against \
      what is known about each metric: where it is published, in which unit, how often, and what \
      its absence means. The services and objectives of a meridian.yaml that is named, or found, are \
      taken into account.

      Exit code 0: nothing found; 1: warnings; 2: errors.

        meridian lint alarms/*.json
        meridian lint meridian.yaml
        meridian lint --format sarif infra/alarms.cfn.yaml > lint.sarif
      """)

  @OptionGroup
  var common: CommonOptions

  @Argument(help: ArgumentHelp("Alarm files and configurations.", valueName: "file"))
  var files: [String]

  @Option(help: "What to print: text, json or sarif.")
  var format = Format.text

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, sarif }

  func run() throws {
    var reader = LintReader(environment: environmentVariable)
    for file in files { try reader.read(file) }
    if !reader.hasConfiguration, common.config != nil || files.isEmpty == false,
      let found = try common.loadConfiguration()
    {
      reader.take(topologyOf: found.file)
    }
    let report = reader.report
    var output = StandardOutput()
    switch format {
    case .text: for line in report.lines { try output.write(sanitised(line) + "\n") }
    case .json: try output.write(report.json)
    case .sarif: try output.write(report.sarif(version: Meridian.version))
    }
    try output.flush()
    if report.errors > 0 { throw ExitCode(2) }
    if report.warnings > 0 { throw ExitCode(1) }
  }
}
