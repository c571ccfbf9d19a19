#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file that a command writes because the user named it.
enum TextFile {
  /// Replaces the file's content.
  static func write(_ text: String, to path: String) throws(Failure) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw Failure(.inputOutput, "\(path) cannot be written: \(systemMessage(errno))")
    }
    defer { close(descriptor) }
    var output = StandardOutput(descriptor: descriptor)
    do throws(Failure) {
      try output.write(text)
      try output.flush()
    } catch {
      throw Failure(.inputOutput, "\(path) cannot be written: \(systemMessage(errno))")
    }
  }
}
