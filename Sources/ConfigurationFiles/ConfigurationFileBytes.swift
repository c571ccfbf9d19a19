#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Files as the configuration needs them: whole contents, and the names that a pattern stands for.
package enum FileBytes {
  /// Configuration beyond this is a mistake (a recording given as a configuration file).
  package static let sizeLimit = 64 << 20

  /// The whole file; nil where it cannot be read or is larger than `sizeLimit`.
  package static func read(_ path: String) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= sizeLimit {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe Self.read(descriptor, into: $0) }
      if count == 0 { return bytes }
      guard count > 0 else { return nil }
      bytes += chunk[..<count]
    }
    return nil
  }

  /// Whether a regular file (or a pipe) that this user may read stands there.
  package static func isReadableFile(_ path: String) -> Bool {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else { return false }
    return unsafe access(path, R_OK) == 0
  }

  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The existing paths that a shell pattern stands for, in byte order.
  package static func matches(_ pattern: String) -> [String] {
    var result = unsafe glob_t()
    defer { unsafe globfree(&result) }
    guard unsafe glob(pattern, GLOB_NOSORT, nil, &result) == 0 else { return [] }
    let count = Int(unsafe result.gl_pathc)
    guard let first = unsafe result.gl_pathv else { return [] }
    var paths: [String] = []
    for index in 0..<count {
      if let path = unsafe first[index] { paths.append(unsafe String(cString: path)) }
    }
    return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether a path contains a wildcard of the shell.
  package static func isPattern(_ path: String) -> Bool {
    path.utf8.contains { "*?[".utf8.contains($0) }
  }

  /// `path` as seen from the folder that holds `file`.
  package static func resolve(_ path: String, relativeTo file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
  }

  private static func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      #if canImport(Glibc)
      let count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #else
      let count = unsafe Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
      if count >= 0 || errno != EINTR { return count }
    }
  }
}
