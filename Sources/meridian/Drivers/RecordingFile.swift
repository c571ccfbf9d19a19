import Collectors
import Telemetry
import WireFormats

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A recording that grows, and can be read up to its last flush however it ends.
///
/// Gzip where the name ends in `.gz`. A file that is there already is never written over: it may be the
/// only evidence of a night.
final class RecordingFile {
  let path: String
  private(set) var sampleCount = 0
  private(set) var eventCount = 0
  private let descriptor: Int32
  private var writer = RecordingWriter()
  private let compressor: GzipWriter?
  /// Whether anything waits in the compressor.
  private var isDirty = true
  private var isClosed = false

  /// `-` is standard output.
  init(path: String, header: RecordingHeader) throws(Failure) {
    self.path = path
    descriptor = path == "-" ? STDOUT_FILENO : try TextFile.descriptor(of: path, isNew: true)
    compressor = path.hasSuffix(".gz") ? GzipWriter() : nil
    writer.write(header)
    try flush()
  }

  deinit { if !isClosed, path != "-" { _ = Self.close(descriptor) } }

  func write(_ batch: Batch) throws(Failure) {
    writer.write(batch)
    sampleCount += batch.samples.count
    eventCount += batch.events.count
    let bytes = writer.take()
    isDirty = true
    try write(compressor?.write(bytes) ?? bytes)
  }

  /// Makes all that was written readable.
  func flush() throws(Failure) {
    guard isDirty else { return }
    isDirty = false
    let bytes = writer.take()
    guard let compressor else { return try write(bytes) }
    try write(compressor.write(bytes) + compressor.flush())
  }

  func close() throws(Failure) {
    guard !isClosed else { return }
    try flush()
    if let compressor { try write(compressor.finish()) }
    isClosed = true
    guard path == "-" || Self.close(descriptor) == 0 else { throw failure() }
  }

  private func write(_ bytes: [UInt8]) throws(Failure) {
    guard unsafe bytes.withUnsafeBytes({ unsafe writeWhole($0, to: descriptor) }) else {
      throw failure()
    }
  }

  private func failure() -> Failure {
    Failure(.inputOutput, "\(path) cannot be written: \(systemMessage(errno))")
  }

  private static func close(_ descriptor: Int32) -> Int32 {
    #if canImport(Glibc)
    Glibc.close(descriptor)
    #else
    Darwin.close(descriptor)
    #endif
  }
}
