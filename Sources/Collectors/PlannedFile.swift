import Telemetry
import WireFormats

/// A file that is to be read, and what is known about it beforehand.
struct PlannedFile: Sendable {
  /// `-` for standard input.
  var path: String
  var format: (any WireFormat.Type)?
  var context: DecodingContext
  /// Whether the user named it, rather than its folder or a glob.
  var isNamed: Bool

  static func files(
    of source: SourceSpecification, options: InputOptions
  ) throws(InputError) -> [PlannedFile] {
    let format = source.format ?? options.format
    if let format { try SourceSpecification.check(format) }
    if source.isLive {
      throw InputError(.usage, "\(source) is a live source: it is for meridian watch and serve")
    }
    var paths = ["-"]
    var isNamed = true
    if case .path(let path) = source.location {
      let files = try SourceFiles(path: path)
      paths = files.paths
      isNamed = files.isNamed
    }
    return paths.map { path in
      let identity = options.identity.completed(by: MetricIdentity(path: path))
      var context = DecodingContext(source: path, identity: identity, queries: options.queries)
      context.naming = options.naming
      context.precision = options.precision
      context.time = path == "-" ? InputFile().status?.modified : FileStatus(path: path)?.modified
      return PlannedFile(
        path: path, format: format.flatMap { wireFormat(named: $0) }, context: context,
        isNamed: isNamed)
    }
  }
}
