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
    var paths = ["-"]
    var isNamed = true
    if case .path(let path) = source.location {
      let files = try SourceFiles(path: path)
      paths = files.paths
      isNamed = files.isNamed
    }
    return paths.map { path in
      let identity = options.identity.completed(by: MetricIdentity(path: path))
      return PlannedFile(
        path: path, format: format.flatMap { wireFormat(named: $0) },
        context: DecodingContext(source: path, identity: identity, queries: options.queries),
        isNamed: isNamed)
    }
  }
}

/// What one file holds.
struct FileContent: Sendable {
  var batch = Batch()
  var header: RecordingHeader?
  var status: SourceStatus?

  init(batch: Batch) { self.batch = batch }

  /// - Throws: when a named file cannot be opened or is of no known format.
  init(reading file: PlannedFile) throws(InputError) {
    var decoder = InputDecoder(context: file.context, format: file.format)
    var failure: String?
    do throws(SystemError) {
      let input = file.path == "-" ? InputFile() : try InputFile(path: file.path)
      while true {
        let bytes = try input.read()
        if bytes.isEmpty { break }
        decoder.decode(bytes, arrival: nil, into: &batch)
      }
    } catch {
      failure = error.description
    }
    decoder.finish(arrival: nil, into: &batch)
    header = decoder.header
    var status = decoder.status
    if let failure {
      guard !file.isNamed || status.bytes > 0 else {
        throw InputError(.inputOutput, "\(file.path): \(failure)")
      }
      batch.rejects.append(Reject(source: file.path, line: 0, record: "", reason: failure))
      status.rejects += 1
      status.state = .failed(failure)
    } else if decoder.isUnrecognised {
      if file.isNamed { throw InputError(.data, "\(file.path): \(InputDecoder.unrecognised)") }
    } else {
      status.state = .ended
    }
    self.status = status
  }
}
