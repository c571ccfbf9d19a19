import ArgumentParser
import Collectors
import Telemetry
import WireFormats

/// What the user says about sources that do not say it themselves.
struct InputFlags: ParsableArguments {
  @Option(help: ArgumentHelp("The format of all sources, instead of detection.", valueName: "name"))
  var inputFormat: String?

  @Option(help: ArgumentHelp("The region of metrics that do not name theirs.", valueName: "region"))
  var region: String?

  @Option(help: ArgumentHelp("The namespace, likewise: AWS/RDS.", valueName: "namespace"))
  var namespace: String?

  @Option(help: ArgumentHelp("The metric's name, likewise.", valueName: "name"))
  var metricName: String?

  @Option(help: ArgumentHelp("A dimension, likewise; may be repeated.", valueName: "name=value"))
  var dimension: [DimensionArgument] = []

  @Option(help: ArgumentHelp("The unit, likewise: Seconds.", valueName: "unit"))
  var unit: String?

  @Option(help: "What bare values are: Average, Sum, Minimum, Maximum or SampleCount.")
  var statistic: Statistic?

  /// Reads all sources to their ends, by the naming rules of the configuration.
  func load(
    _ sources: [String], _ configuration: LoadedConfiguration? = nil
  ) throws(Failure) -> Timeline {
    do {
      var specifications: [SourceSpecification] = []
      for source in sources { specifications.append(try SourceSpecification(source)) }
      var options = try options()
      if let configuration { options.naming = configuration.naming }
      return try Timeline.load(specifications, options: options)
    } catch {
      throw Failure(error)
    }
  }

  /// The same as the collectors take it.
  func options() throws(InputError) -> InputOptions {
    var options = InputOptions()
    if let inputFormat { try SourceSpecification.check(inputFormat) }
    options.format = inputFormat
    options.identity.region = region
    options.identity.namespace = namespace
    options.identity.name = metricName
    options.identity.dimensions = dimension.map(\.dimension)
    options.identity.unit = unit
    options.identity.statistic = statistic
    return options
  }
}

extension Failure {
  init(_ error: InputError) {
    let code: ExitStatus =
      switch error.kind {
      case .usage: .usage
      case .data: .badData
      case .inputOutput: .inputOutput
      }
    self.init(code, error.description)
  }
}

/// `DBClusterIdentifier=orders`.
struct DimensionArgument: ExpressibleByArgument {
  var dimension: Dimension

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { return nil }
    dimension = Dimension(name: String(parts[0]), value: String(parts[1]))
  }
}

extension Statistic: ExpressibleByArgument {}
