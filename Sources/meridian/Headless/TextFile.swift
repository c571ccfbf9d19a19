#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file that a command writes because the user named it.
enum TextFile {
  /// Replaces the file's content; with `isNew` it must not be there yet.
  static func write(_ text: String, to path: String, isNew: Bool = false) throws(Failure) {
    let descriptor = try Self.descriptor(of: path, isNew: isNew)
    defer { close(descriptor) }
    var output = StandardOutput(descriptor: descriptor)
    do throws(Failure) {
      try output.write(text)
      try output.flush()
    } catch {
      throw Failure(.inputOutput, "\(path) cannot be written: \(systemMessage(errno))")
    }
  }

  /// A descriptor of a file to write to, which its caller closes.
  static func descriptor(of path: String, isNew: Bool) throws(Failure) -> Int32 {
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (isNew ? O_EXCL : O_TRUNC)
    let descriptor = unsafe open(path, flags, 0o644)
    guard descriptor < 0 else { return descriptor }
    let why = errno == EEXIST ? "it is there already" : systemMessage(errno)
    throw Failure(.inputOutput, "\(path) cannot be written: \(why)")
  }
}
