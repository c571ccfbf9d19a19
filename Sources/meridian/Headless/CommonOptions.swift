import ArgumentParser
import ConfigurationFiles
import WireFormats
import Documents

/// What every command understands.
struct CommonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The configuration file; else $MERIDIAN_CONFIG, ./meridian.yaml, the user's, the system's.",
      valueName: "file"))
  var config: String?

  @Option(help: "What is said on standard error besides failures: quiet, warning or info.")
  var logLevel = LogLevel.warning

  /// Finds and reads the configuration; nil where there is none.
  func loadConfiguration() throws(Failure) -> LoadedConfiguration? {
    do {
      let search = ConfigurationSearch(explicit: config, environment: environmentVariable)
      guard let place = try search.find() else { return nil }
      let file = try ConfigurationFile.load(place.path, environment: environmentVariable)
      if logLevel >= .warning { for warning in file.warnings { StandardError.print(warning) } }
      if logLevel >= .info { StandardError.print("configuration: \(place.path)") }
      let naming = try file.naming.map { (node) throws(Fault) in try NamingRules(node) }
      return LoadedConfiguration(place: place, file: file, naming: naming ?? NamingRules())
    } catch {
      throw Failure(error)
    }
  }
}

/// A configuration and where it was found.
struct LoadedConfiguration: Sendable {
  var place: ConfigurationSearch.Place
  var file: ConfigurationFile
  var naming: NamingRules
}

/// How much is said on standard error.
enum LogLevel: String, ExpressibleByArgument, CaseIterable, Comparable {
  case quiet, warning, info

  static func < (left: LogLevel, right: LogLevel) -> Bool {
    (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
  }
}
