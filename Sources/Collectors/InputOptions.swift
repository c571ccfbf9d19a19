import Documents
import Telemetry
import WireFormats

/// What the user says about all sources.
package struct InputOptions: Sendable {
  /// Overrides detection; a source's own `?format=` goes before it.
  package var format: String?
  /// Parts of metrics' names that the files do not carry: the region, the namespace.
  package var identity = MetricIdentity()
  /// The queries of a GetMetricData call, by Id.
  package var queries: [String: MetricQuery] = [:]
  /// How names and labels of other systems become CloudWatch's.
  package var naming = NamingRules()
  /// What Influx timestamps count; nil: as their size tells.
  package var precision: TimePrecision?
  /// What time it is: when that which a socket receives arrives.
  package var clock: (@Sendable () -> Timestamp)?

  package init() {}

  /// What the command line says, as it was written; nil where it says nothing.
  ///
  /// `dimensions` is `Name=Value,Name=Value`; `queryFile` is what `--metric-data-queries` took.
  package init(
    format: String? = nil, region: String? = nil, namespace: String? = nil, metric: String? = nil,
    dimensions: String? = nil, unit: String? = nil, statistic: String? = nil,
    queryFile: String? = nil
  ) throws(InputError) {
    if let format { try SourceSpecification.check(format) }
    self.format = format
    identity.region = region
    identity.namespace = namespace
    identity.name = metric
    identity.unit = unit
    if let dimensions { identity.dimensions = try Self.dimensions(in: dimensions) }
    if let statistic { identity.statistic = try Self.statistic(named: statistic) }
    if let queryFile { queries = try Self.queries(in: queryFile) }
  }

  private static func dimensions(in text: String) throws(InputError) -> [Dimension] {
    var dimensions: [Dimension] = []
    for pair in text.split(separator: ",") {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw InputError(.usage, "'\(pair)' is not a dimension such as DBClusterIdentifier=orders")
      }
      dimensions.append(Dimension(name: parts[0], value: parts[1]))
    }
    return dimensions
  }

  private static func statistic(named name: String) throws(InputError) -> Statistic {
    let found = Statistic.allCases.first { $0.rawValue.lowercased() == name.lowercased() }
    guard let found else {
      let names = Statistic.allCases.map(\.rawValue).joined(separator: ", ")
      throw InputError(.usage, "'\(name)' is not one of the statistics \(names)")
    }
    return found
  }

  /// Reads a `--metric-data-queries` file.
  package static func queries(in path: String) throws(InputError) -> [String: MetricQuery] {
    var bytes: [UInt8] = []
    do throws(SystemError) {
      let file = try InputFile(path: path)
      while true {
        let part = try file.read()
        if part.isEmpty { break }
        bytes += part
      }
    } catch {
      throw InputError(.inputOutput, "\(path): \(error)")
    }
    do throws(Fault) {
      return try MetricQuery.queries(try Node.json(bytes, file: path))
    } catch {
      throw InputError(.data, error.description)
    }
  }
}
