import Dispatch
import Telemetry
import WireFormats

/// What one file, or a part of one, holds.
struct FileContent: Sendable {
  var batch = Batch()
  var header: RecordingHeader?
  var status: SourceStatus?
  private var lineFeeds = 0

  init(batch: Batch) { self.batch = batch }

  /// Reads files on all cores; what comes out does not depend on how many there are.
  ///
  /// - Throws: for the first named file that cannot be read or is of no known format.
  static func readAll(
    _ files: [PlannedFile], minimumPartSize: Int = FilePart.standardSize
  ) throws(InputError) -> [FileContent] {
    let parts = files.flatMap { FilePart.parts(of: $0, minimumSize: minimumPartSize) }
    let results = Guarded([Result<FileContent, InputError>?](repeating: nil, count: parts.count))
    DispatchQueue.concurrentPerform(iterations: parts.count) { index in
      let result = Result { () throws(InputError) in try FileContent(reading: parts[index]) }
      results.withLock { $0[index] = result }
    }
    var contents: [FileContent] = []
    for (part, result) in zip(parts, results.withLock { $0 }) {
      guard let content = try result?.get() else { continue }
      if part.isContinuation, let first = contents.lastIndex(where: { $0.status != nil }) {
        contents.append(content.continuing(&contents[first]))
      } else {
        contents.append(content)
      }
    }
    return contents
  }

  /// A further part of a file: its counts go to the first part, its lines follow that part's.
  private func continuing(_ first: inout FileContent) -> FileContent {
    var result = self
    result.batch.rejects.shiftLines(by: first.lineFeeds)
    first.lineFeeds += lineFeeds
    if let status { first.status?.add(status) }
    result.status = nil
    return result
  }

  /// - Throws: when a named file cannot be opened or is of no known format.
  init(reading part: FilePart) throws(InputError) {
    let file = part.file
    var decoder = InputDecoder(context: file.context, format: file.format)
    var failure: String?
    do throws(SystemError) {
      let input = file.path == "-" ? InputFile() : try InputFile(path: file.path)
      try read(part, of: input, with: &decoder)
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
    } else if let refusal = decoder.refusal {
      if file.isNamed { throw InputError(.data, "\(file.path): \(refusal)") }
    } else if status.state == .reading {
      status.state = .ended
    }
    self.status = status
  }

  private mutating func read(
    _ part: FilePart, of input: InputFile, with decoder: inout InputDecoder
  ) throws(SystemError) {
    var rest = Int.max
    if let range = part.range {
      input.seek(to: range.lowerBound)
      rest = range.count
    }
    while rest > 0 {
      let bytes = try input.read(limit: min(rest, InputFile.chunkSize))
      if bytes.isEmpty { return }
      rest -= bytes.count
      if part.range != nil { lineFeeds += bytes.count { $0 == 10 } }
      decoder.decode(bytes, arrival: nil, into: &batch)
    }
  }
}
